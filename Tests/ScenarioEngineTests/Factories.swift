// SPDX-License-Identifier: Apache-2.0

import GeminiService
import HTTPWire
import XCTest

@testable import ScenarioEngine

/// A request as stubs see it; what isn't given is usual.
func makeSubject(
    endpoint: String = "generateContent", model: String? = "gemini-2.5-flash", tenant: String = "made-up",
    scenario: String? = nil, target: String = "/", fields: [HTTPFields.Field] = [], body: String = "{}",
    isStream: Bool = false,
    system: String? = nil, lastText: String? = nil, tools: [String] = [], functionResponses: [String] = [],
    turn: Int = 1, files: [CallFile] = [], inlineBytes: Int = 0
) throws -> RequestSubject {
    var conversation = CallConversation()
    conversation.system = system
    conversation.lastText = lastText
    conversation.tools = tools
    conversation.functionResponses = functionResponses
    conversation.turn = turn
    var attachments = CallAttachments()
    attachments.files = files
    attachments.inlineBytes = inlineBytes
    return RequestSubject(
        endpoint: endpoint, model: model, tenant: tenant, scenario: scenario,
        head: RequestHead(method: "POST", target: RequestTarget(target), fields: HTTPFields(fields)),
        body: try JSONDocument(parsing: Array(body.utf8)).root, isStream: isStream,
        conversation: { [conversation] in conversation }, attachments: { [attachments] in attachments }
    )
}

/// The set of these scenarios.
func makeSet(_ texts: String..., file: StaticString = #filePath, line: UInt = #line) throws -> ScenarioSet {
    ScenarioSet(try texts.map { try makeLoaded($0, file: file, line: line) })
}

/// The scenario in a file called `s.yaml`.
func makeLoaded(_ text: String, file: StaticString = #filePath, line: UInt = #line) throws -> LoadedScenario {
    let result = ScenarioDecoder.decode(
        Array(text.utf8), file: "s.yaml", vocabulary: ScenarioExamples.vocabulary)
    XCTAssertEqual(result.problems.map(\.description), [], file: file, line: line)
    let scenario = try XCTUnwrap(result.scenario, file: file, line: line)
    return LoadedScenario(scenario: scenario, places: result.places.map { "s.yaml:\($0.line)" })
}

extension TemplateValues {
    static let some = TemplateValues(now: 0, seed: 7)
}
