// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import RecordReplay

final class StringMaskTests: XCTestCase {
    private func masked(_ text: String, _ ranges: Range<Int>..., isJSON: Bool = true) -> String {
        var bytes = Array(text.utf8)
        StringMask.apply(ranges, to: &bytes, isJSON: isJSON)
        return String(decoding: bytes, as: UTF8.self)
    }

    func test_betweenStringsOfJSON_nothingChangesButDigits() {
        XCTAssertEqual(masked(#"{"ab": 123, "c": null}"#, 0..<22), #"{"**": 100, "*": null}"#)
        XCTAssertEqual(masked(#"["\u0041b"]"#, 5..<6), #"["******b"]"#)
        XCTAssertEqual(
            masked("data: {\"a\": \"x\ndata: {\"b\": \"y\"}", 0..<31),
            "data: {\"*\": \"*\ndata: {\"*\": \"*\"}")
    }

    func test_otherTexts_areOverwritten_theirLinesStay() {
        XCTAssertEqual(masked("a\"b\nc", 1..<5, isJSON: false), "a**\n*")
    }

    func test_anyJSON_staysJSON() throws {
        for seed in 1...200 as ClosedRange<UInt64> {
            var dice = Dice(seed)
            let text = Array(dice.json().utf8)
            var bytes = text
            let ranges = (0..<4).map { _ in
                let start = dice.below(text.count)
                return start..<(start + 1 + dice.below(text.count - start))
            }
            StringMask.apply(ranges, to: &bytes, isJSON: true)
            XCTAssertEqual(bytes.count, text.count)
            XCTAssertNoThrow(
                try JSONDocument(parsing: bytes, grammar: .strict), String(decoding: bytes, as: UTF8.self))
        }
    }
}
