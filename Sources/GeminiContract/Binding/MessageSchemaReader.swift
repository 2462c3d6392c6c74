// SPDX-License-Identifier: Apache-2.0

/// Reads the table of a `MessageSchema`. It runs before the first answer of the program, so it makes no strings: names stay
/// where they stand in the program's constant data.
struct MessageSchemaReader {
    private(set) var messages: [MessageSchema.Message] = []
    private(set) var fields: [MessageSchema.Field] = []
    private(set) var enumerations: [MessageSchema.Enumeration] = []
    private(set) var names = NameTable()

    /// Scopes of `names` besides the messages and enums themselves.
    static let messageScope = -1
    private static let enumerationScope = -2
    private static let scalarScope = -3

    private typealias Bytes = UnsafeBufferPointer<UInt8>

    /// A word of the table.
    private struct Token {
        let bytes: Bytes
        /// Whether an entry begins with it.
        let isHead: Bool

        var isMessage: Bool { bytes.last == UInt8(ascii: ":") }
        /// Of a head: the name that it tells.
        var name: Bytes { isMessage ? Bytes(rebasing: bytes.dropLast()) : bytes }
    }

    private let text: Bytes
    private var at = 0
    private var token: Token?

    init(_ text: StaticString) {
        self.text = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    }

    mutating func read() {
        fields.reserveCapacity(512)
        for (kind, name) in MessageSchema.Kind.scalarNames {
            names.insert(Bytes(name), scope: MessageSchemaReader.scalarScope, number: Int(kind.rawValue))
        }
        readHeads()
        (at, messageNumber, enumerationNumber) = (0, 0, 0)
        advance()
        while let head = token {
            advance()
            if head.isMessage {
                readMessage()
            } else {
                advance()
                readEnumeration(head.name)
            }
        }
    }

    private var messageNumber = 0
    private var enumerationNumber = 0

    /// Types may be used before they are told.
    private mutating func readHeads() {
        advance()
        while let head = token {
            if head.isHead, head.isMessage {
                names.insert(head.name, scope: MessageSchemaReader.messageScope, number: messages.count)
                messages.append(MessageSchema.Message(spelling: ConstantName(head.name)))
            } else if head.isHead {
                names.insert(
                    head.name, scope: MessageSchemaReader.enumerationScope, number: enumerationNumber)
                enumerationNumber += 1
            }
            advance()
        }
    }

    private mutating func advance() {
        while at < text.count, MessageSchemaReader.isSeparator(text[at]) { at += 1 }
        let start = at
        while at < text.count, !MessageSchemaReader.isSeparator(text[at]) { at += 1 }
        let isHead = start == 0 || text[start - 1] == UInt8(ascii: "\n")
        token = start == at ? nil : Token(bytes: Bytes(rebasing: text[start..<at]), isHead: isHead)
    }

    private static func isSeparator(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\n")
    }

    private mutating func readMessage() {
        let first = fields.count
        while let spelling = token, !spelling.isHead {
            advance()
            guard let type = token else { break }
            advance()
            readField(spelling.bytes, type.bytes)
        }
        messages[messageNumber].fields = first..<fields.count
        messageNumber += 1
    }

    private mutating func readField(_ spelling: Bytes, _ type: Bytes) {
        let slash = spelling.firstIndex(of: UInt8(ascii: "/"))
        let name = ConstantName(Bytes(rebasing: spelling[..<(slash ?? spelling.count)]))
        let proto = slash.map { ConstantName(Bytes(rebasing: spelling[($0 + 1)...])) }
        let bar = type.firstIndex(of: UInt8(ascii: "|"))
        let oneof = bar.map { self.oneof(ConstantName(Bytes(rebasing: type[($0 + 1)...]))) } ?? 0
        var type = type[..<(bar ?? type.count)]
        var shape = MessageSchema.Shape.single
        if type.first == UInt8(ascii: "*") { (shape, type) = (.repeated, type.dropFirst()) }
        if type.first == UInt8(ascii: "{") { (shape, type) = (.map, type.dropFirst().dropLast()) }
        let (kind, target) = self.type(Bytes(rebasing: type))
        names.insert(name.bytes, scope: messageNumber, number: fields.count)
        if let proto {
            names.insert(proto.bytes, scope: messageNumber, number: fields.count)
        } else {
            names.insertSnakeCase(of: name.bytes, scope: messageNumber, number: fields.count)
        }
        fields.append(
            MessageSchema.Field(
                message: messageNumber, spelling: name, protoSpelling: proto, kind: kind, shape: shape,
                target: target, oneof: oneof
            )
        )
    }

    private mutating func oneof(_ group: ConstantName) -> Int {
        let known = messages[messageNumber].oneofs.firstIndex(of: group.text)
        if let known { return known + 1 }
        messages[messageNumber].oneofs.append(group.text)
        return messages[messageNumber].oneofs.count
    }

    private func type(_ text: Bytes) -> (MessageSchema.Kind, Int) {
        if let scalar = names.find(text, scope: MessageSchemaReader.scalarScope) {
            return (MessageSchema.Kind(rawValue: UInt8(scalar)) ?? .value, 0)
        }
        if text.first == UInt8(ascii: "!") {
            let name = Bytes(rebasing: text.dropFirst())
            if let number = names.find(name, scope: MessageSchemaReader.enumerationScope) {
                return (.enumeration, number)
            }
        } else if let number = names.find(text, scope: MessageSchemaReader.messageScope) {
            return (.message, number)
        }
        preconditionFailure("the table uses \(String(decoding: text, as: UTF8.self)) and doesn't tell it")
    }

    private mutating func readEnumeration(_ name: Bytes) {
        var next = 0
        var values: [MessageSchema.Enumeration.Value] = []
        while let value = token, !value.isHead {
            let sign = value.bytes.firstIndex(of: UInt8(ascii: "="))
            let isUnnumbered = value.bytes.last == UInt8(ascii: "~")
            let name = Bytes(
                rebasing: isUnnumbered ? value.bytes.dropLast() : value.bytes[..<(sign ?? value.bytes.count)]
            )
            if let sign { next = Int(String(decoding: value.bytes[(sign + 1)...], as: UTF8.self)) ?? next }
            names.insert(name, scope: messages.count + enumerations.count, number: values.count)
            values.append(
                MessageSchema.Enumeration.Value(
                    spelling: ConstantName(name), number: isUnnumbered ? nil : next)
            )
            next += 1
            advance()
        }
        enumerations.append(MessageSchema.Enumeration(spelling: ConstantName(name), values: values))
    }
}

extension UnsafeBufferPointer<UInt8> {
    fileprivate init(_ text: StaticString) {
        self.init(start: text.utf8Start, count: text.utf8CodeUnitCount)
    }
}
