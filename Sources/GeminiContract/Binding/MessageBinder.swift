// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Tells whether a JSON value is a message of a schema, in the words of Google's front end (CORE 6.3).
///
/// What it takes is proto3 JSON as that front end reads it: both spellings of a name, numbers as strings, enums by name
/// or number, null for unset, a bare element for a list, a list in a list for one list. Every violation is reported, in
/// the order of the text. Any family of messages can have a schema; this knows none of them.
public struct MessageBinder: Sendable {
    let schema: MessageSchema
    /// What stands before the name of a message in the name of its type.
    let package: String

    /// - Parameters:
    ///   - package: such as `google.ai.generativelanguage.v1beta`; it follows the version in the path (seen).
    public init(schema: MessageSchema = .core, package: String) {
        self.schema = schema
        self.package = package
    }

    /// - Returns: what was found; nil where the schema has no message of that name.
    public func bind(_ view: JSONView, to message: String) -> BoundMessage? {
        guard let number = schema.message(message) else { return nil }
        return view.withNodes { nodes, root in
            var walk = BindingWalk(schema: schema, package: package, nodes: nodes)
            walk.root(root, message: number)
            return BoundMessage(violations: walk.violations, base64: walk.base64)
        }
    }
}

/// What binding a text to a message has found.
public struct BoundMessage: Sendable {
    /// Empty where it is such a message.
    public let violations: [FieldViolation]
    /// The base64 in it, so that nobody has to check it again.
    public let base64: Base64Shapes

    /// - Throws: the refusal that tells all violations.
    public func check() throws(APIError) {
        if !violations.isEmpty { throw .invalidValues(violations) }
    }
}
