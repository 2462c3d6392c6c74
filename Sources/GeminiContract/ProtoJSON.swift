// SPDX-License-Identifier: Apache-2.0

import HTTPWire

// Reading proto3 JSON: every field goes by its camelCase or its snake_case name, null means unset, a single value may
// stand for a list of one, and numbers may be strings (CORE 4.2, 6.3).
extension JSONView {
    /// The field of that camelCase name in either spelling; nil where it is unset or null.
    public func field(_ camelCase: String) -> JSONView? {
        var name = camelCase
        let found = name.withUTF8 { name in
            lastValue { ProtoName.isSame($0, camelCase: name) }
        }
        return found.flatMap { $0.isNull ? nil : $0 }
    }

    /// The elements of a repeated field; a single value counts as a list of one.
    public func list(_ camelCase: String) -> [JSONView] {
        guard let value = field(camelCase) else { return [] }
        return value.kind == .array ? Array(value.elements) : [value]
    }

    /// A whole number, also one that was sent as a string.
    public var protoInt: Int? { int ?? string.flatMap { Int($0) } }

    /// A truth value, also one that was sent as a string.
    public var protoBool: Bool? {
        bool ?? string.flatMap { $0 == "true" ? true : $0 == "false" ? false : nil }
    }

    /// A number, also one that was sent as a string.
    public var protoDouble: Double? { double ?? string.flatMap { Double($0) } }
}

private enum ProtoName {
    /// Whether `sent` is the name itself or its snake_case: `systemInstruction`, `system_instruction`.
    static func isSame(_ sent: UnsafeBufferPointer<UInt8>, camelCase: UnsafeBufferPointer<UInt8>) -> Bool {
        guard sent.count >= camelCase.count, sent.first == camelCase.first else { return false }
        if sent.count == camelCase.count { return sent.elementsEqual(camelCase) }
        var at = 0
        for byte in camelCase {
            let isCapital = byte &- UInt8(ascii: "A") < 26
            guard at + (isCapital ? 2 : 1) <= sent.count else { return false }
            if isCapital {
                guard sent[at] == UInt8(ascii: "_"), sent[at + 1] == byte | 0x20 else { return false }
                at += 2
            } else {
                guard sent[at] == byte else { return false }
                at += 1
            }
        }
        return at == sent.count
    }
}
