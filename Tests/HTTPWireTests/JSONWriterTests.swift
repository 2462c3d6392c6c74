// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import HTTPWire

final class JSONWriterTests: XCTestCase {
    private func written(_ style: JSONStyle = .compact, _ body: (inout JSONWriter) -> Void) -> String {
        var writer = JSONWriter(style)
        body(&writer)
        return text(writer.bytes)
    }

    private func sample(_ writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("text", "hi")
            writer.key("list")
            writer.array { writer in
                writer.int(1)
                writer.object { $0.member("flag", true) }
                writer.array { _ in }
                writer.null()
            }
            writer.key("empty")
            writer.object { _ in }
            writer.member("score", 0.5)
        }
    }

    // MARK: Layout

    func test_compact_hasNoBlanks() {
        XCTAssertEqual(
            written(.compact, sample),
            #"{"text":"hi","list":[1,{"flag":true},[],null],"empty":{},"score":0.5}"#
        )
    }

    func test_singleLine_hasBlankAfterColonOnly() {
        XCTAssertEqual(
            written(.singleLine, sample),
            #"{"text": "hi","list": [1,{"flag": true},[],null],"empty": {},"score": 0.5}"#
        )
    }

    func test_pretty_hasTwoBlanksALevel() {
        let expected = """
            {
              "text": "hi",
              "list": [
                1,
                {
                  "flag": true
                },
                [],
                null
              ],
              "empty": {},
              "score": 0.5
            }
            """
        XCTAssertEqual(written(.pretty, sample), expected)
    }

    func test_pretty_keepsNestedEmptyContainersOnOneLine() {
        XCTAssertEqual(
            text(JSON.array([[], [:], [[]]]).bytes(.pretty)), "[\n  [],\n  {},\n  [\n    []\n  ]\n]")
        XCTAssertEqual(text(JSON.object([]).bytes(.pretty)), "{}")
        XCTAssertEqual(text(JSON.array([]).bytes(.pretty)), "[]")
    }

    func test_pretty_indentsDeepLevels() {
        let deep = (0..<40).reduce(JSON.int(1)) { inner, _ in [inner] }
        let lines = text(deep.bytes(.pretty)).split(separator: "\n")
        XCTAssertEqual(
            lines.map { $0.prefix { $0 == " " }.count },
            Array(0...40).map { 2 * $0 } + (0..<40).reversed().map { 2 * $0 })
    }

    func test_scalars_standAloneInEachStyle() {
        for style in [JSONStyle.compact, .singleLine, .pretty] {
            XCTAssertEqual(text(JSON.string("a").bytes(style)), "\"a\"")
            XCTAssertEqual(text(JSON.null.bytes(style)), "null")
            XCTAssertEqual(text(JSON.bool(false).bytes(style)), "false")
        }
    }

    func test_value_writesTreesLikeCalls() {
        let tree: JSON = ["text": "hi", "list": [1, ["flag": true], [], .null], "empty": [:], "score": 0.5]
        for style in [JSONStyle.compact, .singleLine, .pretty] {
            XCTAssertEqual(text(tree.bytes(style)), written(style, sample))
        }
    }

    func test_members_areSeparatedAfterEachKindOfValue() {
        let all = written { writer in
            writer.beginObject()
            writer.member("a", "s")
            writer.member("b", 1)
            writer.member("c", true)
            writer.member("d", 1.5)
            writer.member("e", JSON.null)
            writer.key(named: "f\"")
            writer.null()
            writer.key("g")
            writer.float(0.25)
            writer.endObject()
        }
        XCTAssertEqual(all, #"{"a":"s","b":1,"c":true,"d":1.5,"e":null,"f\"":null,"g":0.25}"#)
    }

    func test_object_passesErrorsOn() {
        struct Stop: Error {}
        var writer = JSONWriter(.compact)
        XCTAssertThrowsError(try writer.object { _ in throw Stop() })
        XCTAssertThrowsError(try writer.array { _ in throw Stop() })
    }

    // MARK: Escapes

    private func assertStrings(_ cases: [(String, String)], line: UInt = #line) {
        for (value, expected) in cases {
            XCTAssertEqual(written { $0.string(value) }, expected, value.debugDescription, line: line)
        }
    }

    func test_string_escapesWhatJSONRequires() {
        assertStrings([
            ("", #""""#), ("a\"b\\c", #""a\"b\\c""#), ("\n\r\t\u{8}\u{C}", #""\n\r\t\b\f""#),
            ("\u{0}\u{1}\u{B}\u{1F}", #""\u0000\u0001\u000b\u001f""#), ("\"", #""\"""#),
        ])
    }

    func test_string_escapesAngleBracketsAndDelete() {
        assertStrings([("<b>", #""\u003cb\u003e""#), ("\u{7F}", #""\u007f""#)])
    }

    func test_string_keepsOtherCharactersRaw() {
        let kept = " !#$%&'()*+,-./:;=?@[]^_`{|}~ é ß 日本語 😀 — “ ” … \u{A0}\u{FFFD}\u{FE0F}\u{2070}\u{E0100}"
        assertStrings([(kept, "\"\(kept)\"")])
    }

    func test_string_escapesInvisibleCharacters() {
        assertStrings([
            ("\u{80}\u{9F}\u{AD}", #""\u0080\u009f\u00ad""#),
            ("\u{600}\u{603}\u{6DD}\u{70F}\u{17B4}\u{17B5}", #""\u0600\u0603\u06dd\u070f\u17b4\u17b5""#),
            ("\u{200B}\u{200F}\u{2028}\u{202E}", #""\u200b\u200f\u2028\u202e""#),
            ("\u{2060}\u{2064}\u{206A}\u{206F}", #""\u2060\u2064\u206a\u206f""#),
            ("\u{FEFF}\u{FFF9}\u{FFFB}", #""\ufeff\ufff9\ufffb""#),
            ("\u{1D173}\u{E0001}\u{E007F}", #""\ud834\udd73\udb40\udc01\udb40\udc7f""#),
            ("a\u{200D}b<é>", #""a\u200db\u003cé\u003e""#),
        ])
    }

    func test_string_keepsTheNeighboursOfInvisibleCharacters() {
        let kept =
            "\u{A0}\u{AC}\u{AE}\u{604}\u{6DC}\u{6DE}\u{70E}\u{710}\u{17B3}\u{17B6}\u{200A}\u{2010}"
            + "\u{2027}\u{202F}\u{205F}\u{2065}\u{2069}\u{2070}\u{FEFE}\u{FF00}\u{FFF8}\u{FFFC}"
            + "\u{1D172}\u{1D17B}\u{E0002}\u{E001F}\u{E0080}"
        assertStrings([(kept, "\"\(kept)\"")])
    }

    func test_string_takesSubstrings() {
        XCTAssertEqual(written { $0.string("abcdef".dropFirst(2).prefix(3)) }, #""cde""#)
        XCTAssertEqual(written { $0.string("a<é\u{200B}x".dropFirst()) }, #""\u003cé\u200bx""#)
    }

    func test_keys_areEscapedLikeStrings() {
        XCTAssertEqual(text(JSON.object([JSON.Member("a\n<é", 1)]).bytes(.compact)), #"{"a\n\u003cé":1}"#)
    }

    // MARK: Numbers

    func test_int_writesDecimalDigits() {
        for value in [0, 1, 9, 10, 99, 100, 12345, 999_999, 1_000_000, 1_000_001, -1, -10, Int.max, Int.min] {
            XCTAssertEqual(written { $0.int(value) }, value.description)
        }
    }

    func test_double_writesShortestDigits() {
        let cases: [(Double, String)] = [
            (1, "1"), (0, "0"), (-0.0, "0"), (-2, "-2"), (0.95, "0.95"), (0.1, "0.1"), (1e-05, "1e-05"),
            (1.5e300, "1.5e+300"),
            (1e15, "1000000000000000"), (0x1p62, "4611686018427387904"), (1e19, "1e+19"), (-0.25, "-0.25"),
        ]
        for (value, expected) in cases { XCTAssertEqual(written { $0.double(value) }, expected) }
    }

    func test_double_writesNullForWhatJSONCannotSay() {
        for value in [Double.nan, .infinity, -.infinity] {
            XCTAssertEqual(written { $0.double(value) }, "null")
        }
        XCTAssertEqual(written { $0.float(.nan) }, "null")
    }

    func test_float_writesShortestDigitsOfSinglePrecision() {
        XCTAssertEqual(written { $0.float(0.1) }, "0.1")
        XCTAssertEqual(written { $0.float(-0.01234567) }, "-0.01234567")
        XCTAssertEqual(written { $0.float(3) }, "3")
    }

    func test_double_roundTrips() throws {
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<5000 {
            let value = Double(bitPattern: UInt64.random(in: 0...UInt64.max, using: &generator))
            guard value.isFinite else { continue }
            XCTAssertEqual(try parsed(written { $0.double(value) }, .strict).double, value)
        }
    }
}
