// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import XCTest

@testable import GeminiMock
@testable import ScenarioEngine

/// Each kind of reply with each of its options, on each endpoint that can give it.
extension ScenarioServingTests {
    /// A scenario with a stub for each of these last texts.
    private func serve(replies: KeyValuePairs<String, String>) throws -> MockServer {
        let stubs = replies.map { name, reply in
            "  - {name: '\(name)', when: {lastText: {equals: '\(name)'}}, replies: [\(reply)]}\n"
        }
        let text = "name: replies\nstubs:\n\(stubs.joined())"
        return try serve(MockScenario(path: try file(text).path))
    }

    // MARK: What a model says

    /// What was said in any of the ways to ask: the texts but thoughts, in their pieces, and the functions called.
    private struct Said: Equatable {
        var pieces: [String] = []
        var calls: [String] = []

        mutating func add(_ answer: BodyValue) {
            for number in 0..<10 {
                let part = "candidates/0/content/parts/\(number)"
                if let text = answer.at("\(part)/text"), answer.at("\(part)/thought") == nil {
                    pieces.append(text)
                }
                if let call = answer.at("\(part)/functionCall/name") { calls.append(call) }
            }
        }

        mutating func add(step: BodyValue) {
            if let text = step.at("content/0/text"), step.at("type") == "model_output" { pieces.append(text) }
            if step.at("type") == "function_call", let call = step.at("name") { calls.append(call) }
        }

        mutating func add(event: BodyValue) {
            if event.at("delta/type") == "text", let text = event.at("delta/text") { pieces.append(text) }
            if let step = event.at("step/name"), event.at("event_type") == "step.start" { calls.append(step) }
        }
    }

