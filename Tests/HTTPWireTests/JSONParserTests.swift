// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import HTTPWire

/// What the front end's grammar accepts, and what it makes of it. What it refuses: `JSONParserErrorTests`.
final class JSONParserTests: XCTestCase {
    /// Each text with the same value in plain JSON.
    private func assertParses(_ cases: [(String, String)], line: UInt = #line) {
        for (sent, meant) in cases {
            XCTAssertEqual(rewritten(try parsed(sent)), meant, "for \(sent.debugDescription)", line: line)
        }
    }

    func test_parse_acceptsPlainJSON() {
        assertParses([
            ("null", "null"), ("true", "true"), ("false", "false"), ("0", "0"), (#""a""#, #""a""#),
            ("{}", "{}"),
            ("[]", "[]"), (#"{"a":{"b":[1,{"c":[[]]}]}}"#, #"{"a":{"b":[1,{"c":[[]]}]}}"#),
            (#"{"a":1,"b":2,"a":3}"#, #"{"a":1,"b":2,"a":3}"#), (#"{"":""}"#, #"{"":""}"#),
        ])
    }

    func test_parse_acceptsSingleQuotes() {
        assertParses([
            ("'a'", #""a""#), ("''", #""""#), (#"{'a':'b'}"#, #"{"a":"b"}"#),
            (#"'say "hi"'"#, #""say \"hi\"""#),
            (#""it's""#, #""it's""#), (#"'it\'s'"#, #""it's""#), (#"["a",'b']"#, #"["a","b"]"#),
        ])
    }

    func test_parse_acceptsBareKeys() {
        assertParses([
            ("{a:1}", #"{"a":1}"#), ("{ a_B9 : 1 }", #"{"a_B9":1}"#), ("{_:1}", #"{"_":1}"#),
            ("{$:1,$ref:2,a$b:3}", #"{"$":1,"$ref":2,"a$b":3}"#),
            ("{a:{b:{c:[]}}}", #"{"a":{"b":{"c":[]}}}"#),
        ])
    }

    func test_parse_acceptsBareKeyThatBeginsWithReservedWord() {
        assertParses([
            ("{nullable:1}", #"{"nullable":1}"#), ("{true_:1}", #"{"true_":1}"#),
            ("{falsey:1}", #"{"falsey":1}"#),
            ("{truefalse:1}", #"{"truefalse":1}"#), ("{tru:1}", #"{"tru":1}"#),
            ("{'null':1}", #"{"null":1}"#),
        ])
    }

    func test_parse_acceptsTrailingCommas() {
        assertParses([
            ("[1,]", "[1]"), ("[[],]", "[[]]"), ("{\"a\":1,}", #"{"a":1}"#),
            ("{a:[1,2, ] , }", #"{"a":[1,2]}"#),
        ])
    }

    func test_parse_acceptsRawControlCharactersInStrings() {
        assertParses([
            ("\"a\nb\"", #""a\nb""#), ("'a\r\n\tb'", #""a\r\n\tb""#),
            ("\"\u{0}\u{1}\u{1F}\u{7F}\"", #""\u0000\u0001\u001f\u007f""#),
        ])
    }

    func test_parse_acceptsAnyEscapedCharacterAsItself() {
        assertParses([
            (#""\q\x\'\/\\\"\ ""#, #""qx'/\\\" ""#), (#""\b\f\n\r\t\v""#, #""\b\f\n\r\t\u000b""#),
            (#""\é\😀""#, #""é😀""#),
            (#""\U0041\0""#, #""U00410""#), ("\"\\\n\"", #""\n""#),
        ])
    }

    func test_parse_acceptsUnicodeEscapes() {
        assertParses([
            (#""\u0041\u00e9\u00E9\u20aC""#, #""Aéé€""#), (#""\ud83d\ude00""#, #""😀""#),
            (#""\uDBFF\uDFFF""#, "\"\u{10FFFF}\""),
            (#""\u0000""#, #""\u0000""#), (#""\uffff\ufffe""#, "\"\u{FFFF}\u{FFFE}\""),
            (#""\uD7FF\ue000""#, "\"\u{D7FF}\u{E000}\""),
            (#"{"\u0061":1}"#, #"{"a":1}"#), (#""\u003c\u003e""#, #""\u003c\u003e""#),
        ])
    }

    func test_parse_acceptsWhiteSpaceAroundTokens() {
        assertParses([
            (" \t\r\n\u{B}\u{C}1\u{C}\u{B}\n\r\t ", "1"),
            ("\n{\n\"a\"\n:\n[\n1\n,\n2\n]\n}\n", #"{"a":[1,2]}"#),
            ("{ }", "{}"), ("[ ]", "[]"),
        ])
    }

    func test_parse_acceptsNumbersThatTheReaderOfDoublesTakes() {
        assertParses([
            ("[0,-0,1,-1,12345678901234567890123]", "[0,-0,1,-1,12345678901234567890123]"),
            ("[1.5,1e5,1E+5,1e-5,0.0,-0.0e-0]", "[1.5,1e5,1E+5,1e-5,0.0,-0.0e-0]"),
            ("[1.,-.5,01.5,00.5,-01e1,1.e5]", "[1.,-.5,01.5,00.5,-01e1,1.e5]"),
            ("1e308", "1e308"), ("1e-999", "1e-999"), ("-9223372036854775809", "-9223372036854775809"),
        ])
    }

    func test_parse_acceptsNumberAtTheVeryEnd() {
        assertParses([("12", "12"), ("-1.5", "-1.5"), ("0", "0")])
    }

    func test_parse_acceptsTextAboveASCII() {
        assertParses([
            (#""éß≤日本語😀""#, #""éß≤日本語😀""#), (#"{"ключ":"значение"}"#, #"{"ключ":"значение"}"#),
            ("'\u{10FFFF}'", "\"\u{10FFFF}\""),
        ])
    }

    // MARK: Depth

    func test_parse_acceptsHundredLevels() {
        for nested in [nestedObjects(100), nestedArrays(100)] {
            XCTAssertNil(syntaxError(utf8(nested)), nested)
        }
    }

    func test_parse_refusesObjectAtLevel101ByItsKey() {
        XCTAssertEqual(
            syntaxError(utf8(nestedObjects(101)))?.message,
            "Message too deep. Max recursion depth reached for key 'a'"
        )
    }

    func test_parse_resolvesTheKeyOfTheObjectThatIsTooDeep() {
        let text = String(repeating: #"{"\u006b'":"#, count: 101)
        XCTAssertEqual(
            syntaxError(utf8(text))?.message, "Message too deep. Max recursion depth reached for key 'k''"
        )
    }

    func test_parse_refusesArrayAtLevel101() {
        XCTAssertEqual(
            syntaxError(utf8(nestedArrays(101)))?.message,
            "Message too deep. Max recursion depth reached for key ''"
        )
    }

    func test_parse_countsOnlyOpenContainersAsDepth() {
        let siblings = "[" + String(repeating: "[],{},", count: 500) + "]"
        XCTAssertNil(syntaxError(utf8(siblings)))
    }

    private func nestedObjects(_ depth: Int) -> String {
        String(repeating: "{\"a\":", count: depth - 1) + "{}" + String(repeating: "}", count: depth - 1)
    }

    private func nestedArrays(_ depth: Int) -> String {
        String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }

    // MARK: Hostile texts

    func test_parse_survivesAnyTextCutOffAnywhere() {
        let whole = utf8(#"{"a":[1.5e3,-0,true,false,null,'x\n\u00e9\ud83d\ude00é😀',{b_$1:{},}],"c":"d"}"#)
        XCTAssertNil(syntaxError(whole))
        for length in 0..<whole.count {
            XCTAssertNotNil(syntaxError(Array(whole[..<length])), "\(length)")
            XCTAssertNotNil(syntaxError(Array(whole[..<length]), .strict), "\(length)")
        }
    }

    func test_parse_survivesMillionsOfOpenBrackets() {
        for bracket in ["[", "{\"a\":", "{"] {
            let text = utf8(String(repeating: bracket, count: 5_000_000 / bracket.utf8.count))
            XCTAssertNotNil(syntaxError(text))
            XCTAssertNotNil(syntaxError(text, .strict))
        }
    }

    func test_parse_survivesHugeNumber() {
        let digits = String(repeating: "1", count: 100_000)
        let error = syntaxError(utf8(digits))
        XCTAssertEqual(error?.message, "Number exceeds the range of double.\n11111111111111111111\n^")
        XCTAssertNil(syntaxError(utf8("0." + digits)))
        XCTAssertNil(syntaxError(utf8(digits + "e-100000")))
        XCTAssertNotNil(syntaxError(utf8("1e" + digits)))
    }

    func test_parse_survivesEveryByteAsTheWholeText() {
        for byte in UInt8.min...UInt8.max {
            XCTAssertEqual(syntaxError([byte]) == nil, utf8("0123456789").contains(byte), "\(byte)")
        }
    }

    func test_parse_survivesPairsOfBytesInAString() {
        for first in UInt8.min...UInt8.max {
            for second in utf8("\"\\u'") + [0x00, 0x0A, 0x7F, 0x80, 0x9F, 0xA0, 0xBF, 0xC3, 0xFF] {
                let text = utf8("\"") + [first, second] + utf8("\"")
                guard let document = try? JSONDocument(parsing: text) else { continue }
                let isValid = document.root.withStringBytes { String(validating: $0, as: UTF8.self) != nil }
                XCTAssertEqual(isValid, true)
            }
        }
    }

    func test_parse_refusesBadUTF8AtEachPlaceOfALongString() {
        for place in 0..<600 {
            var text = utf8("\"" + String(repeating: "x", count: 600) + "\"")
            text[1 + place] = 0xFF
            XCTAssertEqual(syntaxError(text)?.offset, 1 + place)
            XCTAssertNotNil(syntaxError(text, .strict))
        }
    }

    // MARK: Offsets

    func test_parse_tellsTheOffsetOfTheError() {
        let cases = [
            ("{\"a\" 1}", 5), ("[1 2]", 3), ("", 0), ("   ", 3), ("{}x", 2), ("\"abc", 4), ("[00]", 1),
        ]
        for (text, offset) in cases { XCTAssertEqual(syntaxError(utf8(text))?.offset, offset, text) }
    }
}
