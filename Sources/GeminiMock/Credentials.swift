// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import GeminiService
import HTTPWire

/// Who may call, and as whom (CORE 1.2, 1.3).
struct Credentials: Sendable {
    /// The keys and tokens that are good; nil means every one is.
    let known: Set<String>?

    private enum Credential {
        case key(String)
        case token(String)
    }

    /// - Throws: the real refusals of a missing, an unknown and a second credential.
    func tenant(of head: RequestHead) throws(APIError) -> Tenant {
        let sent = Credentials.all(in: head)
        guard sent.count < 2 else { throw .severalCredentials }
        switch sent.first {
        case nil: throw .noCredential
        case .key(let key):
            guard known?.contains(key) ?? true else { throw .unknownKey(key) }
            return Tenant("key:\(key)", name: key)
        case .token(let token):
            guard known?.contains(token) ?? true else { throw .unknownToken }
            // All tokens of one project see the same; without a project, all tokens do.
            let project = head.fields["x-goog-user-project"] ?? ""
            return Tenant("project:\(project)", name: project)
        }
    }

    private static func all(in head: RequestHead) -> [Credential] {
        var found = head.fields.values("x-goog-api-key").map { Credential.key($0) }
        for item in head.target.query {
            if item.name == "key" { found.append(.key(item.value)) }
            if item.name == "access_token" { found.append(.token(item.value)) }
        }
        for value in head.fields.values("authorization") where value.lowercased().hasPrefix("bearer ") {
            found.append(.token(String(value.dropFirst(7).drop { $0 == " " })))
        }
        return found.filter { credential in
            switch credential {
            case .key(let text), .token(let text): !text.isEmpty
            }
        }
    }
}
