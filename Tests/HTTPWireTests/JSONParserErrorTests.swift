// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import HTTPWire

/// What the front end's grammar refuses, each time the whole message: the words, the snippet and the caret.
final class JSONParserErrorTests: XCTestCase {
    /// Each text with the message that open-source protobuf's parser (3.21) has for it.
    private func assertErrors(_ cases: [(String, String)], line: UInt = #line) {
        for (text, message) in cases {
            let error = syntaxError(raw(text))
            XCTAssertEqual(error?.message, message, "for \(text.debugDescription)", line: line)
        }
    }

    func test_parse_refusesWhatBeginsNoValue() {
        assertErrors([
            (
                "{model:gemini-3.5-flash,messages:[]}",
                "Unexpected token.\n{model:gemini-3.5-flash,mes\n       ^"
            ),
            ("{\"a\":}", "Unexpected token.\n}\n^"),
            ("[,]", "Unexpected token.\n,]\n^"),
            ("[1,,2]", "Unexpected token.\n,2]\n^"),
            ("[:]", "Unexpected token.\n:]\n^"),
            ("}", "Unexpected token.\n}\n^"),
            ("]", "Unexpected token.\n]\n^"),
            (":", "Unexpected token.\n:\n^"),
            (",", "Unexpected token.\n,\n^"),
            ("abcdef", "Unexpected token.\nabcdef\n^"),
            ("nul", "Unexpected token.\nnul\n^"),
            ("tru", "Unexpected token.\ntru\n^"),
            ("[tru", "Unexpected token.\ntru\n^"),
            ("{\"a\": fals", "Unexpected token.\nfals\n^"),
            ("[NaN]", "Unexpected token.\nNaN]\n^"),
            ("[Infinity]", "Unexpected token.\n[Infinity]\n ^"),
            ("undefined", "Unexpected token.\nundefined\n^"),
            ("True", "Unexpected token.\nTrue\n^"),
            ("{\"a\":]", "Unexpected token.\n]\n^"),
            ("[\"a\",}", "Unexpected token.\n}\n^"),
            (
                "{\"k\":$x, \"l\": 1, \"m\": 2, \"n\": 3}",
                "Unexpected token.\n{\"k\":$x, \"l\": 1, \"m\": 2, \n     ^"
            ),
        ])
    }

    func test_parse_refusesMissingOrUnknownValue() {
        assertErrors([
            ("", "Unexpected end of string. Expected a value.\n\n^"),
            (" ", "Unexpected end of string. Expected a value.\n\n^"),
            ("\r\n\t\u{B}\u{C} ", "Unexpected end of string. Expected a value.\n\n^"),
            ("/*c*/{}", "Expected a value.\n/*c*/{}\n^"),
            ("#", "Expected a value.\n#\n^"),
            ("{\"a\":", "Unexpected end of string. Expected a value.\n\n^"),
            ("{\"a\": ", "Unexpected end of string. Expected a value.\n\n^"),
            ("{\"a\":+1}", "Expected a value.\n+1}\n^"),
            ("{\"a\":.5}", "Expected a value.\n.5}\n^"),
            ("\u{FEFF}{}", "Expected a value.\n\u{FEFF}{}\n^"),
            ("\u{0}", "Expected a value.\n\u{0}\n^"),
            ("é", "Expected a value.\né\n^"),
            ("{\"a\":@}", "Expected a value.\n@}\n^"),
            ("\\u0020", "Expected a value.\n\\u0020\n^"),
        ])
    }

    func test_parse_refusesMissingOrUnknownElement() {
        assertErrors([
            ("[", "Unexpected end of string. Expected a value or ] within an array.\n\n^"),
            ("[ ", "Unexpected end of string. Expected a value or ] within an array.\n\n^"),
            ("[1,", "Unexpected end of string. Expected a value or ] within an array.\n\n^"),
            ("[/", "Expected a value or ] within an array.\n/\n^"),
            ("[+1]", "Expected a value or ] within an array.\n+1]\n^"),
            ("[.5]", "Expected a value or ] within an array.\n.5]\n^"),
            ("[1, // no\n2]", "Expected a value or ] within an array.\n// no\n2]\n^"),
            ("[-1, é]", "Expected a value or ] within an array.\né]\n^"),
            ("[[],\u{0}", "Expected a value or ] within an array.\n\u{0}\n^"),
        ])
    }

