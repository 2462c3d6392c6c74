// SPDX-License-Identifier: Apache-2.0

import GeminiService
import HTTPWire
import XCTest

@testable import ScenarioEngine

final class StepMatcherTests: XCTestCase {
    func test_oneOfThem_isEnough() throws {
        let pattern = RequestPattern(steps: ["upload", "finalize"])
        for step in UploadStep.allCases {
            let found = misses(pattern, try subject(endpoint: "uploadFile", step: step))
            let isWanted = step == .upload || step == .finalize
            XCTAssertEqual(found, isWanted ? [] : ["step: upload or finalize | \(step.rawValue)"])
        }
        XCTAssertEqual(misses(pattern, try subject()), ["step: upload or finalize | no upload"])
    }

    /// A stub that doesn't ask for a step isn't meant for each of the many requests of an upload.
    func test_withoutAStep_onlyWhatBeginsFits() throws {
        let identity = StubIdentity(name: "s", scenario: "n", place: "s.yaml:1")
        let stub = LoadedStub(Stub(name: "s", replies: []), identity: identity)
        for step in UploadStep.allCases {
            XCTAssertEqual(
                stub.fits(try subject(step: step)), step == .start || step == .whole, step.rawValue)
        }
        XCTAssertTrue(stub.fits(try subject()))
    }
}
