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

    private let schema: MessageSchema
    private let message: Int

    /// - Parameter message: its name in the tables.
    /// - Returns: nil where they don't have it.
    package init?(_ message: String) {
        guard let number = MessageSchema.core.message(message) else { return nil }
        self.init(.core, number)
    }

    private init(_ schema: MessageSchema, _ message: Int) {
        self.schema = schema
        self.message = message
    }

    /// Nil where there is none of that name.
    package func member(named name: String) -> Member? {
        var name = name
        guard let number = name.withUTF8({ schema.field($0, of: message) }) else { return nil }
        let field = schema.fields[number]
        return Member(form: field.shape == .map ? .any : form(of: field), isList: field.shape == .repeated)
    }

    private func form(of field: MessageSchema.Field) -> Form {
        switch field.kind {
        case .message: .message(AnswerSchema(schema, field.target))
        case .enumeration: .words(Set(schema.enumerations[field.target].values.map(\.name)))
        case .string, .bytes, .duration, .timestamp: .string
        case .bool: .bool
        case .int32, .int64, .float, .double: .number
        case .structure, .value: .any
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

    // INTERACTIONS 3 and 4.
    private static let statuses: Set = [
        "queued", "in_progress", "requires_action", "completed", "cancelled", "failed", "budget_exceeded",
        "requires_continuation", "incomplete",
    ]
    private static let events: Set = [
        "interaction.created", "interaction.status_update", "step.start", "step.delta", "step.stop",
        "interaction.completed", "error",
    ]
    /// Of steps, contents and tools, and what the differences of a stream are of.
    private static let kinds: Set<String> = InteractionSchema.shared.kinds.values.reduce(
        into: ["thought_summary", "thought_signature", "arguments_delta"]
    ) { $0.formUnion($1.accepted) }
}
