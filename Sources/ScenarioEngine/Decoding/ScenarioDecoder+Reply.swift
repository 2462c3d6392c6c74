// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import GeminiService
import HTTPWire

extension ScenarioDecoder {
    /// - Parameter pattern: of its stub.
    func reply(_ value: LocatedJSON, for pattern: RequestPattern) -> Reply? {
        guard let fields = FieldReader(value, as: ScenarioForm.reply, problems) else { return nil }
        let states = fields["set"].map { stateValues($0, "set") } ?? []
        let wire = fields["wire"].flatMap { self.wire($0, pattern) }
        let content = kind(fields, value).flatMap { kind in
            checkOptions(fields, kind)
            return self.content(fields, kind)
        }
        let faults = fields["faults"].map { self.faults($0, of: content, pattern) } ?? []
        return content.map { Reply(content: $0, states: states, wire: wire, faults: faults) }
    }

    /// What kind of reply the names make it.
    private func kind(_ fields: FieldReader, _ value: LocatedJSON) -> ReplyKind? {
        let given = fields.present(ReplyKind.names)
        guard let first = given.first,
            let kind = ReplyKind.all.first(where: { $0.names.contains(first.name) })
        else {
            problems.add(value.place, "a reply needs one of \(Quoted.choice(ReplyKind.names))")
            return nil
        }
        let said = given.filter { ["text", "json", "parts"].contains($0.name) }
        for field in given where !kind.names.contains(field.name) {
            problems.add(field.place, "“\(field.name)” and “\(first.name)” can’t stand in one reply")
        }
        for field in said.dropFirst() where kind.names.contains(field.name) {
            problems.add(field.place, "“\(field.name)” and “\(said[0].name)” can’t stand in one reply")
        }
        if said.first?.name == "parts" {
            for field in given where field.name == "thought" || field.name == "calls" {
                problems.add(field.place, "“\(field.name)” and “parts” can’t stand in one reply")
            }
        }
        return kind
    }

    private func checkOptions(_ fields: FieldReader, _ kind: ReplyKind) {
        for field in fields.present(ReplyKind.options) where !kind.options.contains(field.name) {
            let owners = ReplyKind.all.filter { $0.options.contains(field.name) }.flatMap(\.names)
            problems.add(field.place, "“\(field.name)” goes with \(Quoted.choice(owners)) only")
        }
    }

    private func content(_ fields: FieldReader, _ kind: ReplyKind) -> Reply.Content? {
        switch kind.names[0] {
        case "text": return .made(made(fields), overrides(fields))
        case "builtIn":
            if let value = fields["builtIn"], bool(value) == false {
                problems.add(value.place, "“builtIn” can only be true")
            }
            return .builtIn(overrides(fields))
        case "body":
            guard let body = fields["body"] else { return nil }
            let status = fields["status"].flatMap { int($0, atLeast: 200) } ?? 200
            if let value = fields["status"], status > 599 {
                problems.add(value.place, "\(status) is no HTTP status: the most is 599")
            }
            return .body(body.json, status: status)
        case "error": return error(fields).map { .error($0) }
        case "file": return fields["file"].flatMap { fileReply($0) }.map { .file($0) }
        default: return fields["interaction"].flatMap { interaction($0) }
        }
    }

    // MARK: - What a model says

    private func made(_ fields: FieldReader) -> MadeAnswer {
        var made = MadeAnswer()
        made.thought = fields["thought"].flatMap { template($0) }
        if let value = fields["text"] { made.said = template(value).map { .text($0) } }
        if let value = fields["json"] { made.said = .json(value.json) }
        if let value = fields["parts"] {
            made.said = .parts(
                list(value, "parts").map { part in
                    _ = map(part, "a part")
                    return part.json
                })
        }
        if let value = fields["calls"] { made.calls = calls(value) }
        if let value = fields["chunks"] {
            if fields["text"] == nil, fields["json"] == nil {
                problems.add(value.place, "“chunks” cuts a text, and there is none in this reply")
            }
            made.chunks = chunks(value, text: fields["text"])
        }
        return made
    }

    private func calls(_ value: LocatedJSON) -> [ScriptedCall] {
        list(value, "calls", atLeast: 1).compactMap { value in
            guard let fields = FieldReader(value, as: ScenarioForm.call, problems),
                let name = fields["name"].flatMap({ name($0) })
            else { return nil }
            guard let arguments = fields["args"] else { return .init(name: name, arguments: .object([])) }
            _ = map(arguments, "args")
            return .init(name: name, arguments: arguments.json)
        }
    }

