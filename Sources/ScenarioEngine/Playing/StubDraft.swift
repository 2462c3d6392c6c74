// SPDX-License-Identifier: Apache-2.0

import GeminiService

/// A stub to paste into a scenario file: one that a request fits, and few others. No credential of the request is in it.
public struct StubDraft: Sendable, Equatable, CustomStringConvertible {
    /// An entry of `stubs`, indented by two blanks, with a line break at its end.
    public let stub: String

    /// A scenario file with nothing but the stub.
    public var scenario: String { "name: draft\nstubs:\n\(stub)" }

    public var description: String { stub }

    public init(_ request: RequestSubject) {
        let writer = DraftWriter(request: request)
        var lines = ["- name: \(YAMLText.scalar(writer.name))", "  when:"]
        lines += writer.pattern.map { "    \($0)" }
        lines += ["  replies:", "    - \(writer.reply)"]
        stub = lines.map { "  \($0)\n" }.joined()
    }
}

/// The parts of a draft.
private struct DraftWriter {
    let request: RequestSubject
    /// Of the stub's name, in Unicode scalars.
    private static let nameLimit = 40

    var name: String {
        let what = request.step.map { "\(request.endpoint) \($0.rawValue)" } ?? request.endpoint
        guard let text = request.conversation.lastText.map({ HarmlessText($0, request.redactor).text }),
            !text.isEmpty
        else { return what }
        return "\(what): \(Quoted.line(text, limit: DraftWriter.nameLimit))"
    }

    // MARK: - What is asked for

    var pattern: [String] {
        var lines = ["endpoint: \(request.endpoint)"]
        if let model { lines.append("model: \(model)") }
        if request.isStream { lines.append("stream: true") }
        if let step = request.step { lines.append("step: \(step.rawValue)") }
        lines += words
        if words.isEmpty || request.step?.begins ?? false { lines += attachments }
        return lines
    }

    private var model: String? {
        // The first prefix is no part of the name.
        request.model.flatMap { scalar($0, prefix: $0.hasPrefix("models/") ? "models/" : "") }
    }

    private var words: [String] {
        let conversation = request.conversation
        var lines: [String] = []
        if conversation.turn > 1 { lines.append("turn: \(conversation.turn)") }
        if let name = conversation.functionResponses.first.flatMap({ scalar($0) }) {
            lines.append("functionResponse: \(name)")
        }
        if let text = conversation.lastText {
            if let pattern = pattern(for: text) { lines.append("lastText: \(pattern)") }
        } else if let pattern = conversation.system.flatMap(pattern(for:)) {
            lines.append("system: \(pattern)")
        }
        return lines
    }

    /// Nil where the text begins with a credential.
    private func pattern(for whole: String) -> String? {
        let text = HarmlessText(whole, request.redactor)
        if text.isWhole { return "{equals: \(YAMLText.scalar(text.text))}" }
        return text.text.isEmpty ? nil : "{contains: \(YAMLText.scalar(text.text))}"
    }

    private var attachments: [String] {
        let attachments = request.attachments
        var lines: [String] = []
        if attachments.inlineBytes > 0 { lines.append("inlineBytes: \(attachments.inlineBytes)") }
        guard let file = attachments.files.first else { return lines }
        let members = [
            scalar(file.mimeType).map { "mimeType: \($0)" },
            file.size.flatMap { $0 >= 0 ? "size: \($0)" : nil },
            file.sha256.map { "sha256: \(YAMLText.scalar($0))" },
        ].compactMap(\.self)
        return members.isEmpty ? lines : lines + ["file: {\(members.joined(separator: ", "))}"]
    }

    /// Nil where nothing can be asked for as a whole.
    private func scalar(_ name: String, prefix: String = "") -> String? {
        let text = HarmlessText(name, request.redactor)
        return text.isWhole && !name.isEmpty ? YAMLText.scalar(prefix + name) : nil
    }

    // MARK: - What is answered

    var reply: String {
        if ScenarioVocabulary.speaking.contains(request.endpoint) { return "text: Put the answer here." }
        if request.step?.begins ?? false { return "file: {then: ACTIVE}" }
        return DraftWriter.bodies[request.endpoint].map { "body: \($0)" } ?? "builtIn: true"
    }

    /// The least that is an answer (CORE 5, seen); what has none here is answered by itself.
    private static let bodies = [
        "countTokens": "{totalTokens: 3}",
        "embedContent": "{embedding: {values: [0.1, 0.2, 0.3]}}",
        "batchEmbedContents": "{embeddings: [{values: [0.1, 0.2, 0.3]}]}",
        "listModels": "{models: []}",
    ]
}
