// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import XCTest

@testable import GeminiService

final class InteractionRunTests: XCTestCase {
    private let run = InteractionRun(from: 1000, length: .seconds(1))

    func test_status_goesOnWithTime() {
        let second: Int64 = 1_000_000_000
        for (at, expected) in [
            (0, "queued"), (1000, "queued"), (second / 10 + 999, "queued"),
            (second / 10 + 1000, "in_progress"),
            (second + 999, "in_progress"), (second + 1000, nil), (Int64.max, nil),
        ] as [(Int64, String?)] {
            XCTAssertEqual(run.status(at: at)?.rawValue, expected, "\(at)")
        }
    }

    func test_events_areDueInOrder_theLastAtTheEnd() {
        for count in 1...40 {
            let dues = (0..<count).map { run.due($0, of: count) }
            XCTAssertEqual(dues, dues.sorted())
            XCTAssertEqual(dues.first, run.queued)
            if count > 1 { XCTAssertEqual(dues.last, run.ends) }
            if count > 2 { XCTAssertEqual(dues[1], run.begins) }
        }
    }

    func test_length_isBounded() {
        XCTAssertNil(InteractionRun(from: 0, length: .zero).status(at: 0))
        XCTAssertNil(InteractionRun(from: 0, length: .seconds(-5)).status(at: 0))
        XCTAssertGreaterThan(InteractionRun(from: 1 << 61, length: .seconds(Int64.max / 2)).ends, 1 << 61)
    }

    func test_endlessRun_saysItsPart_andGoesOn() {
        let run = InteractionRun(from: 1000, endlessly: false, length: .seconds(1))
        XCTAssertTrue(run.isEndless)
        XCTAssertEqual(run.status(at: 1000), .inProgress)
        XCTAssertEqual(run.status(at: .max - 1), .inProgress)
        for count in 1...40 {
            let dues = (0..<count).map { run.due($0, of: count) }
            XCTAssertEqual(dues, dues.sorted())
            XCTAssertEqual(dues.first, 1000)
            XCTAssertLessThan(dues.last ?? .max, 1_000_001_000)
        }
    }

    func test_waitingRun_isNeverBegun() {
        let run = InteractionRun(from: 1000, endlessly: true, length: .seconds(1))
        XCTAssertEqual(run.status(at: .max - 1), .queued)
        XCTAssertEqual((0..<4).map { run.due($0, of: 4) }, [1000, .max, .max, .max])
    }
}