    func test_parse_refusesWhatIsNoKey() {
        assertErrors([
            ("{", "Unexpected end of string. Expected an object key or }.\n\n^"),
            ("{ ", "Unexpected end of string. Expected an object key or }.\n\n^"),
            ("{\"a\":1,", "Unexpected end of string. Expected an object key or }.\n\n^"),
            ("{1:2}", "Expected an object key or }.\n{1:2}\n ^"),
            ("{-a:1}", "Expected an object key or }.\n{-a:1}\n ^"),
            ("{{", "Expected an object key or }.\n{{\n ^"),
            ("{[", "Expected an object key or }.\n{[\n ^"),
            ("{]", "Expected an object key or }.\n{]\n ^"),
            ("{:1}", "Expected an object key or }.\n{:1}\n ^"),
            ("{,}", "Expected an object key or }.\n{,}\n ^"),
            ("{\"a\":1,,}", "Expected an object key or }.\n{\"a\":1,,}\n       ^"),
            ("{@", "Expected an object key or }.\n@\n^"),
            ("{/", "Expected an object key or }.\n/\n^"),
            ("{é:1}", "Expected an object key or }.\né:1}\n^"),
            ("{true:1}", "Expected an object key or }.\n{true:1}\n     ^"),
            ("{false :1}", "Expected an object key or }.\n{false :1}\n      ^"),
            ("{null:1}", "Expected an object key or }.\n{null:1}\n     ^"),
            ("{true", "Expected an object key or }.\ntrue\n    ^"),
            ("{null", "Expected an object key or }.\nnull\n    ^"),
            ("{.a:1}", "Expected an object key or }.\n.a:1}\n^"),
        ])
    }

    func test_parse_refusesMissingColon() {
        assertErrors([
            ("{\"a\"", "Unexpected end of string. Expected : between key:value pair.\n\n^"),
            ("{\"a\" ", "Unexpected end of string. Expected : between key:value pair.\n\n^"),
            ("{a", "Unexpected end of string. Expected : between key:value pair.\na\n ^"),
            ("{abc", "Unexpected end of string. Expected : between key:value pair.\nabc\n   ^"),
            ("{\"a\"}", "Expected : between key:value pair.\n{\"a\"}\n    ^"),
            ("{\"a\",1}", "Expected : between key:value pair.\n{\"a\",1}\n    ^"),
            ("{\"a\" 1}", "Expected : between key:value pair.\n{\"a\" 1}\n     ^"),
            ("{a-b:1}", "Expected : between key:value pair.\n{a-b:1}\n  ^"),
            ("{a.b:1}", "Expected : between key:value pair.\n.b:1}\n^"),
            ("{a@", "Expected : between key:value pair.\n@\n^"),
            ("{\"a\" \"b\"}", "Expected : between key:value pair.\n{\"a\" \"b\"}\n     ^"),
            ("{a b:1}", "Expected : between key:value pair.\n{a b:1}\n   ^"),
            ("{\"a\"=1}", "Expected : between key:value pair.\n=1}\n^"),
            ("{nulls", "Unexpected end of string. Expected : between key:value pair.\nnulls\n     ^"),
        ])
    }

