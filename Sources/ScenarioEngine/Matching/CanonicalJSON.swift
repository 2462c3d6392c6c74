// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Bytes that are the same for values that are the same: whatever the order of members, the spelling of numbers and the
/// escapes.
enum CanonicalJSON {
    static func bytes(_ view: JSONView) -> [UInt8] {
        var bytes: [UInt8] = []
        write(view, to: &bytes)
        return bytes
    }

    private static func write(_ view: JSONView, to bytes: inout [UInt8]) {
        switch view.kind {
        case .null: bytes.append(UInt8(ascii: "n"))
        case .bool: bytes.append(UInt8(ascii: view.bool == true ? "t" : "f"))
        case .number:
            // A Double can't tell large whole numbers apart.
            let text = view.int.map { "\($0)" } ?? view.double.map { "\($0)" } ?? ""
            bytes += Array("#\(text);".utf8)
        case .string: write(view.string ?? "", to: &bytes)
        case .array:
            bytes.append(UInt8(ascii: "["))
            for element in view.elements { write(element, to: &bytes) }
            bytes.append(UInt8(ascii: "]"))
        case .object:
            let last = Dictionary(view.members.map { ($0.name, $0.value) }) { $1 }
            bytes.append(UInt8(ascii: "{"))
            for (name, value) in last.sorted(by: { $0.key < $1.key }) {
                write(name, to: &bytes)
                write(value, to: &bytes)
            }
            bytes.append(UInt8(ascii: "}"))
        }
    }

    /// With its length before it, since nothing in it is escaped.
    private static func write(_ text: String, to bytes: inout [UInt8]) {
        bytes += Array("\"\(text.utf8.count):".utf8)
        bytes += Array(text.utf8)
    }
}