    /// The same question in all ways, whole answers first.
    private func said(_ server: MockServer, _ text: String) throws -> [Said] {
        var said = [Said](repeating: Said(), count: 5)
        said[0].add(BodyValue(value: try ask(server, text).json))
        let turn = try turn(server, text)
        for number in 0..<5 {
            let step = (turn.json as? [String: Any])?["steps"] as? [Any] ?? []
            if step.indices.contains(number) { said[1].add(step: BodyValue(value: step[number])) }
        }
        for event in try stream(server, text) { said[2].add(event) }
        let array = try ask(server, text, method: "streamGenerateContent").json as? [Any]
        for element in try XCTUnwrap(array) { said[3].add(BodyValue(value: element)) }
        for event in try self.turn(server, text, #", "stream": true"#).events { said[4].add(event: event) }
        return said
    }

    func test_texts_values_andCalls_areSaid_byEveryEndpoint() throws {
        let examples: [(reply: String, text: String, calls: [String])] = [
            ("{text: Good morning.}", "Good morning.", []),
            ("{text: Hm., thought: Let me see.}", "Hm.", []),
            ("{json: {a: [1, true, null, 1.5]}}", #"{"a":[1,true,null,1.5]}"#, []),
            ("{parts: [{text: one}, {functionCall: {name: f, args: {}}}]}", "one", ["f"]),
            ("{calls: [{name: f}, {name: g, args: {a: 1}}]}", "", ["f", "g"]),
            ("{text: First., calls: [{name: f}]}", "First.", ["f"]),
        ]
        for (reply, text, calls) in examples {
            let server = try serve(replies: ["Hello": reply])
            for (way, said) in try said(server, "Hello").enumerated() {
                XCTAssertEqual(said.pieces.joined(), text, "\(reply) asked for in way \(way)")
                XCTAssertEqual(said.calls, calls, "\(reply) asked for in way \(way)")
            }
            server.stop()
        }
    }

    func test_chunks_cutStreams() throws {
        let server = try serve(replies: [
            "count": "{text: abcdefgh, chunks: {count: 4}}", "size": "{text: abcdefgh, chunks: {size: 3}}",
            "pieces": "{text: abcdefgh, chunks: [a, bcdefg, h]}",
            "value": "{json: {a: 1}, chunks: {count: 2}}",
        ])
        for (name, pieces) in [
            ("count", ["ab", "cd", "ef", "gh"]), ("size", ["abc", "def", "gh"]),
            ("pieces", ["a", "bcdefg", "h"]),
        ] {
            let said = try said(server, name).map(\.pieces)
            XCTAssertEqual(said, [["abcdefgh"], ["abcdefgh"], pieces, pieces, pieces], name)
        }
        XCTAssertEqual(try said(server, "value").map(\.pieces.count), [1, 1, 2, 2, 2])
    }

    func test_thoughts_areShown_toThoseWhoAsk() throws {
        let server = try serve(replies: ["Hello": "{thought: 'Of {{lastText}}.', text: x}"])
        let wish = #", "generationConfig": {"thinkingConfig": {"includeThoughts": true}}"#
        let answer = try ask(server, "Hello", wish)
        XCTAssertEqual(answer.said, "Of Hello.")
        XCTAssertEqual(answer.at("candidates/0/content/parts/0/thought"), "true")
        XCTAssertEqual(answer.at("candidates/0/content/parts/1/text"), "x")
    }

    func test_texts_areFilledIn() throws {
        let text =
            "{{model}}|{{endpoint}}|{{lastText}}|{{call}}|{{turn}}|{{seed}}|{{time}}|{{/contents/0/role}}|"
        let server = try serve(
            MockScenario("filled", stubs: [MockStub("any", replies: [.text(text)])])
        ) { $0.seed = 7 }
        _ = try ask(server)
        let time = "2026-08-19T14:34:12.000000Z"
        XCTAssertEqual(
            try ask(server, "Why").said, "gemini-2.5-flash|generateContent|Why|2|1|7|\(time)|user|")
        XCTAssertTrue(
            try turn(server, "Why").text.contains("gemini-3.5-flash|createInteraction|Why|3|1|7|\(time)||"))
    }

    // MARK: What differs

    func test_everyOverride_shows() throws {
        let ratings = "[{category: HARM_CATEGORY_HARASSMENT, probability: LOW}]"
        let server = try serve(replies: [
            "reason": "{text: x, finishReason: OTHER}",
            "usage": "{text: x, usage: {promptTokenCount: 1000, candidatesTokenCount: 7}}",
            "ratings": "{text: x, safetyRatings: \(ratings)}",
            "feedback": "{text: x, promptFeedback: {safetyRatings: \(ratings)}}",
            "nothing": "{text: x, noCandidates: true}",
            "built-in": "{builtIn: true, finishReason: LANGUAGE}",
        ])
        for isStream in [false, true] {
            func answer(_ text: String) throws -> BodyValue {
                if isStream { return try XCTUnwrap(try stream(server, text).last, text) }
                return BodyValue(value: try ask(server, text).json)
            }
            let reason = try answer("reason")
            XCTAssertEqual(reason.at("candidates/0/finishReason"), "OTHER")
            XCTAssertEqual(reason.at("candidates/0/content/parts/0/text"), "x")
            let usage = try answer("usage")
            XCTAssertEqual(usage.at("usageMetadata/promptTokenCount"), "1000")
            XCTAssertEqual(usage.at("usageMetadata/candidatesTokenCount"), "7")
            let rating = #"[{"category":"HARM_CATEGORY_HARASSMENT","probability":"LOW"}]"#
            XCTAssertEqual(try answer("ratings").at("candidates/0/safetyRatings"), rating)
            let feedback = try answer("feedback")
            XCTAssertEqual(feedback.at("promptFeedback/safetyRatings"), rating)
            XCTAssertEqual(feedback.at("candidates/0/content/parts/0/text"), "x")
            XCTAssertNil(try answer("nothing").at("candidates"))
            let builtIn = try answer("built-in")
            XCTAssertEqual(builtIn.at("candidates/0/finishReason"), "LANGUAGE")
            XCTAssertEqual(builtIn.at("candidates/0/content"), "{}")
        }
        XCTAssertEqual(try turn(server, "usage").at("usage/total_input_tokens"), "1000")
        XCTAssertEqual(try turn(server, "built-in").status, 400, "what withholds an answer is a refusal here")
    }

    /// A lower bound alone: nothing can be slow enough to break it.
    func test_tokensPerSecond_paceAStream() throws {
        let server = try serve(replies: [
            "Hello": "{text: one two three four five six, chunks: {count: 3}, tokensPerSecond: 100}"
        ])
        let start = ContinuousClock.now
        let events = try stream(server)
        XCTAssertGreaterThanOrEqual(ContinuousClock.now - start, .milliseconds(50))
        XCTAssertEqual(events.count, 3)
    }

    // MARK: Whole bodies, and refusals

    func test_wholeBodies_areSent_asTheyStand() throws {
        let server = try serve(replies: [
            "whole": "{body: {candidates: [], made: up}}", "odd": "{body: {a: 1}, status: 418}",
            "list": "{body: [{a: 1}, {a: 2}]}",
        ])
        XCTAssertEqual(try ask(server, "whole").text, "{\n  \"candidates\": [],\n  \"made\": \"up\"\n}\n")
        XCTAssertEqual(try ask(server, "whole", method: "countTokens").at("made"), "up")
        XCTAssertEqual(try turn(server, "whole").text, #"{"candidates":[],"made":"up"}"#)
        for odd in [try ask(server, "odd"), try turn(server, "odd")] {
            XCTAssertEqual(odd.status, 418)
            XCTAssertEqual(odd.at("a"), "1")
        }
        XCTAssertEqual(try stream(server, "list").map { $0.at("a") }, ["1", "2"])
        XCTAssertEqual(try ask(server, "list", method: "streamGenerateContent").at("1/a"), "2")
        XCTAssertEqual(try turn(server, "list", #", "stream": true"#).events.map { $0.at("a") }, ["1", "2"])
    }

    func test_refusals_areInTheFormOfEachEndpoint() throws {
        let server = try serve(
            MockScenario(
                "refused",
                stubs: [
                    MockStub(
                        "any",
                        replies: [
                            .error("quota-per-minute", message: "Slow down.", retryDelay: .milliseconds(1500))
                        ])
                ]))
        let retry = #"{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"1.500s"}"#
        for (answer, place) in [
            (try ask(server), ""), (try ask(server, method: "streamGenerateContent?alt=sse"), ""),
            (try ask(server, method: "streamGenerateContent"), "0/"), (try upload(server, "audio/mpeg"), ""),
            (try ask(server, method: "countTokens"), ""), (try get(server, "files/none"), ""),
        ] {
            XCTAssertEqual(answer.status, 429)
            XCTAssertEqual(answer.at("\(place)error/message"), "Slow down.", answer.text)
            XCTAssertEqual(answer.at("\(place)error/status"), "RESOURCE_EXHAUSTED")
            XCTAssertEqual(answer.at("\(place)error/details/2"), retry)
        }
        XCTAssertEqual(try upload(server, "audio/mpeg")["x-goog-upload-status"], "final")
        let turn = try turn(server)
        XCTAssertEqual(turn.status, 429)
        XCTAssertEqual(turn.at("error/message"), "Slow down.", turn.text)
        XCTAssertNil(turn.at("error/status"), "an error of the Interactions API has a code alone")
    }

    // MARK: Files

    /// What becomes of a file is told at the start of a resumable upload already.
    func test_files_fareAsTold() throws {
        let server = try serve(
            MockScenario(
                "files",
                stubs: [
                    MockStub(
                        "any", when: MockPattern(endpoint: ["uploadFile"]),
                        replies: [
                            .file(FileFate(processing: .polls(1))),
                            .file(FileFate(processing: .time(.seconds(9)), end: .failed)),
                            .file(FileFate(processing: .time(.seconds(9)), end: .expired)),
                            .file(FileFate(end: .failed, error: "Broken.")),
                        ])
                ]))
        func resumable() throws -> String {
            let command = "X-Goog-Upload-Command: "
            let started = try post(
                server, "/upload/v1beta/files", "{}",
                "X-Goog-Upload-Protocol: resumable\r\n\(command)start\r\n")
            let path = try XCTUnwrap(started["x-goog-upload-url"], started.text).dropFirst("http://x".count)
            let file = try call(
                server, "POST", "\(path)", "\(command)upload, finalize\r\nX-Goog-Upload-Offset: 0\r\n", [1])
            return try XCTUnwrap(file.at("file/name"), file.text)
        }
        func state(_ name: String) throws -> String? { try get(server, name).at("state") }
        let polled = try resumable()
        XCTAssertEqual([try state(polled), try state(polled)], ["PROCESSING", "ACTIVE"])
        let (failing, expiring) = (try resumable(), try resumable())
        XCTAssertEqual([try state(failing), try state(expiring)], ["PROCESSING", "PROCESSING"])
        server.advanceClock(by: .seconds(9))
        XCTAssertEqual(try state(failing), "FAILED")
        XCTAssertEqual(try get(server, failing).at("error/code"), "13")
        XCTAssertEqual(try get(server, expiring).status, 403)
        let broken = try resumable()
        XCTAssertEqual(try state(broken), "FAILED")
        XCTAssertEqual(try get(server, broken).at("error/message"), "Broken.")
        XCTAssertEqual(try call(server, "DELETE", "/v1beta/\(broken)").status, 200)
    }

    // MARK: Interactions

    func test_turns_endAsTold_wholeAndStreamed() throws {
        for status in ScenarioVocabulary.interactionStatuses {
            let calls = status == "requires_action" ? ", calls: [{name: f}]" : ""
            let server = try serve(replies: [
                "Hello": "{interaction: {status: \(status), text: 'So far {{lastText}}'\(calls)}}"
            ])
            let whole = try turn(server)
            XCTAssertEqual(whole.status, 200, status)
            XCTAssertEqual(whole.at("status"), status)
            let kept = try get(server, "interactions/\(whole.at("id") ?? "")")
            XCTAssertEqual(kept.at("status"), status)
            let isSilent = ["in_progress", "cancelled"].contains(status)
            XCTAssertEqual(whole.text.contains("So far Hello"), !isSilent, whole.text)
            // That one's stream would never end.
            if status == "in_progress" { continue }
            let events = try turn(server, "Hello", #", "stream": true"#).events
            let last = try XCTUnwrap(events.last)
            switch status {
            case "failed", "cancelled": XCTAssertEqual(last.at("event_type"), "error", status)
            default:
                XCTAssertEqual(last.at("event_type"), "interaction.completed", status)
                XCTAssertEqual(last.at("interaction/status"), status)
            }
            server.stop()
        }
    }

    func test_runs_takeAsLongAsTold() throws {
        let server = try serve(replies: [
            "Hello": "{interaction: {status: incomplete, text: x, runLength: 1m}}"
        ])
        let run = try turn(server, "Hello", #", "background": true"#)
        let name = "interactions/\(run.at("id") ?? "")"
        server.advanceClock(by: .milliseconds(59_999))
        XCTAssertEqual(try get(server, name).at("status"), "in_progress")
        server.advanceClock(by: .milliseconds(1))
        XCTAssertEqual(try get(server, name).at("status"), "incomplete")
    }
}
