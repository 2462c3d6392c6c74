// SPDX-License-Identifier: Apache-2.0

import GeminiService
import HTTPWire
import XCTest

@testable import ScenarioEngine

/// A request with the least that matchers look at.
func subject(
    endpoint: String = "generateContent", model: String? = "gemini-2.5-flash", tenant: String = "someone",
    target: String = "/", headers: [HTTPFields.Field] = [], body: String = "{}", isStream: Bool = false,
    step: UploadStep? = nil, conversation: RequestSubject.Conversation = .init(),
    attachments: RequestSubject.Attachments = .init()
) throws -> RequestSubject {
    RequestSubject(
        endpoint: endpoint, model: model, tenant: tenant,
        head: RequestHead(method: "POST", target: RequestTarget(target), fields: HTTPFields(headers)),
        body: try JSONDocument(parsing: Array(body.utf8)).root, isStream: isStream, step: step,
        conversation: { conversation }, attachments: { attachments })
}

func conversation(
    system: String? = nil, lastText: String? = nil, tools: [String] = [], functionResponses: [String] = [],
    turn: Int = 0
) -> RequestSubject.Conversation {
    var conversation = RequestSubject.Conversation()
    conversation.system = system
    conversation.lastText = lastText
    conversation.tools = tools
    conversation.functionResponses = functionResponses
    conversation.turn = turn
    return conversation
}

func attachments(_ files: [RequestSubject.File] = [], inlineBytes: Int = 0) -> RequestSubject.Attachments {
    var attachments = RequestSubject.Attachments()
    attachments.files = files
    attachments.inlineBytes = inlineBytes
    return attachments
}

/// What doesn't fit, each as `name: expected | got`.
func misses(
    _ pattern: RequestPattern, _ request: RequestSubject, _ history: StubHistory = .init()
) -> [String] {
    pattern.matchers.compactMap { matcher in
        matcher.miss(request, history)?.details.line(matcher.name)
    }
}

/// How far off a request is, by the one thing that the pattern asks for.
func distance(_ pattern: RequestPattern, _ request: RequestSubject) throws -> Double {
    let matcher = try XCTUnwrap(pattern.matchers.first)
    return try XCTUnwrap(matcher.miss(request, .init())).details.distance
}

extension Miss.Details {
    func line(_ name: String) -> String { "\(name): \(expected) | \(got)" }
}
