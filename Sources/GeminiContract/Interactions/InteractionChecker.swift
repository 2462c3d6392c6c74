// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Compares a body with the messages of the Interactions API. Unlike generateContent, this API takes nothing that it
/// doesn't know: no camelCase, no unknown members (INTERACTIONS 6). The first thing wrong is told.
///
/// It goes as deep as the table's messages do, however deep the body is.
struct InteractionChecker {
    typealias Schema = InteractionSchema

    private let schema = Schema.shared

    /// The kinds of a `response_format` that are JSON types: the whole object is then a schema (INTERACTIONS 2, seen).
    private static let formats = [
        "image": "ImageResponseFormat", "audio": "AudioResponseFormat", "video": "VideoResponseFormat",
        "text": "TextResponseFormat",
    ]
    /// As listed by a recorded refusal.
    static let formatKinds = [
        "image", "object", "audio", "string", "video", "number", "integer", "boolean", "text", "array",
    ]

    /// - Parameter message: the table's name of what `view` is.
    func check(_ view: JSONView, as message: String, at place: InteractionPlace = .body) throws(APIError) {
        guard view.kind == .object else { throw .invalidInput(at: place) }
        guard let members = schema.messages[message] else { return }
        for member in view.members {
            let name = member.name
            guard let type = members[name] ?? members["~\(name)"] else {
                throw .unknownParameter(name, at: place, known: members.keys.lazy.filter { $0.first != "~" })
            }
            if !member.value.isNull { try check(member.value, type, .member(place, name)) }
        }
    }

    /// The union member by its `type`.
    func check(_ view: JSONView, union: String, at place: InteractionPlace) throws(APIError) {
        guard view.kind == .object, let kind = view["type"]?.string else { throw .invalidInput(at: place) }
        guard let message = schema.variants[union]?[kind] else {
            throw .unsupported(
                kind, at: .member(place, "type"), supported: schema.kinds[union]?.listed ?? [])
        }
        try check(view, as: message, at: place)
    }

    /// Whether the union has that kind.
    func knows(_ kind: String, in union: String) -> Bool { schema.variants[union]?[kind] != nil }

    private func check(
        _ view: JSONView, _ type: Schema.FieldType, _ place: InteractionPlace
    ) throws(APIError) {
        switch type {
        case .any: return
        case .string: if view.kind != .string { throw .expected("string", at: place) }
        case .bool: if view.kind != .bool { throw .expected("boolean", at: place) }
        case .number: if view.kind != .number { throw .expected("number", at: place) }
        case .map: if view.kind != .object { throw .invalidInput(at: place) }
        case .message(let name): try check(view, as: name, at: place)
        case .union(let name): try check(view, union: name, at: place)
        case .word(let list): try check(word: view, list, place)
        case .list(let element):
            guard view.kind == .array else { throw .invalidInput(at: place) }
            var index = 0
            for value in view.elements {
                try check(value, element, .element(place, index))
                index += 1
            }
        case .either(let types):
            guard let type = types.first(where: { fits(view, $0) }) else { throw .invalidInput(at: place) }
            try check(view, type, place)
        case .input: try check(input: view, place)
        case .format: try check(format: view, place)
        }
    }

    private func check(word view: JSONView, _ list: String, _ place: InteractionPlace) throws(APIError) {
        guard let names = schema.words[list] else { return }
        guard let sent = view.string else { throw .expected("string", at: place) }
        // Types may have parameters: `audio/l16;rate=24000`.
        let word = sent.contains("/") ? String(sent.prefix { $0 != ";" }).lowercased() : sent
        guard names.accepted.contains(word) else {
            throw .unsupported(sent, at: place, supported: names.listed)
        }
    }

    /// Whether a value is of the JSON kind that a type begins with.
    private func fits(_ view: JSONView, _ type: Schema.FieldType) -> Bool {
        switch type {
        case .string, .word: view.kind == .string
        case .bool: view.kind == .bool
        case .number: view.kind == .number
        case .list: view.kind == .array
        case .message, .union, .map: view.kind == .object
        case .either(let types): types.contains { fits(view, $0) }
        case .any, .input, .format: true
        }
    }

    // MARK: The two with forms of their own

    /// A text, a content, contents, steps, or turns of the old kind, told apart by the first element.
    private func check(input view: JSONView, _ place: InteractionPlace) throws(APIError) {
        switch view.kind {
        case .string: return
        case .object: try check(view, union: "Content", at: place)
        case .array:
            let form = InteractionInput.form(of: view)
            var index = 0
            for element in view.elements {
                let place = InteractionPlace.element(place, index)
                switch form {
                case .contents: try check(element, union: "Content", at: place)
                case .steps: try check(element, union: "Step", at: place)
                case .turns: try check(turn: element, place)
                }
                index += 1
            }
        default: throw .invalidInput(at: place)
        }
    }

    private func check(turn view: JSONView, _ place: InteractionPlace) throws(APIError) {
        guard view.kind == .object, let role = view["role"]?.string else { throw .invalidInput(at: place) }
        guard ["user", "model"].contains(role) else {
            throw .unsupported(role, at: .member(place, "role"), supported: ["user", "model"])
        }
        let content = InteractionPlace.member(place, "content")
        guard let value = view["content"] else { throw .invalidInput(at: content) }
        if value.kind != .string { try check(value, .list(.union("Content")), content) }
    }

    private func check(format view: JSONView, _ place: InteractionPlace) throws(APIError) {
        guard view.kind != .array else {
            var index = 0
            for element in view.elements {
                try check(oneFormat: element, .element(place, index))
                index += 1
            }
            return
        }
        try check(oneFormat: view, place)
    }

    private func check(oneFormat view: JSONView, _ place: InteractionPlace) throws(APIError) {
        guard view.kind == .object, let kind = view["type"]?.string else { throw .invalidInput(at: place) }
        guard InteractionChecker.formatKinds.contains(kind) else {
            throw .unsupported(
                kind, at: .member(place, "type"), supported: InteractionChecker.formatKinds)
        }
        if let message = InteractionChecker.formats[kind] { try check(view, as: message, at: place) }
    }
}
