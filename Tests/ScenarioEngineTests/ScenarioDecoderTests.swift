// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import GeminiService
import HTTPWire
import XCTest

@testable import ScenarioEngine

final class ScenarioDecoderTests: XCTestCase {
    private func scenario(_ text: String, file: StaticString = #filePath, line: UInt = #line) throws
        -> Scenario
    {
        let result = decoded(text)
        XCTAssertEqual(result.problems.map(\.description), [], file: file, line: line)
        return try XCTUnwrap(result.scenario, file: file, line: line)
    }

    private func pattern(_ text: String) throws -> RequestPattern {
        try scenario(ScenarioExamples.stub(when: text)).stubs[0].pattern
    }

    private func reply(_ text: String) throws -> Reply {
        try scenario(ScenarioExamples.stub(reply: text)).stubs[0].replies[0]
    }

    // MARK: What is read

    func test_theFrame_isRead() throws {
        let scenario = try scenario(ScenarioExamples.frame)
        XCTAssertEqual(scenario.name, "rate limit")
        XCTAssertEqual(scenario.description, "one refusal, then a text")
        XCTAssertEqual(
            scenario.settings,
            .init(strict: true, streamInterval: .milliseconds(20), runLength: .seconds(30)))
        XCTAssertEqual(scenario.states, [.init(name: "quota", values: ["full", "empty"])])
        XCTAssertEqual(scenario.stubs.map(\.name), ["first", "rest"])
        XCTAssertEqual(scenario.stubs[0].repeats, .fail)
        XCTAssertTrue(scenario.stubs[0].isRequired)
        XCTAssertEqual(
            scenario.stubs[0].replies,
            [
                Reply(
                    content: .error(NamedError(name: "quota-per-minute", retryDelay: .seconds(3))),
                    states: [StateValue(state: "quota", value: "empty")]),
                Reply(content: .made(try made("Hello"), AnswerOverrides())),
            ])
        XCTAssertEqual(scenario.stubs[1].repeats, .last)
    }

    private func made(_ text: String) throws -> MadeAnswer {
        MadeAnswer(said: .text(try Template(text)))
    }

    func test_everyCondition_isRead() throws {
        XCTAssertEqual(try pattern("{}"), RequestPattern())
        XCTAssertEqual(
            try pattern("{endpoint: countTokens, model: [gemini-*, models/x]}"),
            RequestPattern(endpoints: ["countTokens"], models: ["gemini-*", "x"]))
        XCTAssertEqual(
            try pattern("{tenant: key, header: {x-a: b, x-c: {glob: 'd*'}}, query: {alt: {matches: 's+e'}}}"),
            RequestPattern(
                tenant: .equals("key"),
                headers: [
                    .init(name: "x-a", pattern: .equals("b")), .init(name: "x-c", pattern: .glob("d*")),
                ],
                query: [.init(name: "alt", pattern: .matches("s+e"))]))
        XCTAssertEqual(
            try pattern("{system: polite, lastText: {equals: Hello}, stream: false}"),
            RequestPattern(system: .contains("polite"), lastText: .equals("Hello"), stream: false))
        XCTAssertEqual(
            try pattern(
                "{body: {a: [1]}, pointers: [{at: /a/0, equals: 1}, {at: /b, exists: false}], schema: {type: object}}"
            ),
            RequestPattern(
                body: ["a": [1]],
                pointers: [
                    PointerCondition(pointer: "/a/0", condition: .equals(1)),
                    PointerCondition(pointer: "/b", condition: .exists(false)),
                ], schema: ["type": "object"]))
        XCTAssertEqual(
            try pattern(
                "{tool: [f, g], functionResponse: f, turn: 2, call: {min: 3}, inlineBytes: {max: 20 MiB}}"),
            RequestPattern(
                tools: ["f", "g"], functionResponse: .named("f"), turn: Bounds(min: 2, max: 2),
                inlineBytes: Bounds(min: nil, max: 20_971_520), call: Bounds(min: 3, max: nil)))
        XCTAssertEqual(
            try pattern("{functionResponse: false}").functionResponse, RequestPattern.FunctionResponse.none)
        let digest = String(repeating: "aB", count: 32)
        XCTAssertEqual(
            try pattern(
                "{file: {mimeType: audio/*, size: {min: 1KB, max: 2MB}, sha256: \(digest), duration: {max: 9.5h}}}"
            ),
            RequestPattern(
                file: FilePattern(
                    mimeType: "audio/*", size: Bounds(min: 1000, max: 2_000_000), sha256: digest.lowercased(),
                    duration: Bounds(min: nil, max: .seconds(34200)))))
        XCTAssertEqual(
            try pattern("{state: {quota: full}}").states, [StateValue(state: "quota", value: "full")])
    }

    func test_everyReply_isRead() throws {
        XCTAssertEqual(
            try reply(
                "{text: abcd, thought: hm, calls: [{name: f, args: {x: 1}}], finishReason: NEW, chunks: {size: 2}}"
            ).content,
            .made(
                MadeAnswer(
                    thought: try Template("hm"), said: .text(try Template("abcd")),
                    calls: [.init(name: "f", arguments: ["x": 1])], chunks: .size(2)),
                AnswerOverrides(finishReason: "NEW")))
        XCTAssertEqual(
            try reply("{json: {a: [1, x]}, usage: {promptTokenCount: 7}, tokensPerSecond: 40}").content,
            .made(
                MadeAnswer(said: .json(["a": [1, "x"]])),
                AnswerOverrides(usage: [.init("promptTokenCount", 7)], tokensPerSecond: 40)))
        XCTAssertEqual(
            try reply("{parts: [{text: x}], safetyRatings: [], promptFeedback: {blockReason: SAFETY}}")
                .content,
            .made(
                MadeAnswer(said: .parts([["text": "x"]])),
                AnswerOverrides(safetyRatings: [], promptFeedback: ["blockReason": "SAFETY"])))
        XCTAssertEqual(
            try reply("{builtIn: true, noCandidates: true}").content,
            .builtIn(AnswerOverrides(hasNoCandidates: true)))
        XCTAssertEqual(try reply("{body: {a: 1}, status: 404}").content, .body(["a": 1], status: 404))
        XCTAssertEqual(
            try reply("{error: internal, message: Sorry}").content,
            .error(NamedError(name: "internal", message: "Sorry")))
        XCTAssertEqual(
            try reply("{file: {polls: 3, then: FAILED, error: broken}}").content,
            .file(FileFate(processing: .polls(3), end: .failed, error: "broken")))
        XCTAssertEqual(
            try reply("{interaction: {status: requires_action, calls: [{name: f}], runLength: 1.5s}}")
                .content,
            .interaction(
                InteractionFate(
                    status: "requires_action", calls: [.init(name: "f", arguments: .object([]))],
                    runLength: .milliseconds(1500)), text: nil))
        XCTAssertEqual(
            try reply("{text: abc, chunks: [a, '', bc]}").content,
            .made(
                MadeAnswer(said: .text(try Template("abc")), chunks: .pieces(["a", "", "bc"])),
                AnswerOverrides()))
    }

    func test_json_isReadLikeYAML() throws {
        XCTAssertEqual(
            try scenario(#"{"name": "n", "stubs": [{"name": "s", "replies": [{"text": "x"}]}]}"#),
            try scenario("name: n\nstubs:\n  - name: s\n    replies:\n      - text: x\n"))
    }

    func test_anchors_mayBeUsed() throws {
        let scenario = try scenario(
            """
            name: n
            stubs:
              - {name: a, when: {model: x}, replies: &r [{text: hi}]}
              - {name: b, when: {model: y}, replies: *r}
            """)
        XCTAssertEqual(scenario.stubs[0].replies, scenario.stubs[1].replies)
    }

    // MARK: What is refused

    func test_everyMistake_isToldExactly() {
        for mistake in ScenarioExamples.mistakes {
            XCTAssertEqual(
                decoded(mistake.text).problems.map(\.description), mistake.problems.map { "f.yaml:\($0)" },
                mistake.text)
            if mistake.problems.contains(where: { !$0.contains(": warning: ") }) {
                XCTAssertNil(decoded(mistake.text).scenario, mistake.text)
            }
        }
        XCTAssertGreaterThanOrEqual(ScenarioExamples.mistakes.count, 60)
    }

    func test_allProblemsOfAFile_areToldAtOnce_inItsOrder() {
        let problems = decoded(
            """
            nmae: x
            stubs:
              - name: a
                when: {modle: x, stream: yes}
                replies: [{txet: x}, {error: internl}]
              - replies: []
            """
        ).problems
        XCTAssertEqual(
            problems.map { "\($0.line):\($0.column)" },
            ["1:1", "1:1", "4:12", "4:30", "5:15", "5:16", "5:34", "6:5", "6:14"])
        XCTAssertEqual(problems, problems.sorted { ($0.line, $0.column) < ($1.line, $1.column) })
    }

    func test_whatStandsBehindAnAlias_isToldOnce() {
        let problems = decoded(
            "name: n\nstubs:\n  - {name: a, when: {model: x}, replies: &r [{txt: 1}]}\n  - {name: b, replies: *r}\n"
        ).problems
        XCTAssertEqual(Set(problems).count, problems.count)
    }

    func test_problems_areBounded() {
        let text = "name: n\nstubs:\n" + String(repeating: "  - {}\n", count: 10_000)
        XCTAssertEqual(decoded(text).problems.count, 100)
    }

    func test_tenThousandStubs_areRead() throws {
        let stubs = (0..<10_000).map {
            "  - {name: s\($0), when: {lastText: t\($0)}, replies: [{text: x}]}\n"
        }
        XCTAssertEqual(try scenario("name: n\nstubs:\n" + stubs.joined()).stubs.count, 10_000)
    }
}

func decoded(_ text: String) -> ScenarioDecoder.Result {
    ScenarioDecoder.decode(Array(text.utf8), file: "f.yaml", vocabulary: ScenarioExamples.vocabulary)
}
