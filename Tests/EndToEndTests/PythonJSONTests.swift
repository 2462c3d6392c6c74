// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPWire
import TestSupport
import XCTest

/// Valid JSON means to our reader, in both grammars, what it means to Python's.
final class PythonJSONTests: XCTestCase {
    /// One of each kind of trouble that a valid text can make.
    private static let written = [
        "[]", "{}", "0", "-0", "\"\"", " [] ", "[[]   ]", "[\"\"]", "[null, 1, \"1\", {}]", "[ 4]", "[-0]",
        "[-0.0]", "[1E22]", "[1E-2]", "[1E+2]", "[0e1]", "[0e+1]", "[123e65]", "[123.456e78]", "[1.5e-7]",
        "[0.1]", "[123456789012345]", "[-123123123123123123]", "[20e1]", "[4.9e-324]",
        "[1.7976931348623157e308]",
        "[-0.000000000000000000000000000000000000000000000000000000000000000000000000000001]",
        "true", "false", "null", "\"asd\"", "[true]", "[1,null,null,null,2]", "[2] ", "\t[\n1\r]\n",
        "{\"a\":[]}", "{\"a\":\"b\",\"c\":\"d\"}", "{\"\":0}", "{\"a\":{\"b\":{\"c\":[{}]}}}",
        "{\"foo\\u0000bar\": 42}", "{ \"min\": -1.0e+28, \"max\": 1.0e+28 }",
        "{\"title\":\"\\u041f\\u043e\"}",
        "[\"\\u0060\\u012a\\u12AB\"]", "[\"\\uD801\\udc37\"]", "[\"\\ud83d\\ude39\\ud83d\\udc8d\"]",
        "[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"]", "[\"\\\\u0000\"]", "[\"\\\\n\"]", "[\"a/*b*/c/*d//e\"]",
        "[\"\\u0000\"]", "[\"\\u0012\"]", "[\"\\uFFFF\"]", "[\"\\uDBFF\\uDFFF\"]", "[\"\\u200B\\u2064\"]",
        "[\"π\"]", "[\"\u{10FFFF}\"]", "[\"\u{7F}\"]", "[\"\u{2028}\u{2029}\"]", "[\"€𝄞\"]", "[\"\\uFEFF\"]",
        "[\"new\\u000Aline\"]", "[\" \"]", "[\"\\uA66D\"]", "[\"⍂㈴⍂\"]", "[\"\\u0022\\u005C\"]",
    ]

    private static let script = """
        import base64, json, sys
        for line in open(sys.argv[1]):
            sent, *read = [base64.b64decode(word) for word in line.split()]
            meant = json.loads(sent, parse_int=float)
            for text in read:
                if json.loads(text, parse_int=float) != meant:
                    print(sent, 'was read as', text)
        """

    func test_validTexts_meanWhatPythonReads() throws {
        guard ChildProcess.find("python3") != nil else {
            throw RequiredClient.isMissing("there is no python3")
        }
        var maker = JSONMaker()
        let texts = Self.written.map { Array($0.utf8) } + (0..<3000).map { _ in Array(maker.text().utf8) }
        let lines = try texts.map { text in
            let read = try [JSONGrammar.frontEnd, .strict].map { grammar in
                JSON(try JSONDocument(parsing: text, grammar: grammar).root).bytes(.compact)
            }
            return ([text] + read).map { Data($0).base64EncodedString() }.joined(separator: " ")
        }
        let file = try makeFile((lines.joined(separator: "\n") + "\n").utf8)
        let result = try ChildProcess.run("python3", ["-c", Self.script, file], within: .seconds(60))
        XCTAssertEqual(result.exitCode, 0, result.errors)
        XCTAssertEqual(result.text, "")
    }
}

/// Random valid JSON, the same in each run.
private struct JSONMaker {
    private var state: UInt64 = 42
    private static let pieces = [
        "a", "é", "😀", "\\n", "\\u00e9", "\\ud83d\\ude00", "\\\"", "\\\\", "/", "'", "{", "]", " ", "\\t",
    ]
    private static let blanks = ["", "", "", " ", "\n", "\t ", "\r\n"]

    private mutating func below(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % bound
    }

    mutating func text(depth: Int = 0) -> String {
        let blank = Self.blanks[below(Self.blanks.count)]
        return blank + value(depth: depth) + Self.blanks[below(Self.blanks.count)]
    }

    private mutating func value(depth: Int) -> String {
        switch below(depth > 5 ? 5 : 8) {
        case 0: return ["null", "true", "false"][below(3)]
        case 1: return "\(below(2) == 0 ? "-" : "")\(below(1 << 30))"
        case 2: return "\(below(1000)).\(below(1 << 30))e\(["", "+", "-"][below(3)])\(below(300))"
        case 3, 4: return string()
        case 5, 6:
            return "[" + (0..<below(5)).map { _ in text(depth: depth + 1) }.joined(separator: ",") + "]"
        default:
            // Names of their own: of two the same readers keep either.
            let members = (0..<below(5)).map { index in
                "\"\(index)" + string().dropFirst() + ":" + text(depth: depth + 1)
            }
            return "{" + members.joined(separator: ",") + "}"
        }
    }

    private mutating func string() -> String {
        "\"" + (0..<below(8)).map { _ in Self.pieces[below(Self.pieces.count)] }.joined() + "\""
    }
}
