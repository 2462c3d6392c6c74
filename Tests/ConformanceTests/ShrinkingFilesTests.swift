// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPWire
import XCTest

@testable import Conformance

final class ShrinkingFilesTests: XCTestCase {
    private func size(_ path: String) -> Int? {
        (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int
    }

    func test_aFileShrinksOnceSomethingWasSent() throws {
        let made = try ConformanceCase.make(
            more: "files: {a: {size: 70000, shrinks: 10}, b: {size: 70000}}", task: "[{do: upload, path: a}]")
        let folder = try CaseFolder(made, in: NSTemporaryDirectory())
        defer { folder.remove() }
        let log = Monitor(WireLog())
        let looks = Monitor(0)
        let files = ShrinkingFiles(made, folder.paths) {
            looks.signal { $0 += 1 }
            return log.withLock { $0 }
        }
        let (a, b) = (try XCTUnwrap(folder.paths["a"]), try XCTUnwrap(folder.paths["b"]))
        // Twice in vain.
        looks.wait(while: { $0 < 2 }) { _ in }
        XCTAssertEqual(size(a), 70_000)
        log.withLock { $0 = WireLog([.make()]) }
        let deadline = ContinuousClock.now + .seconds(20)
        while size(a) != 10, ContinuousClock.now < deadline { sched_yield() }
        XCTAssertEqual(size(a), 10)
        XCTAssertEqual(size(b), 70_000)
        files.end()
    }

    func test_nobodyLooksWhereNoneIsToShrink() throws {
        let made = try ConformanceCase.make(
            more: "files: {a: {size: 7}}", task: "[{do: upload, path: a}]")
        let files = ShrinkingFiles(made, ["a": "/nowhere"]) {
            XCTFail("looked")
            return WireLog()
        }
        files.end()
    }
}
