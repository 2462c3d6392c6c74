// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import RecordReplay

final class WriteTimesTests: XCTestCase {
    private func value(_ text: String) -> Int? {
        Array(text.utf8).withUnsafeBufferPointer { Milliseconds.value($0) }
    }

    func test_milliseconds_haveTheDecimalsTheyNeed() {
        let texts = [0: "0", 1: "0.001", 1000: "1", 131_500: "131.5", 70: "0.07", 12_345_678: "12345.678"]
        for (microseconds, text) in texts {
            XCTAssertEqual(Milliseconds.text(microseconds), text)
            XCTAssertEqual(value(text), microseconds)
        }
        XCTAssertEqual(value("1.50"), 1500)
        XCTAssertEqual(Milliseconds.text(-70), "0")
        for text in ["1.2345", "-1", "-0", "1e3", "99999999999999999999"] { XCTAssertNil(value(text), text) }
    }

    func test_writesOfTheWholeBody_areFoundByTheirOffsets() {
        var answer = RecordedAnswer(status: 200, body: RecordedBody([1, 2, 3, 4, 5]))
        XCTAssertNil(WriteTimes(answer))
        answer.writes = [.init(at: 7, count: 2), .init(at: 9, count: 3)]
        let times = WriteTimes(answer)
        XCTAssertEqual(times?.within(0..<2).map(\.at), [7])
        XCTAssertEqual(times?.within(1..<3).map(\.offset), [2])
        XCTAssertEqual(times?.within(3..<5).count, 0)
        for writes in [[(1, 5), (1, 0)], [(1, 4)], [(1, 6)], [(1, -1), (1, 6)]] {
            answer.writes = writes.map { .init(at: $0.0, count: $0.1) }
            XCTAssertNil(WriteTimes(answer))
        }
    }
}
