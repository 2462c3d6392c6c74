// SPDX-License-Identifier: Apache-2.0

import HTTPWire

extension ScenarioDecoder {
    func pattern(_ value: LocatedJSON) -> RequestPattern {
        var pattern = RequestPattern()
        guard let fields = FieldReader(value, as: ScenarioForm.pattern, problems) else { return pattern }
        readHead(fields, into: &pattern)
        readBody(fields, into: &pattern)
        if let value = fields["file"] { pattern.file = file(value) }
        pattern.inlineBytes = fields["inlineBytes"].flatMap { bounds($0) { size($0) } }
        pattern.turn = fields["turn"].flatMap { bounds($0) { int($0, atLeast: 1) } }
        pattern.call = fields["call"].flatMap { bounds($0) { int($0, atLeast: 1) } }
        if let value = fields["state"] { pattern.states = stateValues(value, "state") }
        return pattern
    }

    private func readHead(_ fields: FieldReader, into pattern: inout RequestPattern) {
        if let value = fields["endpoint"] {
            pattern.endpoints = oneOrMore(value, "endpoint").compactMap {
                word($0, among: vocabulary.endpoints)
            }
        }
        if let value = fields["model"] {
            pattern.models = oneOrMore(value, "model").compactMap { value in
                name(value).map { $0.hasPrefix("models/") ? String($0.dropFirst(7)) : $0 }
            }
        }
        pattern.tenant = fields["tenant"].flatMap { textPattern($0) { .equals($0) } }
        if let value = fields["header"] { pattern.headers = named(value, "header") }
        if let value = fields["query"] { pattern.query = named(value, "query") }
        pattern.stream = fields["stream"].flatMap { bool($0) }
        if let value = fields["step"] { readSteps(value, into: &pattern) }
    }

    /// Only uploads have steps.
    private func readSteps(_ value: LocatedJSON, into pattern: inout RequestPattern) {
        pattern.steps = oneOrMore(value, "step").compactMap {
            word($0, among: ScenarioVocabulary.uploadSteps)
        }
        guard pattern.endpoints.allSatisfy({ $0 == ScenarioVocabulary.uploading }) else {
            problems.add(value.place, "“step” goes with the endpoint \(ScenarioVocabulary.uploading) only")
            return
        }
        pattern.endpoints = [ScenarioVocabulary.uploading]
    }

    private func readBody(_ fields: FieldReader, into pattern: inout RequestPattern) {
        pattern.system = fields["system"].flatMap { textPattern($0) { .contains($0) } }
        pattern.lastText = fields["lastText"].flatMap { textPattern($0) { .contains($0) } }
        if let value = fields["body"] {
            _ = map(value, "body")
            pattern.body = value.json
        }
        if let value = fields["pointers"] {
            let conditions = list(value, "pointers", atLeast: 1)
            atMost(100, conditions.count, value, "pointers")
            pattern.pointers = conditions.prefix(100).compactMap { pointerCondition($0) }
        }
        if let value = fields["schema"] {
            let schema = value.json
            checkSchema(value, within: schema)
            pattern.schema = schema
        }
        if let value = fields["tool"] { pattern.tools = oneOrMore(value, "tool").compactMap { name($0) } }
        if let value = fields["functionResponse"] {
            switch value.kind {
            case .bool(let isThere):
                pattern.functionResponse = isThere ? .any : RequestPattern.FunctionResponse.none
            case .string(let name): pattern.functionResponse = .named(name)
            default:
                problems.add(
                    value.place, "expected true, false or a function’s name, found \(value.description)")
            }
        }
    }

    private func named(_ value: LocatedJSON, _ what: String) -> [RequestPattern.NamedPattern] {
        let fields = map(value, what)
        atMost(100, fields.count, value, what)
        return fields.prefix(100).compactMap { field in
            textPattern(field.value) { .equals($0) }.map { .init(name: field.name, pattern: $0) }
        }
    }

    /// A text alone, or one of the four ways to compare.
    private func textPattern(_ value: LocatedJSON, _ short: (String) -> TextPattern) -> TextPattern? {
        guard case .map(let all) = value.kind else { return text(value).map(short) }
        guard let fields = FieldReader(value, as: ScenarioForm.textPattern, problems) else { return nil }
        let given = fields.present(ScenarioForm.textPattern.names)
        guard given.count == 1 else {
            // An unknown name was told already.
            if given.count > 1 || all.isEmpty {
                problems.add(value.place, "a text pattern needs one of equals, contains, glob or matches")
            }
            return nil
        }
        let field = given[0]
        return switch field.name {
        case "equals": text(field.value).map { .equals($0) }
        case "contains": text(field.value).map { .contains($0) }
        case "glob": text(field.value).map { .glob($0) }
        default: regex(field.value).map { .matches($0) }
        }
    }

    private func pointerCondition(_ value: LocatedJSON) -> PointerCondition? {
        guard let fields = FieldReader(value, as: ScenarioForm.pointer, problems) else { return nil }
        let place = fields["at"].flatMap { pointer($0) }
        let given = fields.present(ScenarioForm.pointer.optional)
        guard given.count == 1 else {
            problems.add(value.place, "a pointer condition needs one of equals, matches or exists")
            return nil
        }
        let field = given[0]
        let condition: PointerCondition.Condition? =
            switch field.name {
            case "equals": .equals(field.value.json)
            case "matches": regex(field.value).map { .matches($0) }
            default: bool(field.value).map { .exists($0) }
            }
        guard let place, let condition else { return nil }
        return PointerCondition(pointer: place, condition: condition)
    }

    private func file(_ value: LocatedJSON) -> FilePattern? {
        guard let fields = FieldReader(value, as: ScenarioForm.filePattern, problems) else { return nil }
        var file = FilePattern()
        file.mimeType = fields["mimeType"].flatMap { name($0) }
        file.size = fields["size"].flatMap { bounds($0) { size($0) } }
        file.duration = fields["duration"].flatMap { bounds($0) { duration($0) } }
        if let value = fields["sha256"], let text = text(value) {
            let digest = text.lowercased()
            let isHex = digest.utf8.count == 64 && digest.utf8.allSatisfy { Hex.isDigit($0) }
            if !isHex { problems.add(value.place, "a SHA-256 has 64 hex digits, found \(value.description)") }
            file.sha256 = digest
        }
        return file
    }
}

private enum Hex {
    static func isDigit(_ byte: UInt8) -> Bool {
        UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || UInt8(ascii: "a")...UInt8(ascii: "f") ~= byte
    }
}
