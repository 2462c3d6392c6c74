// SPDX-License-Identifier: Apache-2.0

import GeminiService
import HTTPWire

/// A value that a request must have to fit a stub, told without looking at the stub.
struct StubLiteral: Hashable, Sendable {
    enum Field: Hashable, Sendable {
        case endpoint, model, tenant, system, lastText
        /// Lower case.
        case header(String)
        case query(String)
        /// A text at a JSON pointer.
        case pointer(String)
    }

    enum Key: Hashable, Sendable {
        case value(String)
        /// Bytes that the value contains.
        case gram(Gram)
    }

    let field: Field
    let key: Key

    /// The ways to file a pattern: of each list, a request that fits has one at least.
    static func choices(of pattern: RequestPattern) -> [[StubLiteral]] {
        var choices: [[StubLiteral]] = []
        if !pattern.endpoints.isEmpty {
            choices.append(pattern.endpoints.map { StubLiteral(field: .endpoint, key: .value($0)) })
        }
        let isGlob = { (name: String) in
            name.utf8.contains { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") }
        }
        if !pattern.models.isEmpty, !pattern.models.contains(where: isGlob) {
            choices.append(pattern.models.map { StubLiteral(field: .model, key: .value($0)) })
        }
        choices += of(pattern.tenant, .tenant) + of(pattern.system, .system) + of(pattern.lastText, .lastText)
        for header in pattern.headers { choices += of(header.pattern, .header(header.name.lowercased())) }
        for item in pattern.query { choices += of(item.pattern, .query(item.name)) }
        for pointer in pattern.pointers {
            guard case .equals(.string(let text)) = pointer.condition else { continue }
            choices.append([StubLiteral(field: .pointer(pointer.pointer), key: .value(text))])
        }
        return choices
    }

    private static func of(_ pattern: TextPattern?, _ field: Field) -> [[StubLiteral]] {
        switch pattern {
        case .equals(let text): [[StubLiteral(field: field, key: .value(text))]]
        case .contains(let text): Gram.all(of: text).map { [StubLiteral(field: field, key: .gram($0))] }
        case .glob, .matches, nil: []
        }
    }
}

extension StubLiteral.Field {
    /// What a request has there.
    func values(of request: RequestSubject) -> [String] {
        switch self {
        case .endpoint: [request.endpoint]
        case .model: request.model.map { [$0] } ?? []
        case .tenant: [request.tenantName]
        case .system: request.conversation.system.map { [$0] } ?? []
        case .lastText: request.conversation.lastText.map { [$0] } ?? []
        case .header(let name): request.head.fields.values(name)
        case .query(let name): request.head.target.query.filter { $0.name == name }.map(\.value)
        case .pointer(let pointer): JSONPointer(pointer).value(in: request.body)?.string.map { [$0] } ?? []
        }
    }
}
