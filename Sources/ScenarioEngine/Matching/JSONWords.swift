// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// What a JSON value is, for people.
enum JSONWords {
    /// More of a long string than is shown.
    private static let textLength = 500

    static func of(_ view: JSONView) -> String {
        switch view.kind {
        case .null: "null"
        case .bool: view.bool == true ? "true" : "false"
        case .number: "the number \(Quoted.line(start(of: view.source), limit: 60))"
        case .string: "the text \(Quoted.text(start(ofString: view)))"
        case .array: array(view.elements.reduce(0) { count, _ in count + 1 })
        case .object: "an object"
        }
    }

    static func of(_ value: JSON) -> String {
        switch value {
        case .null: "null"
        case .bool(let value): "\(value)"
        case .int(let value): "the number \(value)"
        case .double(let value): "the number \(value)"
        case .string(let value): "the text \(Quoted.text(value))"
        case .array(let values): array(values.count)
        case .object: "an object"
        }
    }

    static func array(_ count: Int) -> String { "an array of \(count)" }

    private static func start(of bytes: ArraySlice<UInt8>) -> String {
        String(decoding: bytes.prefix(textLength), as: UTF8.self)
    }

    private static func start(ofString view: JSONView) -> String {
        view.withStringBytes { bytes in
            guard bytes.count > textLength else { return String(decoding: bytes, as: UTF8.self) }
            var end = textLength
            while end > 0, bytes[end] & 0xC0 == 0x80 { end -= 1 }
            return String(decoding: bytes[..<end], as: UTF8.self)
        } ?? ""
    }
}
