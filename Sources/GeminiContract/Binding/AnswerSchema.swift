// SPDX-License-Identifier: Apache-2.0

/// What the tables say of an answer's message, for those who compare answers with it.
package struct AnswerSchema: Sendable {
    /// In which forms a member may stand in JSON.
    package enum Form: Sendable {
        case message(AnswerSchema)
        /// One of these.
        case words(Set<String>)
        case string, bool
        /// Of an `int64` a string, of a number that isn't finite too (ProtoJSON).
        case number
        /// Whatever it likes: nobody has described it, or its names are the user's own.
        case any
    }

    package struct Member: Sendable {
        package let form: Form
        package let isList: Bool
    }

    private enum Source {
        case core(message: Int)
        /// Some messages of the Interactions API: any of a union, or the one where there is none.
        case interactions([String], union: String?)
    }

    private let source: Source

    /// - Parameter message: its name in the tables.
    /// - Returns: nil where they don't have it.
    package init?(_ message: String) {
        guard let number = MessageSchema.core.message(message) else { return nil }
        source = .core(message: number)
    }

    /// What the Interactions API answers with: the resource, or the events of a stream.
    package init(interactionsInStream isStream: Bool) {
        let message = isStream ? InteractionAnswerTable.event : InteractionAnswerTable.resource
        source = .interactions([message], union: nil)
    }

    private init(_ source: Source) {
        self.source = source
    }

    /// Nil where there is none of that name.
    package func member(named name: String) -> Member? {
        switch source {
        case .core(let message): AnswerSchema.member(named: name, of: message)
        case .interactions(let messages, let union): AnswerSchema.member(named: name, of: messages, union)
        }
    }

    // MARK: generateContent and its neighbours

    private static func member(named name: String, of message: Int) -> Member? {
        let schema = MessageSchema.core
        var name = name
        guard let number = name.withUTF8({ schema.field($0, of: message) }) else { return nil }
        let field = schema.fields[number]
        return Member(form: field.shape == .map ? .any : form(of: field), isList: field.shape == .repeated)
    }

    private static func form(of field: MessageSchema.Field) -> Form {
        switch field.kind {
        case .message: .message(AnswerSchema(.core(message: field.target)))
        case .enumeration:
            .words(Set(MessageSchema.core.enumerations[field.target].values.map(\.name)))
        case .string, .bytes, .duration, .timestamp: .string
        case .bool: .bool
        case .int32, .int64, .float, .double: .number
        case .structure, .value: .any
        }
    }

    // MARK: Interactions

    private static func member(named name: String, of messages: [String], _ union: String?) -> Member? {
        let schema = InteractionSchema.answers
        if name == "type", let union {
            return Member(form: .words(schema.kinds[union]?.accepted ?? []), isList: false)
        }
        let types = messages.compactMap { schema.messages[$0]?[name] }
        guard let first = types.first else { return nil }
        // What the members of a union have in common by name alone isn't told apart here.
        guard types.allSatisfy({ $0 == first }) else { return Member(form: .any, isList: false) }
        if case .list(let element) = first { return Member(form: form(of: element), isList: true) }
        return Member(form: form(of: first), isList: false)
    }

    private static func form(of type: InteractionSchema.FieldType) -> Form {
        let schema = InteractionSchema.answers
        switch type {
        case .string: return .string
        case .bool: return .bool
        case .number: return .number
        case .word(let list): return .words(schema.words[list]?.accepted ?? [])
        case .message(let name): return .message(AnswerSchema(.interactions([name], union: nil)))
        case .union(let name):
            let messages = Array((schema.variants[name] ?? [:]).values)
            // Of some nobody knows the members.
            guard messages.allSatisfy({ schema.messages[$0] != nil }) else { return .any }
            return .message(AnswerSchema(.interactions(messages, union: name)))
        case .any, .map, .input, .format, .list, .either: return .any
        }
    }
}

/// The words that answers of the Interactions API are known to use.
package enum InteractionWords {
    /// The values of a member that says what something is; nil for all others.
    package static func known(for member: String) -> Set<String>? {
        switch member {
        case "status": statuses
        case "event_type": events
        case "type": kinds
        default: nil
        }
    }

    private static let statuses = InteractionSchema.answers.words["Interaction.status"]?.accepted ?? []
    private static let events = InteractionSchema.answers.words["InteractionEvent.event_type"]?.accepted ?? []
    /// Of steps, contents and tools, and what the differences of a stream are of.
    private static let kinds = InteractionSchema.answers.kinds.values.reduce(into: Set<String>()) {
        $0.formUnion($1.accepted)
    }
}
