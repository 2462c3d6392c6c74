// SPDX-License-Identifier: Apache-2.0

/// Which fields the messages of a family have, and of which types. Made once from a table of text, read by number.
///
/// The table: `Message: field type, field type, …` and `Enum = VALUE VALUE …`; a line that begins with a blank goes on.
/// A field is spelled in lowerCamel, with `/name` behind it where its proto name isn't the snake_case of that. `*type`
/// is repeated, `{type}` a map with names for keys, `!type` an enum, `type|group` a member of a oneof. A value of an
/// enum has the number after the one before, unless `=n` says another or `~` that nobody knows it.
public final class MessageSchema: Sendable {
    /// What a field takes.
    enum Kind: UInt8, Sendable {
        case message, enumeration
        case string, bytes, bool, int32, int64, float, double
        /// `google.protobuf` types with a JSON form of their own.
        case structure, duration, timestamp
        /// Any JSON: `google.protobuf.Value`, and types that nobody has described.
        case value

        /// How the table calls what is neither a message nor an enum.
        static let scalarNames: [(Kind, StaticString)] = [
            (.string, "string"), (.bytes, "bytes"), (.bool, "bool"), (.int32, "int32"), (.int64, "int64"),
            (.float, "float"), (.double, "double"), (.structure, "struct"), (.duration, "duration"),
            (.timestamp, "timestamp"), (.value, "value"),
        ]
    }

    enum Shape: UInt8, Sendable {
        case single, repeated, map
    }

    struct Field: Sendable {
        /// Number of the message that it belongs to.
        let message: Int
        let spelling: ConstantName
        /// nil where it is the snake_case of `spelling`.
        let protoSpelling: ConstantName?
        let kind: Kind
        let shape: Shape
        /// Number of the message or enum.
        let target: Int
        /// Number of the oneof in its message, counted from 1; 0 where it is in none.
        let oneof: Int

        var jsonName: String { spelling.text }
        /// The snake_case name that paths are made of.
        var protoName: String { protoSpelling?.text ?? spelling.snakeCase }
    }

    struct Message: Sendable {
        let spelling: ConstantName
        var oneofs: [String] = []
        var fields: Range<Int> = 0..<0

        var name: String { spelling.text }
    }

    struct Enumeration: Sendable {
        let spelling: ConstantName
        let values: [Value]

        var name: String { spelling.text }

        struct Value: Sendable {
            let spelling: ConstantName
            /// nil where nobody knows it.
            let number: Int?

            var name: String { spelling.text }
        }
    }

    let messages: [Message]
    let fields: [Field]
    let enumerations: [Enumeration]
    /// Fields by message, then values by enum, in either spelling; messages by themselves.
    private let names: NameTable

    /// - Parameter text: a table of the project's own; a wrong one is a failure of the build, and traps.
    public init(_ text: StaticString) {
        var reader = MessageSchemaReader(text)
        reader.read()
        messages = reader.messages
        fields = reader.fields
        enumerations = reader.enumerations
        names = reader.names
    }

    /// The schema of everything but interactions.
    public static let core = MessageSchema(coreText)

    /// The number of a message; nil where the table doesn't have it.
    func message(_ name: String) -> Int? {
        var name = name
        return name.withUTF8 { names.find($0, scope: MessageSchemaReader.messageScope) }
    }

    /// The field of a message that is called so in lowerCamel or snake_case.
    func field(_ name: UnsafeBufferPointer<UInt8>, of message: Int) -> Int? {
        names.find(name, scope: message)
    }

    /// The value of an enum that is called exactly so.
    func value(_ name: UnsafeBufferPointer<UInt8>, of enumeration: Int) -> Int? {
        names.find(name, scope: messages.count + enumeration)
    }
}
