// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire
import XCTest

@testable import GeminiService

extension BuiltInAnswerTests {
    func test_call_isMade_withArgumentsOfSchema() throws {
        let parts = try makeBuiltIn(members: Self.tool).whole.candidates[0].parts
        guard parts.count == 1, case .functionCall("getTime", let arguments, _) = parts[0].data else {
            return XCTFail("\(parts)")
        }
        let schema = try makeJSON(
            #"{"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}"#)
        XCTAssertEqual(SchemaValidator(root: schema).problems(arguments, schema), [])
    }

    func test_call_hasEmptyArguments_whenNoSchemaIsSent() throws {
        let members = #""tools": [{"functionDeclarations": [{"name": "f"}]}]"#
        guard
            case .functionCall("f", .object([]), _) = try makeBuiltIn(members: members).whole.candidates[0]
                .parts[0].data
        else { return XCTFail("no call") }
    }

    func test_call_hasIDOnThree_only() throws {
        for (model, hasID) in [
            ("gemini-2.0-flash", false), ("gemini-2.5-flash", false), ("gemini-3.6-flash", true),
        ] {
            let part = try makeBuiltIn(members: Self.tool, model: model).whole.candidates[0].parts[0]
            guard case .functionCall(_, _, let id) = part.data else { return XCTFail("no call") }
            XCTAssertEqual(id?.count, hasID ? 8 : nil, model)
            XCTAssertEqual(
                id?.utf8.allSatisfy { (48...57).contains($0) || (97...122).contains($0) }, hasID ? true : nil)
        }
    }

    func test_call_hasFinishMessage_byGeneration() throws {
        for (model, whole, streamed) in [
            ("gemini-2.0-flash", false, false), ("gemini-2.5-flash", true, true),
            ("gemini-3.6-flash", true, false),
        ] {
            let answer = try makeBuiltIn(members: Self.tool, model: model)
            let message = "Model generated function call(s)."
            XCTAssertEqual(answer.whole.candidates[0].finishMessage, whole ? message : nil, model)
            XCTAssertEqual(answer.events.last?.candidates[0].finishMessage, streamed ? message : nil, model)
            XCTAssertEqual(answer.whole.candidates[0].finishReason, "STOP")
        }
        XCTAssertNil(try makeBuiltIn().whole.candidates[0].finishMessage)
    }

    func test_call_followsMode() throws {
        let mode = { (mode: String) in
            Self.tool + #", "toolConfig": {"functionCallingConfig": {"mode": "\#(mode)"}}"#
        }
        for (name, isCalled) in [("AUTO", true), ("ANY", true), ("VALIDATED", true), ("NONE", false)] {
            let parts = try makeBuiltIn(members: mode(name)).whole.candidates[0].parts
            XCTAssertEqual(calls(parts), isCalled ? ["getTime"] : [], name)
        }
    }

    /// A client that answers each call until there is none comes to an end.
    func test_loop_ends_inEachMode() throws {
        let tools = #""tools": [{"functionDeclarations": [{"name": "a"}, {"name": "b"}, {"name": "c"}]}]"#
        for (mode, expected) in [
            ("AUTO", ["a"]), ("ANY", ["a", "b", "c"]), ("NONE", []), ("VALIDATED", ["a"]),
        ] {
            var turns = [#"{"role": "user", "parts": [{"text": "hi"}]}"#]
            var made: [String] = []
            while made.count < 10 {
                let members = #"\#(tools), "toolConfig": {"functionCallingConfig": {"mode": "\#(mode)"}}"#
                let answer = try makeBuiltIn(contents: "[\(turns.joined(separator: ", "))]", members: members)
                guard let name = calls(answer.whole.candidates[0].parts).first else { break }
                made.append(name)
                turns.append(
                    #"{"role": "model", "parts": [{"functionCall": {"name": "\#(name)", "args": {}}}]}"#)
                turns.append(
                    #"""
                    {"role": "user", "parts": [{"functionResponse": {"name": "\#(name)", "response": {}}}]}
                    """#
                )
            }
            XCTAssertEqual(made, expected, mode)
        }
    }

    /// Counted now as it will be counted when it comes back with the next turn.
    func test_call_costsSame_asAnswerAndInPrompt() throws {
        for model in Self.models {
            let answer = try makeBuiltIn(members: Self.tool, model: model).whole
            guard case .functionCall(let name, let arguments, _) = answer.candidates[0].parts[0].data else {
                return XCTFail("no call")
            }
            let args = String(decoding: arguments.bytes(.compact), as: UTF8.self)
            let call =
                #"{"role": "model", "parts": [{"functionCall": {"name": "\#(name)", "args": \#(args)}}]}"#
            let first = #"{"parts": [{"text": "hi"}]}"#
            let before = try makeBuiltIn(contents: "[\(first)]", model: model).whole.usage.prompt.total
            let after = try makeBuiltIn(contents: "[\(first), \(call)]", model: model).whole.usage.prompt
                .total
            XCTAssertEqual(after - before, answer.usage.candidates, model)
        }
    }
}