    func test_parse_refusesMissingCommaInObject() {
        assertErrors([
            ("{\"a\":1", "Unexpected end of string. Expected , or } after key:value pair.\n1\n ^"),
            ("{\"a\":1 ", "Unexpected end of string. Expected , or } after key:value pair.\n\n^"),
            ("{\"a\":12", "Unexpected end of string. Expected , or } after key:value pair.\n12\n  ^"),
            ("{\"a\":\"b\"", "Unexpected end of string. Expected , or } after key:value pair.\n\n^"),
            ("{\"a\":true", "Unexpected end of string. Expected , or } after key:value pair.\n\n^"),
            ("{\"a\":1]", "Expected , or } after key:value pair.\n{\"a\":1]\n      ^"),
            ("{\"a\":1 \"b\":2}", "Expected , or } after key:value pair.\n{\"a\":1 \"b\":2}\n       ^"),
            ("{\"a\":1:2}", "Expected , or } after key:value pair.\n{\"a\":1:2}\n      ^"),
            ("{\"a\":1;}", "Expected , or } after key:value pair.\n;}\n^"),
            ("{\"a\":truefoo}", "Expected , or } after key:value pair.\n{\"a\":truefoo}\n         ^"),
            ("{\"a\":{}", "Unexpected end of string. Expected , or } after key:value pair.\n\n^"),
            ("{\"a\":[]", "Unexpected end of string. Expected , or } after key:value pair.\n\n^"),
            ("{'a':'it's'}", "Expected , or } after key:value pair.\n{'a':'it's'}\n         ^"),
            ("{\"a\":1 /", "Expected , or } after key:value pair.\n/\n^"),
        ])
    }

    func test_parse_refusesMissingCommaInArray() {
        assertErrors([
            ("[1", "Unexpected end of string. Expected , or ] after array value.\n1\n ^"),
            ("[12", "Unexpected end of string. Expected , or ] after array value.\n12\n  ^"),
            ("[1 ", "Unexpected end of string. Expected , or ] after array value.\n\n^"),
            ("[\"a\"", "Unexpected end of string. Expected , or ] after array value.\n\n^"),
            ("[1}", "Expected , or ] after array value.\n[1}\n  ^"),
            ("[1 2]", "Expected , or ] after array value.\n[1 2]\n   ^"),
            ("[1:2]", "Expected , or ] after array value.\n[1:2]\n  ^"),
            ("[1;2]", "Expected , or ] after array value.\n;2]\n^"),
            ("[\"a\"\"b\"]", "Expected , or ] after array value.\n[\"a\"\"b\"]\n    ^"),
            ("[nullx]", "Expected , or ] after array value.\n[nullx]\n     ^"),
            ("[[]", "Unexpected end of string. Expected , or ] after array value.\n\n^"),
            ("[{}", "Unexpected end of string. Expected , or ] after array value.\n\n^"),
            ("[true", "Unexpected end of string. Expected , or ] after array value.\n\n^"),
            ("[1_0]", "Expected , or ] after array value.\n[1_0]\n  ^"),
            ("[1 #", "Expected , or ] after array value.\n#\n^"),
        ])
    }

    func test_parse_refusesTextAfterTheValue() {
        assertErrors([
            ("{}x", "Parsing terminated before end of input.\n{}x\n  ^"),
            ("{} {}", "Parsing terminated before end of input.\n{} {}\n   ^"),
            ("1 2", "Parsing terminated before end of input.\n1 2\n  ^"),
            ("truefoo", "Parsing terminated before end of input.\ntruefoo\n    ^"),
            ("[]]", "Parsing terminated before end of input.\n[]]\n  ^"),
            ("{}}", "Parsing terminated before end of input.\n{}}\n  ^"),
            ("\"a\"\"b\"", "Parsing terminated before end of input.\n\"a\"\"b\"\n   ^"),
            ("''''", "Parsing terminated before end of input.\n''''\n  ^"),
            ("{} // c", "Parsing terminated before end of input.\n{} // c\n   ^"),
            ("null,", "Parsing terminated before end of input.\nnull,\n    ^"),
            (
                "{\"contents\":[]}   {\"parts\":[1,2,3,4]}",
                "Parsing terminated before end of input.\n"
                    + "{\"contents\":[]}   {\"parts\":[1,2,3,4]}\n                  ^"
            ),
            ("{}\u{0}", "Parsing terminated before end of input.\n{}\u{0}\n  ^"),
        ])
    }

