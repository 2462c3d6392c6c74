// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import HTTPWire

final class JSONEscapesTests: XCTestCase {
    private func resolved(_ content: String) -> String {
        text(utf8(content).withUnsafeBufferPointer { JSONEscapes.resolve($0) })
    }

    func test_resolve_keepsPlainText() {
        for content in ["", "a", "é日😀", "\u{0}\n"] { XCTAssertEqual(resolved(content), content) }
    }

    func test_resolve_knowsTheLettersOfTheFrontEnd() {
        XCTAssertEqual(resolved(#"\b\f\n\r\t\v"#), "\u{8}\u{C}\n\r\t\u{B}")
        XCTAssertEqual(resolved(#"\"\\\/\'\q\ "#), "\"\\/'q ")
    }

    func test_resolve_readsUnicodeEscapes() {
        let cases = [
            (#"\u0041"#, "A"), (#"\u00e9\u00E9"#, "éé"), (#"\u0000"#, "\u{0}"), (#"\uffff"#, "\u{FFFF}"),
            (#"x\ud83d\ude00y"#, "x😀y"), (#"\ud800\udc00"#, "\u{10000}"), (#"\udbff\udfff"#, "\u{10FFFF}"),
        ]
        for (content, meant) in cases { XCTAssertEqual(resolved(content), meant, content) }
    }

    func test_resolve_survivesWhatTheParserWouldRefuse() {
        for content in [
            #"\"#, #"a\"#, #"\u"#, #"\u12"#, #"\ud83d"#, #"\ud83d\u"#, #"\ude00"#, #"\uXYZW"#, #"\ud83dabc"#,
        ] {
            _ = resolved(content)
        }
        XCTAssertEqual(resolved(#"a\"#), #"a\"#)
        XCTAssertEqual(resolved(#"\"#), #"\"#)
        XCTAssertEqual(resolved(#"a\u"#), "a\u{FFFD}")
    }

    func test_runsBetweenEscapes_areKeptWhole() {
        let run = String(repeating: "0123456789abcdef", count: 40)
        XCTAssertEqual(resolved(#"\n\#(run)\t\#(run)"#), "\n\(run)\t\(run)")
        XCTAssertEqual(resolved(#"\#(run)\\\#(run)\""#), #"\#(run)\\#(run)""#)
    }

    func test_hexDigit_readsBothCases() {
        XCTAssertEqual(utf8("09afAF").map { JSONEscapes.hexDigit($0) }, [0, 9, 10, 15, 10, 15])
        XCTAssertEqual(utf8("/:@G`g").compactMap { JSONEscapes.hexDigit($0) }, [])
    }

    func test_roundTrip_ofEveryScalarBelow0x3000() throws {
        let all = String(String.UnicodeScalarView((0..<0x3000).compactMap { Unicode.Scalar($0 as UInt32) }))
        try assertRoundTrip(all)
    }

    func test_roundTrip_ofRandomStrings() throws {
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<2000 {
            let scalars = (0..<Int.random(in: 0...12, using: &generator)).compactMap { _ in
                let limit: UInt32 = Bool.random(using: &generator) ? 0x80 : 0x110000
                return Unicode.Scalar(UInt32.random(in: 0..<limit, using: &generator))
            }
            try assertRoundTrip(String(String.UnicodeScalarView(scalars)))
        }
    }

    private func assertRoundTrip(_ string: String, line: UInt = #line) throws {
        let written = JSON.string(string).bytes(.compact)
        for grammar in [JSONGrammar.frontEnd, .strict] {
            let read = try JSONDocument(parsing: written, grammar: grammar).root.string
            XCTAssertEqual(read.map { Array($0.unicodeScalars) }, Array(string.unicodeScalars), line: line)
        }
    }
}