    private func chunks(_ value: LocatedJSON, text: LocatedJSON?) -> StreamChunks? {
        if case .list = value.kind {
            let pieces = list(value, "chunks", atLeast: 1).compactMap { self.text($0) }
            if let text, case .string(let whole) = text.kind, pieces.joined() != whole {
                problems.add(value.place, "joined, these chunks aren’t the “text”")
            }
            return .pieces(pieces)
        }
        guard case .map = value.kind else {
            problems.add(
                value.place,
                "chunks must be {count: N}, {size: N} or a list of texts, found \(value.description)")
            return nil
        }
        guard let fields = FieldReader(value, as: ScenarioForm.chunks, problems) else { return nil }
        switch (fields["count"], fields["size"]) {
        case (let count?, nil): return int(count, atLeast: 1).map { .count($0) }
        case (nil, let size?): return int(size, atLeast: 1).map { .size($0) }
        default:
            problems.add(value.place, "chunks needs one of count or size")
            return nil
        }
    }

    private func overrides(_ fields: FieldReader) -> AnswerOverrides {
        var overrides = AnswerOverrides()
        overrides.finishReason = fields["finishReason"].flatMap { name($0) }
        if let value = fields["usage"] {
            overrides.usage = map(value, "usage").compactMap { field in
                int(field.value, atLeast: 0).map { JSON.Member(field.name, .int($0)) }
            }
        }
        if let value = fields["safetyRatings"] {
            _ = list(value, "safetyRatings")
            overrides.safetyRatings = value.json
        }
        if let value = fields["promptFeedback"] {
            _ = map(value, "promptFeedback")
            overrides.promptFeedback = value.json
        }
        overrides.hasNoCandidates = fields["noCandidates"].flatMap { bool($0) } ?? false
        if let value = fields["tokensPerSecond"] {
            switch value.kind {
            case .int(let rate) where rate > 0: overrides.tokensPerSecond = Double(rate)
            case .double(let rate) where rate > 0: overrides.tokensPerSecond = rate
            default: problems.add(value.place, "expected a number above 0, found \(value.description)")
            }
        }
        return overrides
    }

    // MARK: - Others

    private func error(_ fields: FieldReader) -> NamedError? {
        guard let name = fields["error"].flatMap({ word($0, among: vocabulary.errors) }) else { return nil }
        return NamedError(
            name: name, message: fields["message"].flatMap { text($0) },
            retryDelay: fields["retryDelay"].flatMap { duration($0) })
    }

    private func fileReply(_ value: LocatedJSON) -> FileFate? {
        guard let fields = FieldReader(value, as: ScenarioForm.file, problems) else { return nil }
        var file = FileFate()
        if let value = fields["for"] { file.processing = duration(value).map { .time($0) } }
        if let value = fields["polls"] {
            if fields["for"] != nil { problems.add(value.place, "“polls” and “for” can’t stand in one file") }
            file.processing = int(value, atLeast: 1).map { .polls($0) }
        }
        if let value = fields["then"] { file.end = word(value) ?? .active }
        if let value = fields["error"] {
            if file.end != .failed { problems.add(value.place, "“error” goes with then: FAILED only") }
            file.error = text(value)
        }
        if fields.present(ScenarioForm.file.names).isEmpty {
            problems.add(value.place, "a file needs one of \(Quoted.choice(ScenarioForm.file.names))")
        }
        return file
    }

    private func interaction(_ value: LocatedJSON) -> Reply.Content? {
        guard let fields = FieldReader(value, as: ScenarioForm.interaction, problems),
            let status = fields["status"].flatMap({ word($0, among: ScenarioVocabulary.interactionStatuses) })
        else { return nil }
        var interaction = InteractionFate(status: status)
        interaction.calls = fields["calls"].map { calls($0) } ?? []
        interaction.runLength = fields["runLength"].flatMap { duration($0) }
        if status == "requires_action", interaction.calls.isEmpty {
            problems.add(value.place, "requires_action needs “calls”: what else should be acted upon?")
        }
        return .interaction(interaction, text: fields["text"].flatMap { template($0) })
    }
}