    func test_parse_refusesUnterminatedString() {
        assertErrors([
            ("\"", "Closing quote expected in string.\n\n^"),
            ("'", "Closing quote expected in string.\n\n^"),
            ("\"abc", "Closing quote expected in string.\n\n^"),
            ("'abc\"", "Closing quote expected in string.\n\n^"),
            ("{\"a", "Closing quote expected in string.\n\n^"),
            ("{\"a\":\"b", "Closing quote expected in string.\n\n^"),
            ("[\"\\", "Closing quote expected in string.\n\\\n^"),
            ("\"abc\\", "Closing quote expected in string.\n\\\n^"),
            ("\"\\\"", "Closing quote expected in string.\n\n^"),
            ("\"a\\u0041", "Closing quote expected in string.\n\n^"),
            ("{'k", "Closing quote expected in string.\n\n^"),
            ("\"é", "Closing quote expected in string.\n\n^"),
            ("\"line\nline", "Closing quote expected in string.\n\n^"),
        ])
    }

    func test_parse_refusesUnicodeEscapeCutOffByTheEnd() {
        assertErrors([
            ("\"\\u", "Illegal hex string.\n\\u\n^"),
            ("\"\\u1", "Illegal hex string.\n\\u1\n^"),
            ("\"\\u12", "Illegal hex string.\n\\u12\n^"),
            ("\"\\u123", "Illegal hex string.\n\\u123\n^"),
            ("\"abc\\u00", "Illegal hex string.\n\\u00\n^"),
            ("{\"a\":\"\\u\"", "Illegal hex string.\n\\u\"\n^"),
            ("\"\\uZ", "Illegal hex string.\n\\uZ\n^"),
        ])
    }

    func test_parse_refusesUnicodeEscapeWithoutHexDigits() {
        assertErrors([
            ("\"\\u12G4\"", "Invalid escape sequence.\n\"\\u12G4\"\n ^"),
            ("\"\\uuuuu\"", "Invalid escape sequence.\n\"\\uuuuu\"\n ^"),
            ("\"\\u 041\"", "Invalid escape sequence.\n\"\\u 041\"\n ^"),
            ("\"\\ud83d\\uXXXX\"", "Invalid escape sequence.\n\"\\ud83d\\uXXXX\"\n ^"),
            ("\"\\u-123\"", "Invalid escape sequence.\n\"\\u-123\"\n ^"),
            ("\"\\u12\"34\"", "Invalid escape sequence.\n\"\\u12\"34\"\n ^"),
        ])
    }

    func test_parse_refusesLoneSurrogates() {
        assertErrors([
            ("\"\\ud83d\"", "Missing low surrogate.\n\\ud83d\"\n^"),
            ("\"\\ud83d", "Missing low surrogate.\n\\ud83d\n^"),
            ("\"\\ud83dabcdefgh\"", "Missing low surrogate.\n\"\\ud83dabcdefgh\"\n ^"),
            ("\"\\ud83d\\n234567\"", "Missing low surrogate.\n\"\\ud83d\\n234567\"\n ^"),
            ("\"\\ud83d\\u0041\"", "Invalid low surrogate.\n\"\\ud83d\\u0041\"\n ^"),
            ("\"\\ud83d\\ud83d\"", "Invalid low surrogate.\n\"\\ud83d\\ud83d\"\n ^"),
            ("\"\\ude00\"", "Invalid unicode code point.\n\"\\ude00\"\n ^"),
            ("\"\\udfff\\ud800\"", "Invalid unicode code point.\n\"\\udfff\\ud800\"\n ^"),
            ("\"\\ud83d\\ude0", "Missing low surrogate.\n\\ud83d\\ude0\n^"),
            ("\"\\uD800\\u\"", "Missing low surrogate.\n\\uD800\\u\"\n^"),
            ("\"ab\\udc00cd\"", "Invalid unicode code point.\n\"ab\\udc00cd\"\n   ^"),
            ("[\"\\ud83d\\ude00\", \"\\ud83d\"]", "Missing low surrogate.\n\\ud83d\"]\n^"),
        ])
    }

