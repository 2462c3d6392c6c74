// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Which JSON values stand for the scalars of protobuf: numbers also as strings, truth values too, enums by name or
/// number (CORE 4.2, 6.3; what is refused follows protobuf's `DataPiece`).
enum ScalarForm {
    static func isBool(_ nodes: JSONNodes, _ at: Int) -> Bool {
        switch nodes.kind(at) {
        case .bool: true
        case .string:
            nodes.withContent(at) { $0.elementsEqual("true".utf8) || $0.elementsEqual("false".utf8) }
        default: false
        }
    }

    static func isInteger(_ nodes: JSONNodes, _ at: Int, bits: Int) -> Bool {
        let kind = nodes.kind(at)
        guard kind == .number || kind == .string else { return false }
        return nodes.withContent(at) { text in
            if isShortInteger(text) { return true }
            guard text.count < 400 else { return false }
            let text = String(decoding: text, as: UTF8.self)
            if let value = Int(text) { return bits == 64 || Int32(exactly: value) != nil }
            guard kind == .number, let value = Double(text) else { return false }
            return bits == 64 ? Int64(exactly: value) != nil : Int32(exactly: value) != nil
        }
    }

    /// Up to nine digits, maybe with a minus: in range without looking closer.
    private static func isShortInteger(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let digits = text.first == UInt8(ascii: "-") ? text.dropFirst() : text[...]
        return (1...9).contains(digits.count) && digits.allSatisfy { $0 &- UInt8(ascii: "0") < 10 }
    }

    static func isNumber(_ nodes: JSONNodes, _ at: Int, isFloat: Bool) -> Bool {
        let kind = nodes.kind(at)
        guard kind == .number || kind == .string else { return false }
        return nodes.withContent(at) { text in
            // A JSON number has been found to be a double already.
            if kind == .number, !isFloat || text.count < 30 && !text.contains(where: { $0 | 0x20 == 0x65 }) {
                return true
            }
            if text.elementsEqual("NaN".utf8) || text.elementsEqual("Infinity".utf8)
                || text.elementsEqual("-Infinity".utf8)
            {
                return true
            }
            // `Double` also reads words and hexadecimal numbers.
            guard text.count < 400, text.allSatisfy({ isNumberByte($0) }),
                let value = Double(String(decoding: text, as: UTF8.self)), value.isFinite
            else { return false }
            return !isFloat || abs(value) <= Double(Float.greatestFiniteMagnitude)
        }
    }

    private static func isNumberByte(_ byte: UInt8) -> Bool {
        byte &- UInt8(ascii: "0") < 10 || byte | 0x20 == UInt8(ascii: "e") || byte == UInt8(ascii: ".")
            || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")
    }

    /// Any number is taken, known or not; a name in capitals or not, with `-` for `_`; a number as a string only if it
    /// is a known one.
    static func isEnumeration(_ nodes: JSONNodes, _ at: Int, _ schema: MessageSchema, _ number: Int) -> Bool {
        switch nodes.kind(at) {
        case .number: isInteger(nodes, at, bits: 32)
        case .string:
            nodes.withContent(at) { text in
                schema.value(text, of: number) != nil || isOtherwiseSpelled(text, schema, number)
            }
        default: false
        }
    }

    private static func isOtherwiseSpelled(
        _ text: UnsafeBufferPointer<UInt8>, _ schema: MessageSchema, _ number: Int
    ) -> Bool {
        // No name is longer, and what is sent may be.
        guard text.count <= 100 else { return false }
        let values = schema.enumerations[number].values
        if let sent = Int(String(decoding: text, as: UTF8.self)) {
            return values.contains { $0.number == sent }
        }
        let sent = text.lazy.map { capital($0) }
        return values.contains {
            $0.name.utf8.count == text.count && $0.name.utf8.map(capital).elementsEqual(sent)
        }
    }

    private static func capital(_ byte: UInt8) -> UInt8 {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"): byte & 0xDF
        case UInt8(ascii: "-"): UInt8(ascii: "_")
        default: byte
        }
    }

    /// How a refusal shows the value: a string in quotes, anything else bare (CORE 6.3).
    static func echo(_ nodes: JSONNodes, _ at: Int) -> String {
        switch nodes.kind(at) {
        case .string: return "\"\(nodes.text(at))\""
        case .number:
            let text = String(decoding: nodes.raw(at), as: UTF8.self)
            if let value = Double(text), let whole = Int(exactly: value) { return "\(Int(text) ?? whole)" }
            return Double(text).map { "\($0)" } ?? text
        default: return String(decoding: nodes.raw(at), as: UTF8.self)
        }
    }
}
