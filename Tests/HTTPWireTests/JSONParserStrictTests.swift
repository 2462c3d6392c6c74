// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import HTTPWire

/// The strict grammar: RFC 8259, and the limits that the RFC leaves to the reader.
final class JSONParserStrictTests: XCTestCase {
    private func assertAccepted(_ texts: [String], line: UInt = #line) {
        for sent in texts {
            XCTAssertEqual(syntaxError(raw(sent), .strict)?.message, nil, sent.debugDescription, line: line)
        }
    }

    private func assertRefused(_ texts: [String], line: UInt = #line) {
        for sent in texts {
            XCTAssertNotNil(syntaxError(raw(sent), .strict), "accepted: \(sent.debugDescription)", line: line)
        }
    }

    func test_strict_acceptsEachKindOfValue() {
        assertAccepted(["null", "true", "false", "0", "\"\"", "[]", "{}", " \t\r\n null \t\r\n "])
    }

    func test_strict_acceptsNumbers() {
        assertAccepted([
            "-0", "0", "1", "-1", "10", "0.5", "-0.5", "0e1", "0E+1", "1e-2", "1.0e10",
            "123456789012345678901234567890",
            "0.00000000000000000000000000000000000001", "1e308", "1E-400", "20e1", "[-0,1]",
        ])
    }

    func test_strict_refusesNumbers() {
        assertRefused([
            "-", "+1", "01", "-01", "00", ".5", "-.5", "1.", "1.e1", "1e", "1e+", "1E-", "0x10", "0x1.8",
            "1_000", "1.2.3",
            "--1", "1-1", "1 000", "NaN", "Infinity", "-Infinity", "1e1.5", "0.e1", "1,", "١", "[1.]", "[-]",
            "1e309",
        ])
    }

    func test_strict_acceptsStrings() {
        assertAccepted([
            "\"a\"", #""\"\\\/\b\f\n\r\t""#, #""\u0000\u00e9\uFFFF""#, #""\ud83d\ude00""#, "\"\u{7F}é日😀\"",
            #""'""#, "\"\u{2028}\u{FEFF}\"", "\"//\"",
        ])
    }

    func test_strict_refusesStrings() {
        assertRefused([
            "'a'", "\"a", "\"a\nb\"", "\"\t\"", "\"\u{0}\"", "\"\u{1F}\"", #""\q""#, #""\v""#, #""\'""#,
            #""\x41""#, #""\u""#,
            #""\u12""#, #""\u12G4""#, #""\U0041""#, #""\ud83d""#, #""\ude00""#, #""\ud83d\u0041""#, "\"\\\"",
            "\"\\", "\"\\\n\"",
            "\"<FF>\"", "\"<C0><80>\"", "\"<ED><A0><80>\"", "\"<E2><82>\"", "\"<F4><90><80><80>\"",
            "\"\\<FF>\"",
        ])
    }

    func test_strict_acceptsContainers() {
        assertAccepted([
            "[1,2]", "[[],{}]", "{\"a\":1,\"b\":[]}", "{\"a\":1,\"a\":2}", "{\"\":0}", "[ 1 , 2 ]",
            "{ \"a\" : 1 }",
            "[null,true,false,\"\"]",
        ])
    }

    func test_strict_refusesContainers() {
        assertRefused([
            "[", "]", "{", "}", "[1,]", "[,1]", "[,]", "[1,,2]", "[1 2]", "[1:2]", "[1}", "{]", "{\"a\":1,}",
            "{,}",
            "{\"a\"}", "{\"a\":}", "{a:1}", "{'a':1}", "{1:2}", "{null:1}", "{\"a\" 1}", "{\"a\":1 \"b\":2}",
            "{\"a\":1;}",
            "{\"a\":1,,\"b\":2}", "[[]", "{\"a\":{}", "[\"a\",\n", "{:1}", "{\"a\"::1}",
        ])
    }

    func test_strict_refusesTextAroundTheValue() {
        assertRefused([
            "", " ", "null x", "{} {}", "[]]", "1 2", "nullx", "truefalse", "\u{FEFF}{}", "{}\u{0}", "/**/1",
            "1//", "\u{C}1",
            "1\u{B}", "\u{A0}1", "#1", "[]<FF>", "<FF>", "<00>",
        ])
    }

    func test_strict_refusesMisspelledWords() {
        assertRefused(["True", "NULL", "nul", "tru", "fals", "undefined", "nil", "[truth]", "{\"a\":nope}"])
    }

    func test_strict_acceptsHundredLevelsAndNoMore() {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        assertAccepted([nested(100)])
        assertRefused([nested(101)])
    }

    func test_strict_givesTheSameValuesAsTheFrontEnd() throws {
        let sent = #" {"a" : [ 1 , -2.5e3 , true , null , "x\u00e9\n" ] , "b" : { } } "#
        XCTAssertEqual(rewritten(try parsed(sent, .strict)), rewritten(try parsed(sent)))
    }
}
