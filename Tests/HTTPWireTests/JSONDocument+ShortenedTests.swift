// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

final class JSONDocumentShortenedTests: XCTestCase {
    private func shortened(_ text: String, over longest: Int = 8, to kept: Int = 4) throws -> String {
        let bytes = try JSONDocument(parsing: Array(text.utf8)).shortened(stringsOver: longest, to: kept)
        XCTAssertNoThrow(try JSONDocument(parsing: bytes, grammar: .strict), "no JSON any more")
        return String(decoding: bytes, as: UTF8.self)
    }

    func test_longStrings_areCut_andAllElseStaysToTheByte() throws {
        XCTAssertEqual(
            try shortened(
                #"{ "a":"12345678", "b": ["123456789",1.0e3],"longer than eight":"abcdefghijkl" }"#),
            #"{ "a":"12345678", "b": ["1234… (9 bytes)",1.0e3],"longer than eight":"abcd… (12 bytes)" }"#)
        XCTAssertEqual(try shortened(#""123456789""#), #""1234… (9 bytes)""#)
        XCTAssertEqual(try shortened("[]"), "[]")
    }

    func test_charactersAndEscapes_areNotCutInTwo() throws {
        XCTAssertEqual(try shortened(#""äöüäöü""#, to: 3), #""ä… (12 bytes)""#)
        XCTAssertEqual(try shortened(#""1😀😀😀""#, to: 4), #""1… (13 bytes)""#)
        XCTAssertEqual(try shortened(#""123\n567890""#), #""123… (11 bytes)""#)
        XCTAssertEqual(try shortened(#""12\u00e4567890""#, to: 7), #""12… (14 bytes)""#)
        XCTAssertEqual(try shortened(#""1\ud83d\ude00567890""#, to: 12), #""1… (19 bytes)""#)
        XCTAssertEqual(try shortened(#""1\ud83d\ude00567890""#, to: 13), #""1\ud83d\ude00… (19 bytes)""#)
    }

    func test_nothingKept_isNothingButTheLength() throws {
        XCTAssertEqual(try shortened(#""123456789""#, to: 0), #""… (9 bytes)""#)
    }
}
