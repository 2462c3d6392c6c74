// SPDX-License-Identifier: Apache-2.0

import Foundation
import GeminiService
import HTTPWire
import XCTest

@testable import ScenarioEngine

/// What is written in Swift is what a file says.
final class MockScenarioTests: XCTestCase {
    private func decode(_ scenario: MockScenario) throws -> ScenarioDecoder.Result {
        guard case .built(let value, let file) = scenario.source else {
            throw XCTSkip("only a scenario that is built can be decoded here")
        }
        return ScenarioDecoder.decode(value, file: file, vocabulary: ScenarioExamples.vocabulary)
    }

    private func file(_ text: String) throws -> Scenario {
        let result = ScenarioDecoder.decode(
            Array(text.utf8), file: "f", vocabulary: ScenarioExamples.vocabulary)
        XCTAssertEqual(result.problems, [])
        return try XCTUnwrap(result.scenario)
    }

    private func check(_ scenario: MockScenario, _ text: String, line: UInt = #line) throws {
        let result = try decode(scenario)
        XCTAssertEqual(result.problems, [], line: line)
        XCTAssertEqual(result.scenario, try file(text), line: line)
    }

    func test_theFrame() throws {
        try check(
            MockScenario(
                "rate limit",
                settings: MockSettings(
                    strict: true, streamInterval: .milliseconds(20), runLength: .seconds(30)),
                states: ["quota": ["full", "empty"]],
                stubs: [
                    MockStub(
                        "first",
                        when: MockPattern(
                            endpoint: ["generateContent"], model: ["gemini-*"], state: ["quota": "full"]),
                        replies: [
                            .error("quota-per-minute", retryDelay: .seconds(3)).setting(["quota": "empty"]),
                            .text("Hello"),
                        ],
                        repeats: .fail, isRequired: true),
                    MockStub("rest", replies: [.builtIn()]),
                ]),
            ScenarioExamples.frame.replacingOccurrences(
                of: "description: one refusal, then a text\n", with: ""))
    }

    func test_everyCondition() throws {
        try check(
            MockScenario(
                "n",
                stubs: [
                    MockStub(
                        "s",
                        when: MockPattern(
                            tenant: .equals("t"), header: ["X-A": .glob("a*"), "x-b": .matches("b+")],
                            query: ["q": .contains("q")], system: .contains("sys"), lastText: .matches("^h"),
                            body: ["a": ["b": 1]],
                            pointers: [
                                .equals(at: "/a", .null), .matches(at: "/b", "x"), .exists(at: "", true),
                            ],
                            schema: ["type": "object"], tool: ["f"], functionResponse: .named("f"),
                            turn: 2...3,
                            file: MockFilePattern(
                                mimeType: "audio/*", size: 1...2, sha256: String(repeating: "a", count: 64),
                                duration: .seconds(1)...(.milliseconds(1500))),
                            inlineBytes: 1...Int.max, stream: true, call: 1...1),
                        replies: [.text("x")])
                ]),
            """
            name: n
            stubs:
              - name: s
                when:
                  tenant: t
                  header: {X-A: {glob: a*}, x-b: {matches: b+}}
                  query: {q: {contains: q}}
                  system: sys
                  lastText: {matches: ^h}
                  body: {a: {b: 1}}
                  pointers: [{at: /a, equals: null}, {at: /b, matches: x}, {at: '', exists: true}]
                  schema: {type: object}
                  tool: f
                  functionResponse: f
                  turn: {min: 2, max: 3}
                  file:
                    mimeType: audio/*
                    size: {min: 1, max: 2}
                    sha256: \(String(repeating: "a", count: 64))
                    duration: {min: 1s, max: 1.5s}
                  inlineBytes: {min: 1}
                  stream: true
                  call: 1
                replies: [{text: x}]
            """)
    }

