// SPDX-License-Identifier: Apache-2.0

import HTTPWire

extension MessageBinder {
    /// What is wrong with query parameters, which are fields of the message unless every method has them (CORE 4.2, 6.3).
    ///
    /// - Parameter query: its items; each costs one look-up, however many there are.
    public func violations(query: [RequestTarget.QueryItem], of message: String) -> [FieldViolation] {
        guard let number = schema.message(message) else { return [] }
        return query.compactMap { SystemParameters.isOne($0.name) ? nil : violation($0, of: number) }
    }

    private func violation(_ item: RequestTarget.QueryItem, of message: Int) -> FieldViolation? {
        var path = ""
        var message = message
        let words = item.name.split(separator: ".", maxSplits: 16, omittingEmptySubsequences: false)
        for (index, word) in words.enumerated() {
            var name = String(word)
            guard let number = name.withUTF8({ schema.field($0, of: message) }) else {
                return .unboundParameter(
                    item.name, "Field '\(word)' could not be found in request message."
                )
            }
            let field = schema.fields[number]
            path += (path.isEmpty ? "" : ".") + field.protoName
            if index == words.count - 1 { return violation(item, field, path) }
            guard field.kind == .message, field.shape == .single else {
                return .unboundParameter(
                    item.name, "Field '\(words[index + 1])' could not be found in request message."
                )
            }
            message = field.target
        }
        return nil
    }

    private func violation(
        _ item: RequestTarget.QueryItem, _ field: MessageSchema.Field, _ path: String
    ) -> FieldViolation? {
        switch field.kind {
        case .message, .structure, .value:
            return .unboundParameter(
                item.name,
                "'\(item.name)' is a message type. Parameters can only be bound to primitive types."
            )
        default:
            if field.shape == .map {
                return .unboundParameter(
                    item.name,
                    "'\(item.name)' is a message type. Parameters can only be bound to primitive types."
                )
            }
            // A parameter is bound like a string in a body.
            return valueViolation(item.value, field, path)
        }
    }

    private func valueViolation(
        _ value: String, _ field: MessageSchema.Field, _ path: String
    ) -> FieldViolation? {
        guard let view = try? JSONDocument(parsing: JSON.string(value).bytes(.compact), grammar: .strict).root
        else { return nil }
        return view.withNodes { nodes, root in
            var walk = BindingWalk(schema: schema, package: package, nodes: nodes)
            walk.single(root, field)
            return walk.violations.first.map { found in
                FieldViolation(
                    field: path,
                    description: found.description.replacingPlace(path)
                )
            }
        }
    }
}

extension String {
    /// A violation of a value alone tells no place.
    fileprivate func replacingPlace(_ path: String) -> String {
        hasPrefix("Invalid value (")
            ? "Invalid value at '\(path)' (" + dropFirst("Invalid value (".count) : self
    }
}

extension FieldViolation {
    /// CORE 6.3, seen at other Google APIs; the words for messages too (Maps, Firestore).
    fileprivate static func unboundParameter(_ name: String, _ reason: String) -> FieldViolation {
        FieldViolation(
            field: nil,
            description:
                "Invalid JSON payload received. Unknown name \"\(name)\": Cannot bind query parameter. \(reason)"
        )
    }
}

/// Query parameters that every method takes, whatever its message (CORE 4.2; Google's discovery documents).
enum SystemParameters {
    static func isOne(_ name: String) -> Bool {
        names.contains(name) || name.hasPrefix("$") && names.contains(String(name.dropFirst()))
    }

    private static let names: Set<String> = [
        "alt", "key", "access_token", "oauth_token", "prettyPrint", "fields", "quotaUser", "userProject",
        "callback",
        "uploadType", "upload_protocol", "upload_id", "xgafv", ".xgafv",
    ]
}
