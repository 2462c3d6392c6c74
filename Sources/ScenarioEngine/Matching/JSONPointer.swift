// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// A place in a JSON text (RFC 6901). A member goes by its other proto-JSON spelling, too (`FieldName`).
struct JSONPointer: Sendable {
    private let steps: [FieldName]
    /// Whether the names of members there are the user's own.
    let isInOwnNames: Bool

    /// - Parameter text: `/a/b~1c/0`; empty is the whole text.
    init(_ text: String) {
        var (steps, isOwn): ([FieldName], Bool) = ([], false)
        for name in JSONPointer.names(text) {
            steps.append(FieldName(name, isOwn: isOwn))
            isOwn = isOwn || FieldName.holdsOwnNames(name)
        }
        (self.steps, isInOwnNames) = (steps, isOwn)
    }

    /// The value there, or nil where there is none. A null is one.
    func value(in root: JSONView) -> JSONView? {
        var view = root
        for step in steps {
            guard let next = JSONPointer.child(step, of: view) else { return nil }
            view = next
        }
        return view
    }

    private static func child(_ step: FieldName, of view: JSONView) -> JSONView? {
        switch view.kind {
        case .object: return step.value(in: view)
        case .array:
            guard let index = step.index else { return nil }
            return view.elements.dropFirst(index).first { _ in true }
        default: return nil
        }
    }

    /// The steps, unescaped.
    static func names(_ text: String) -> [String] {
        // By bytes: a combining mark behind a `/` would hide it.
        text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).dropFirst()
            .map { unescaped($0) }
    }

    /// `~1` is a slash, `~0` a tilde; any other tilde stands for itself.
    private static func unescaped(_ step: Substring.UTF8View) -> String {
        var (bytes, isTilde): ([UInt8], Bool) = ([], false)
        for byte in step {
            if isTilde, byte == UInt8(ascii: "0") || byte == UInt8(ascii: "1") {
                bytes[bytes.count - 1] = byte == UInt8(ascii: "0") ? UInt8(ascii: "~") : UInt8(ascii: "/")
                isTilde = false
            } else {
                bytes.append(byte)
                isTilde = byte == UInt8(ascii: "~")
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A name as a step of a pointer.
    static func escaped(_ name: String) -> String {
        name.reduce(into: "") { $0 += $1 == "~" ? "~0" : $1 == "/" ? "~1" : String($1) }
    }
}