    func test_everyReply() throws {
        let call = ScriptedCall(name: "f", arguments: ["x": 1])
        var overrides = AnswerOverrides(finishReason: "SAFETY")
        overrides.usage = [.init("promptTokenCount", 7)]
        overrides.safetyRatings = []
        overrides.promptFeedback = ["blockReason": "SAFETY"]
        overrides.hasNoCandidates = true
        overrides.tokensPerSecond = 40
        func stub(_ name: String, _ reply: MockReply) -> MockStub {
            MockStub(name, when: MockPattern(lastText: .contains(name)), replies: [reply])
        }
        try check(
            MockScenario(
                "n",
                stubs: [
                    stub("text", .text("ab", thought: "t", calls: [call], chunks: .count(2))),
                    stub("pieces", .text("ab", chunks: .pieces(["a", "b"]))),
                    stub("json", .json(["a": 1], chunks: .size(3))),
                    stub("parts", .parts([["text": "x"]])),
                    stub("calls", .calls([call, call], thought: "t")),
                    stub("builtIn", .builtIn(overrides)),
                    stub("body", .body(["a": 1], status: 404)),
                    stub("error", .error("internal", message: "Sorry")),
                ]),
            """
            name: n
            stubs:
              - {name: text, when: {lastText: text}, replies: [{text: ab, thought: t, calls: [{name: f, args: {x: 1}}], chunks: {count: 2}}]}
              - {name: pieces, when: {lastText: pieces}, replies: [{text: ab, chunks: [a, b]}]}
              - {name: json, when: {lastText: json}, replies: [{json: {a: 1}, chunks: {size: 3}}]}
              - {name: parts, when: {lastText: parts}, replies: [{parts: [{text: x}]}]}
              - {name: calls, when: {lastText: calls}, replies: [{thought: t, calls: [{name: f, args: {x: 1}}, {name: f, args: {x: 1}}]}]}
              - {name: builtIn, when: {lastText: builtIn}, replies: [{builtIn: true, finishReason: SAFETY, usage: {promptTokenCount: 7}, safetyRatings: [], promptFeedback: {blockReason: SAFETY}, noCandidates: true, tokensPerSecond: 40}]}
              - {name: body, when: {lastText: body}, replies: [{body: {a: 1}, status: 404}]}
              - {name: error, when: {lastText: error}, replies: [{error: internal, message: Sorry}]}
            """)
        try check(
            MockScenario(
                "n",
                stubs: [
                    MockStub(
                        "file", when: MockPattern(call: 9...9),
                        replies: [.file(FileFate(processing: .polls(2), end: .failed, error: "broken"))]),
                    MockStub(
                        "time",
                        replies: [.file(FileFate(processing: .time(.seconds(5))))]),
                    MockStub(
                        "turn",
                        replies: [
                            .interaction(
                                InteractionFate(
                                    status: "requires_action", text: "t", calls: [call],
                                    runLength: .nanoseconds(1_500_000)))
                        ]),
                ]),
            """
            name: n
            stubs:
              - {name: file, when: {call: 9}, replies: [{file: {polls: 2, then: FAILED, error: broken}}]}
              - {name: time, replies: [{file: {for: 5s}}]}
              - {name: turn, replies: [{interaction: {status: requires_action, text: t, calls: [{name: f, args: {x: 1}}], runLength: 1.5ms}}]}
            """)
    }

    func test_wireAndFaults() throws {
        try check(
            MockScenario(
                "n",
                stubs: [
                    MockStub(
                        "s",
                        replies: [
                            .text("a").wire(
                                MockWire(
                                    delay: .seconds(2), firstEvent: .milliseconds(500),
                                    intervals: [.milliseconds(50)], jitter: 0.2, bytesPerSecond: 1000,
                                    writes: .bytes(1))
                            ).faults([
                                .named("reset", after: .events(2), .times(1)),
                                .named("sse-comment", form: "inside", text: "x", .probability(0.5)),
                                .named("error-mid-stream", error: "internal", message: "Sorry"),
                                .named("wrong-content-length", by: -3),
                                .named("hang-mid-body", after: .bytes(9), for: .seconds(1)),
                                .named("redirect", status: 307, location: "http://x/"),
                            ]),
                            .text("b").wire(MockWire(writes: .at([1, 2]))),
                            .text("c").wire(MockWire(writes: .events(3))),
                        ])
                ]),
            """
            name: n
            stubs:
              - name: s
                replies:
                  - text: a
                    wire: {delay: 2s, firstEvent: 500ms, interval: 50ms, jitter: 0.2, bytesPerSecond: 1000, writes: {bytes: 1}}
                    faults:
                      - {fault: reset, after: {events: 2}, times: 1}
                      - {fault: sse-comment, form: inside, text: x, probability: 0.5}
                      - {fault: error-mid-stream, error: internal, message: Sorry}
                      - {fault: wrong-content-length, by: -3}
                      - {fault: hang-mid-body, after: {bytes: 9}, for: 1s}
                      - {fault: redirect, status: 307, location: 'http://x/'}
                  - {text: b, wire: {writes: {at: [1, 2]}}}
                  - {text: c, wire: {writes: {events: 3}}}
            """)
    }

    func test_mistakes_areTold_withTheLineOfTheSwiftFile() throws {
        let line = #line + 5
        let scenario = MockScenario(
            "n",
            stubs: [
                MockStub("s", replies: [.error("quota-per-minit")])
            ], file: "Tests/Some.swift")
        XCTAssertEqual(
            try decode(scenario).problems.map(\.description),
            [
                "Tests/Some.swift:\(line - 1):1: “quota-per-minit” isn’t known here: expected quota-per-minute, quota-per-day or internal (did you mean quota-per-minute?)"
            ])
    }
}
