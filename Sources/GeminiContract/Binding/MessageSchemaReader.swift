// SPDX-License-Identifier: Apache-2.0

/// Reads the table of a `MessageSchema`. Works on bytes: it runs at each start of the program, before the first answer.
struct MessageSchemaReader {
    private(set) var messages: [MessageSchema.Message] = []
    private(set) var fields: [MessageSchema.Field] = []
    private(set) var enumerations: [MessageSchema.Enumeration] = []
    private(set) var names = NameTable()
    private(set) var messageNumbers: [String: Int] = [:]

    private typealias Text = UnsafeBufferPointer<UInt8>.SubSequence

    private let text: UnsafeBufferPointer<UInt8>
    private var enumerationNumbers: [String: Int] = [:]

    init(_ text: StaticString) {
        self.text = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    }

    mutating func read() {
        let entries = entries()
        // Types may be used before they are told.
        for entry in entries {
            if entry.isMessage {
                messageNumbers[entry.name] = messages.count
                messages.append(MessageSchema.Message(name: entry.name))
            } else {
                enumerationNumbers[entry.name] = enumerationNumbers.count
            }
        }
        for entry in entries { entry.isMessage ? readMessage(entry) : readEnumeration(entry) }
    }

    private struct Entry {
        let name: String
        let isMessage: Bool
        let words: [Text]
    }

    private func entries() -> [Entry] {
        var entries: [Entry] = []
        var name = ""
        var isMessage = false
        var words: [Text] = []
        for line in text.split(separator: UInt8(ascii: "\n")) {
            var rest = line.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: ",") }[...]
            if line.first != UInt8(ascii: " "), let head = rest.popFirst() {
                if !name.isEmpty { entries.append(Entry(name: name, isMessage: isMessage, words: words)) }
                words = []
                isMessage = head.last == UInt8(ascii: ":")
                name = string(isMessage ? head.dropLast() : head)
                if !isMessage { _ = rest.popFirst() }
            }
            words += rest
        }
        return entries + [Entry(name: name, isMessage: isMessage, words: words)]
    }

    private mutating func readMessage(_ entry: Entry) {
        let number = messageNumbers[entry.name] ?? 0
        let first = fields.count
        for index in stride(from: 0, to: entry.words.count - 1, by: 2) {
            let field = field(entry.words[index], entry.words[index + 1], message: number)
            names.insert(field.jsonName, scope: number, number: fields.count)
            names.insert(field.protoName, scope: number, number: fields.count)
            fields.append(field)
        }
        messages[number].fields = first..<fields.count
    }

    private mutating func field(_ spelling: Text, _ type: Text, message: Int) -> MessageSchema.Field {
        let slash = spelling.firstIndex(of: UInt8(ascii: "/"))
        let name = string(slash.map { spelling[..<$0] } ?? spelling)
        let proto = slash.map { string(spelling[($0 + 1)...]) } ?? snakeCase(spelling)
        let bar = type.firstIndex(of: UInt8(ascii: "|"))
        var oneof = 0
        if let bar {
            let group = string(type[(bar + 1)...])
            if !messages[message].oneofs.contains(group) { messages[message].oneofs.append(group) }
            oneof = 1 + (messages[message].oneofs.firstIndex(of: group) ?? 0)
        }
        var type = bar.map { type[..<$0] } ?? type
        var shape = MessageSchema.Shape.single
        if type.first == UInt8(ascii: "*") { (shape, type) = (.repeated, type.dropFirst()) }
        if type.first == UInt8(ascii: "{") { (shape, type) = (.map, type.dropFirst().dropLast()) }
        let (kind, target) = self.type(type)
        return MessageSchema.Field(
            message: message, jsonName: name, protoName: proto, kind: kind, shape: shape, target: target,
            oneof: oneof
        )
    }

    private func type(_ text: Text) -> (MessageSchema.Kind, Int) {
        if text.first == UInt8(ascii: "!") {
            let name = string(text.dropFirst())
            guard let number = enumerationNumbers[name] else { preconditionFailure("no enum \(name)") }
            return (.enumeration, number)
        }
        let name = string(text)
        switch name {
        case "string": return (.string, 0)
        case "bytes": return (.bytes, 0)
        case "bool": return (.bool, 0)
        case "int32": return (.int32, 0)
        case "int64": return (.int64, 0)
        case "float": return (.float, 0)
        case "double": return (.double, 0)
        case "struct": return (.structure, 0)
        case "duration": return (.duration, 0)
        case "timestamp": return (.timestamp, 0)
        case "value": return (.value, 0)
        default:
            guard let number = messageNumbers[name] else { preconditionFailure("no message \(name)") }
            return (.message, number)
        }
    }

    private mutating func readEnumeration(_ entry: Entry) {
        let number = enumerations.count
        var next = 0
        var values: [MessageSchema.Enumeration.Value] = []
        for word in entry.words {
            let sign = word.firstIndex(of: UInt8(ascii: "="))
            let isUnnumbered = word.last == UInt8(ascii: "~")
            let name = string(isUnnumbered ? word.dropLast() : word[..<(sign ?? word.endIndex)])
            if let sign { next = Int(string(word[(sign + 1)...])) ?? next }
            names.insert(name, scope: messages.count + number, number: values.count)
            values.append(MessageSchema.Enumeration.Value(name: name, number: isUnnumbered ? nil : next))
            next += 1
        }
        enumerations.append(MessageSchema.Enumeration(name: entry.name, values: values))
    }

    private func string(_ text: Text) -> String { String(decoding: text, as: UTF8.self) }

    /// `systemInstruction` as `system_instruction`.
    private func snakeCase(_ name: Text) -> String {
        var out: [UInt8] = []
        for byte in name {
            if byte &- UInt8(ascii: "A") < 26 {
                out.append(UInt8(ascii: "_"))
                out.append(byte | 0x20)
            } else {
                out.append(byte)
            }
        }
        return String(decoding: out, as: UTF8.self)
    }
}