    func test_parse_refusesOctalAndHex() {
        assertErrors([
            ("00", "Octal/hex numbers are not valid JSON values.\n00\n^"),
            ("01", "Octal/hex numbers are not valid JSON values.\n01\n^"),
            ("-01", "Octal/hex numbers are not valid JSON values.\n-01\n^"),
            ("0x10", "Octal/hex numbers are not valid JSON values.\n0x10\n^"),
            ("-0x10", "Octal/hex numbers are not valid JSON values.\n-0x10\n^"),
            ("[007]", "Octal/hex numbers are not valid JSON values.\n[007]\n ^"),
            (
                "{\"a\":0123, \"b\":1}",
                "Octal/hex numbers are not valid JSON values.\n{\"a\":0123, \"b\":1}\n     ^"
            ),
            ("0-1", "Octal/hex numbers are not valid JSON values.\n0-1\n^"),
            (
                "00000000000000000000000000",
                "Octal/hex numbers are not valid JSON values.\n00000000000000000000\n^"
            ),
        ])
    }

    func test_parse_refusesUnreadableNumbers() {
        assertErrors([
            ("-", "Unable to parse number.\n-\n^"),
            ("--1", "Unable to parse number.\n--1\n^"),
            ("-+1", "Unable to parse number.\n-+1\n^"),
            ("1-2", "Unable to parse number.\n1-2\n^"),
            ("1+2", "Unable to parse number.\n1+2\n^"),
            ("1e", "Unable to parse number.\n1e\n^"),
            ("1e+", "Unable to parse number.\n1e+\n^"),
            ("1e+-1", "Unable to parse number.\n1e+-1\n^"),
            ("1.2.3", "Unable to parse number.\n1.2.3\n^"),
            ("1x", "Unable to parse number.\n1x\n^"),
            ("-.", "Unable to parse number.\n-.\n^"),
            ("-e5", "Unable to parse number.\n-e5\n^"),
            ("[1e]", "Unable to parse number.\n[1e]\n ^"),
            ("1ee5", "Unable to parse number.\n1ee5\n^"),
            ("1.e", "Unable to parse number.\n1.e\n^"),
            ("{\"a\":- }", "Unable to parse number.\n{\"a\":- }\n     ^"),
            ("12-34-56", "Unable to parse number.\n12-34-56\n^"),
        ])
    }

    func test_parse_refusesNumbersBeyondDouble() {
        assertErrors([
            ("1e309", "Number exceeds the range of double.\n1e309\n^"),
            ("-1e309", "Number exceeds the range of double.\n-1e309\n^"),
            ("[1e400]", "Number exceeds the range of double.\n[1e400]\n ^"),
            ("1E+999", "Number exceeds the range of double.\n1E+999\n^"),
            (
                "{\"temperature\":1.5e999}",
                "Number exceeds the range of double.\n{\"temperature\":1.5e999}\n               ^"
            ),
        ])
    }

