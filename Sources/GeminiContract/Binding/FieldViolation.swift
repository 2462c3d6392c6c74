// SPDX-License-Identifier: Apache-2.0

/// One thing in a body that its message doesn't take.
public struct FieldViolation: Sendable, Equatable {
    /// The path in proto spelling, such as `contents[0].parts[1].inline_data.data`; nil at the root (CORE 6.3, seen).
    public let field: String?
    public let description: String

    public init(field: String?, description: String) {
        self.field = field
        self.description = description
    }

    /// The same, with no more than that many bytes of description.
    func cut(to length: Int) -> FieldViolation {
        guard description.utf8.count > length else { return self }
        return FieldViolation(
            field: field, description: String(decoding: description.utf8.prefix(length), as: UTF8.self) + "…")
    }

    /// A name that stands where it can't. CORE 6.3, seen in many reports: at the root no place is told.
    static func unknownName(_ name: String, at path: String, because reason: String) -> FieldViolation {
        let place = path.isEmpty ? "" : " at '\(path)'"
        return FieldViolation(
            field: path.isEmpty ? nil : path,
            description: "Invalid JSON payload received. Unknown name \"\(name)\"\(place): \(reason)"
        )
    }

    /// A value that its field doesn't take. CORE 6.3, seen; without a place at the root (seen in Gmail's
    /// `Invalid value (add_label_ids), …`).
    static func invalid(at path: String, type: String, _ what: String) -> FieldViolation {
        let place = path.isEmpty ? "" : " at '\(path)'"
        return FieldViolation(
            field: path.isEmpty ? nil : path, description: "Invalid value\(place) (\(type)), \(what)"
        )
    }

    /// Bad base64; the whole string is echoed. CORE 6.3, seen.
    static func base64(_ text: String, at path: String) -> FieldViolation {
        .invalid(at: path, type: "TYPE_BYTES", "Base64 decoding failed for \"\(text)\"")
    }

    /// A second member of a oneof. CORE 6.3, form seen; the name as it was sent.
    static func oneof(_ group: String, at path: String, name: String) -> FieldViolation {
        .invalid(at: path, type: "oneof", "oneof field '\(group)' is already set. Cannot set '\(name)'")
    }
}
