// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import Conformance

final class ClosureDriverTests: XCTestCase {
    private func job(_ time: Duration) throws -> CaseJob {
        let address = CaseAddress(baseURL: "http://127.0.0.1:1", key: "the-key", start: 0, name: "TST-01.1")
        return CaseJob(try .make(), at: address, folder: "/nowhere", paths: [:], time: time)
    }

    func testWhatItGives_isTheOutcome() throws {
        let driver = ClosureDriver { job in
            ClosureDriver.outcome(["ok": true, "text": .string(job.address.key)])
        }
        XCTAssertEqual(
            driver.perform(try job(.seconds(60))),
            ClientReport(.finished([["ok": true, "text": "the-key"]])))
        XCTAssertEqual(ClosureDriver.outcome(["unsupported": "no uploads"]), .unsupported("no uploads"))
        guard case .notJudgeable = ClosureDriver.outcome(["text": "x"]) else {
            return XCTFail("a result without “ok” is none")
        }
    }

    /// Nobody can end it, so it is left to itself.
    func testOneThatGoesOn_isSilent() throws {
        let isOver = Monitor(false)
        let driver = ClosureDriver { _ in
            isOver.wait(while: { !$0 }) { _ in .notDriven }
        }
        XCTAssertEqual(driver.perform(try job(.milliseconds(10))), ClientReport(.silent))
        isOver.signal { $0 = true }
    }
}