    /// The snippet begins where the parser waits for the rest, which may be before the bad byte.
    func test_parse_refusesBadUTF8() {
        assertErrors([
            ("<FF>", "Encountered non UTF-8 code points.\n\u{FFFD}\n^"),
            ("12<FF>", "Encountered non UTF-8 code points.\n12\u{FFFD}\n^"),
            ("{\"a\":12<FF> ,", "Encountered non UTF-8 code points.\n12\u{FFFD} ,\n^"),
            ("{\"a\":\"b<FF>\"}", "Encountered non UTF-8 code points.\n\u{FFFD}\"}\n^"),
            ("\"abc\\<FF>\"", "Encountered non UTF-8 code points.\n\\\u{FFFD}\"\n^"),
            ("\"abc\\u00<FF>0\"", "Encountered non UTF-8 code points.\n\\u00\u{FFFD}0\"\n^"),
            ("\"\\ud83d\\u<FF>\"", "Encountered non UTF-8 code points.\n\\ud83d\\u\u{FFFD}\"\n^"),
            ("{<FF>:1}", "Encountered non UTF-8 code points.\n\u{FFFD}:1}\n^"),
            ("{a<FF>:1}", "Encountered non UTF-8 code points.\na\u{FFFD}:1}\n^"),
            ("{}<FF>", "Encountered non UTF-8 code points.\n\u{FFFD}\n^"),
            ("{} <FF>", "Encountered non UTF-8 code points.\n\u{FFFD}\n^"),
            ("[1,<FF>]", "Encountered non UTF-8 code points.\n\u{FFFD}]\n^"),
            ("[tr<FF>", "Encountered non UTF-8 code points.\ntr\u{FFFD}\n^"),
            ("[true<FF>", "Encountered non UTF-8 code points.\n\u{FFFD}\n^"),
            ("\"<C3>", "Encountered non UTF-8 code points.\n\u{FFFD}\n^"),
            ("\"<E2><82>\"", "Encountered non UTF-8 code points.\n\u{FFFD}\"\n^"),
            ("\"<ED><A0><80>\"", "Encountered non UTF-8 code points.\n\u{FFFD}\u{FFFD}\u{FFFD}\"\n^"),
            ("\"<C0><80>\"", "Encountered non UTF-8 code points.\n\u{FFFD}\u{FFFD}\"\n^"),
            (
                "\"<F4><90><80><80>\"",
                "Encountered non UTF-8 code points.\n\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\"\n^"
            ),
            ("\"<F0><9F><98>\"", "Encountered non UTF-8 code points.\n\u{FFFD}\"\n^"),
            ("\"<80>\"", "Encountered non UTF-8 code points.\n\u{FFFD}\"\n^"),
            ("[\"é\",\"<A9>\"]", "Encountered non UTF-8 code points.\n\u{FFFD}\"]\n^"),
            (
                "{\"a\":\"0123456789012345678901234567890123456789<FF>0123456789012345678901234567890\"}",
                "Encountered non UTF-8 code points.\n\u{FFFD}0123456789012345678\n^"
            ),
        ])
    }

    /// The snippet ends where the bad byte begins.
    func test_parse_reportsErrorBeforeBadUTF8First() {
        assertErrors([
            ("\"a\" b<FF>", "Parsing terminated before end of input.\n\"a\" b\n    ^"),
            ("{\"a\":1 b<FF>", "Expected , or } after key:value pair.\n{\"a\":1 b\n       ^"),
            ("[1 2 <FF>", "Expected , or ] after array value.\n[1 2 \n   ^"),
            ("{\"a\":00,<FF>", "Octal/hex numbers are not valid JSON values.\n{\"a\":00,\n     ^"),
        ])
    }

    /// Bytes, not characters: what the cut leaves of a character is shown as U+FFFD.
    func test_parse_showsTwentyBytesOnEachSide() {
        assertErrors([
            (
                "[\"0123456789012345678901234567890123456789\" 1, 2, 3, 4, 5, 6, 7, 8, 9]",
                "Expected , or ] after array value.\n"
                    + "234567890123456789\" 1, 2, 3, 4, 5, 6, 7,\n                    ^"
            ),
            (
                "{\"text\":\"0123456789012345678901234567890123456789",
                "Closing quote expected in string.\n\n^"
            ),
            (
                "{\"text\":\"日本語日本語日本語\" x",
                "Expected , or } after key:value pair.\n日本語日本語\" x\n                    ^"
            ),
            ("[1 2,\"日本語日本語日本語\"]", "Expected , or ] after array value.\n[1 2,\"日本語日本\u{FFFD}\n   ^"),
            (
                "[1,2,3,4,5,6,7,8,9,10,11,12,13 14",
                "Expected , or ] after array value.\n6,7,8,9,10,11,12,13 14\n                    ^"
            ),
            ("\n\n{\"a\":\n  bc123}\n", "Unexpected token.\n\n\n{\"a\":\n  bc123}\n\n          ^"),
        ])
    }
}
