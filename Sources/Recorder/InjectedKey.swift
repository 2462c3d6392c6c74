// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// An API key of ours that requests get in the place of whatever credential they bring.
struct InjectedKey: Sendable {
    private static let parameters: Set<String> = ["key", "access_token"]
    private static let fields: Set<String> = ["x-goog-api-key", "authorization"]

    let key: String

    /// Whether a field holds a credential in whose place the key comes, or one that is none any more.
    static func isReplaced(_ field: HTTPFields.Field) -> Bool {
        fields.contains(field.name.lowercased()) || CredentialFields.isCredential(named: field.name)
            || field.value.contains(CredentialFields.placeholder)
    }

    /// Where the client has none, it stands behind its fields.
    func put(into fields: [HTTPFields.Field]) -> [HTTPFields.Field] {
        var isThere = false
        var changed: [HTTPFields.Field] = []
        for field in fields {
            guard InjectedKey.fields.contains(field.name.lowercased()) else {
                changed.append(field)
                continue
            }
            if !isThere { changed.append(HTTPFields.Field("x-goog-api-key", key)) }
            isThere = true
        }
        return isThere ? changed : changed + [HTTPFields.Field("x-goog-api-key", key)]
    }

    /// The target without the credentials in its query, which would be taken before the field.
    func removingCredentials(from target: String) -> String {
        guard let mark = target.firstIndex(of: "?") else { return target }
        let items = target[mark...].dropFirst().split(separator: "&", omittingEmptySubsequences: false)
        let kept = items.filter { item in
            let name = item.prefix { $0 != "=" }
            return !InjectedKey.parameters.contains(PercentEncoding.decode(name, plusIsBlank: true))
        }
        guard kept.count < items.count else { return target }
        return kept.isEmpty ? String(target[..<mark]) : "\(target[..<mark])?\(kept.joined(separator: "&"))"
    }
}
