// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// `InteractionSchemaTable`, read once, alone or with what answers have beside it.
struct InteractionSchema: Sendable {
    /// What a member takes.
    indirect enum FieldType: Sendable, Equatable {
        case string, bool, number, any, map
        /// The two members that have forms of their own.
        case input, format
        case list(FieldType)
        /// One of a list of words.
        case word(String)
        case message(String)
        case union(String)
        case either([FieldType])
    }

    /// Words, or the kinds of a union, in the order of recorded refusals; some are accepted without being listed.
    struct Names: Sendable {
        private(set) var listed: [String] = []
        private(set) var accepted: Set<String> = []

        mutating func add(_ name: Substring) {
            let isListed = name.first != "~"
            let name = String(isListed ? name : name.dropFirst())
            accepted.insert(name)
            if isListed { listed.append(name) }
        }
    }

    /// A message's members; the names of those that aren't told begin with `~`.
    typealias Members = [String: FieldType]

    private(set) var words: [String: Names] = [:]
    private(set) var kinds: [String: Names] = [:]
    /// The message of each kind of each union.
    private(set) var variants: [String: [String: String]] = [:]
    private(set) var messages: [String: Members] = [:]

    static let shared = InteractionSchema(InteractionSchemaTable.text)
    /// Of answers.
    static let answers = InteractionSchema(
        "\(InteractionSchemaTable.text)\n\(InteractionAnswerTable.text)")

    init(_ table: String) {
        var line: [Substring] = []
        for text in table.split(separator: "\n") {
            if text.first != " " {
                add(line)
                line = []
            }
            line += text.split(separator: " ")
        }
        add(line)
    }

    private mutating func add(_ line: [Substring]) {
        guard let head = line.first else { return }
        let rest = line.dropFirst()
        switch head.first {
        case "@":
            for word in rest { words[String(head.dropFirst()), default: Names()].add(word) }
        case "%":
            let union = String(head.dropFirst())
            for variant in rest {
                let (kind, message) = InteractionSchema.halves(of: variant, at: "=")
                kinds[union, default: Names()].add(kind)
                variants[union, default: [:]][String(kind.drop { $0 == "~" })] = String(message)
            }
        default:
            // A star stands for a message whose members nobody knows.
            guard rest.first != "*" else { return }
            messages[String(head)] = Dictionary(
                rest.map { field in
                    let (name, type) = InteractionSchema.halves(of: field, at: ":")
                    return (String(name), InteractionSchema.type(type))
                }, uniquingKeysWith: { first, _ in first }
            )
        }
    }

    private static func halves(of text: Substring, at separator: Character) -> (Substring, Substring) {
        let end = text.firstIndex(of: separator) ?? text.endIndex
        return (text[..<end], text[end...].dropFirst())
    }

    private static func type(_ text: Substring) -> FieldType {
        let choices = text.split(separator: "|")
        if choices.count > 1 { return .either(choices.map { type($0) }) }
        switch text.first {
        case "[": return .list(type(text.dropFirst().dropLast()))
        case "@": return .word(String(text.dropFirst()))
        case "%": return .union(String(text.dropFirst()))
        default: break
        }
        switch text {
        case "string": return .string
        case "bool": return .bool
        case "int", "number": return .number
        case "any": return .any
        case "map": return .map
        case "input": return .input
        case "format": return .format
        default: return .message(String(text))
        }
    }
}
