// SPDX-License-Identifier: Apache-2.0

import GeminiService

/// A stub to paste into a scenario file: one that a request fits, and few others.
public struct StubDraft: Sendable, Equatable, CustomStringConvertible {
    /// An entry of `stubs`, indented by two blanks, with a line break at its end.
    public let stub: String

    /// A scenario file with nothing but the stub.
    public var scenario: String { "name: draft\nstubs:\n\(stub)" }

    public var description: String { stub }

    /// In Unicode scalars. Of longer texts the beginning is asked for.
    private static let textLimit = 300
    private static let nameLimit = 40

    public init(_ request: RequestSubject) {
        var lines = ["- name: \(YAMLText.scalar(StubDraft.name(for: request)))", "  when:"]
        lines += StubDraft.pattern(for: request).map { "    \($0)" }
        lines += ["  replies:", "    - \(StubDraft.reply(for: request))"]
        stub = lines.map { "  \($0)\n" }.joined()
    }

    private static func name(for request: RequestSubject) -> String {
        let what = request.step.map { "\(request.endpoint) \($0.rawValue)" } ?? request.endpoint
        guard let text = request.conversation.lastText, !text.isEmpty else { return what }
        return "\(what): \(Quoted.line(text, limit: nameLimit))"
    }

    // MARK: - What is asked for

    private static func pattern(for request: RequestSubject) -> [String] {
        var lines = ["endpoint: \(request.endpoint)"]
        if let model = request.model.flatMap(pattern(forModel:)) { lines.append("model: \(model)") }
        if request.isStream { lines.append("stream: true") }
        if let step = request.step { lines.append("step: \(step.rawValue)") }
        let said = words(of: request)
        lines += said
        if said.isEmpty || request.step?.begins ?? false { lines += attachments(of: request) }
        return lines
    }

    private static func pattern(forModel model: String) -> String? {
        guard !model.isEmpty, !isLong(model) else { return nil }
        // The first prefix is no part of the name.
        return YAMLText.scalar(model.hasPrefix("models/") ? "models/\(model)" : model)
    }

    private static func words(of request: RequestSubject) -> [String] {
        let conversation = request.conversation
        var lines: [String] = []
        if conversation.turn > 1 { lines.append("turn: \(conversation.turn)") }
        if let name = conversation.functionResponses.first, !isLong(name) {
            lines.append("functionResponse: \(YAMLText.scalar(name))")
        }
        if let text = conversation.lastText {
            lines.append("lastText: \(pattern(for: text))")
        } else if let system = conversation.system {
            lines.append("system: \(pattern(for: system))")
        }
        return lines
    }

    private static func pattern(for text: String) -> String {
        guard isLong(text) else { return "{equals: \(YAMLText.scalar(text))}" }
        var start = ""
        start.unicodeScalars += text.unicodeScalars.prefix(textLimit)
        return "{contains: \(YAMLText.scalar(start))}"
    }

    private static func attachments(of request: RequestSubject) -> [String] {
        let attachments = request.attachments
        var lines: [String] = []
        if attachments.inlineBytes > 0 { lines.append("inlineBytes: \(attachments.inlineBytes)") }
        guard let file = attachments.files.first else { return lines }
        let members = [
            file.mimeType.isEmpty || isLong(file.mimeType)
                ? nil : "mimeType: \(YAMLText.scalar(file.mimeType))",
            file.size.flatMap { $0 >= 0 ? "size: \($0)" : nil },
            file.sha256.map { "sha256: \(YAMLText.scalar($0))" },
        ].compactMap(\.self)
        return members.isEmpty ? lines : lines + ["file: {\(members.joined(separator: ", "))}"]
    }

    private static func isLong(_ text: String) -> Bool {
        text.unicodeScalars.dropFirst(textLimit).first != nil
    }

    // MARK: - What is answered

    private static func reply(for request: RequestSubject) -> String {
        if ScenarioVocabulary.speaking.contains(request.endpoint) { return "text: Put the answer here." }
        if request.step?.begins ?? false { return "file: {then: ACTIVE}" }
        return bodies[request.endpoint].map { "body: \($0)" } ?? "builtIn: true"
    }

    /// The least that is an answer (CORE 5, seen); what has none here is answered by itself.
    private static let bodies = [
        "countTokens": "{totalTokens: 3}",
        "embedContent": "{embedding: {values: [0.1, 0.2, 0.3]}}",
        "batchEmbedContents": "{embeddings: [{values: [0.1, 0.2, 0.3]}]}",
        "listModels": "{models: []}",
    ]
}
