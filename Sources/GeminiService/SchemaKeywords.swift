// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// The keywords of one schema, found in one pass over its members, in either spelling; null means unset.
struct SchemaKeywords {
    /// What is understood of OpenAPI's subset and of JSON Schema.
    enum Keyword: String, CaseIterable {
        case reference = "$ref"
        case bareReference = "ref"
        case allOf, anyOf, oneOf, type, nullable, const, example, `enum`
        case properties, propertyOrdering, required, additionalProperties, minProperties, maxProperties
        case items, prefixItems, minItems, maxItems, uniqueItems
        case format, minLength, maxLength
        case minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf
    }

    private static let keywords: [String: Keyword] = {
        let spellings = Keyword.allCases.flatMap { keyword in
            [(keyword.rawValue, keyword), (snakeCase(keyword.rawValue), keyword)]
        }
        return Dictionary(spellings) { first, _ in first }
    }()

    private var values: [Keyword: JSONView] = [:]

    init(_ schema: JSONView, _ scope: inout SchemaScope) {
        scope.payForSchema()
        for member in schema.members where !scope.isSpent {
            scope.pay(1)
            guard let keyword = SchemaKeywords.keywords[member.name] else { continue }
            values[keyword] = member.value
        }
    }

    /// The value of a keyword; `const` may be null itself.
    subscript(keyword: Keyword) -> JSONView? {
        guard let value = values[keyword], !value.isNull || keyword == .const else { return nil }
        return value
    }

    /// The value as a list; a single one counts as a list of one.
    func list(_ keyword: Keyword, _ scope: inout SchemaScope) -> [JSONView] {
        guard let value = self[keyword] else { return [] }
        return value.kind == .array ? scope.elements(of: value, cost: 1) : [value]
    }

    /// The value as a list of names.
    func names(_ keyword: Keyword, _ scope: inout SchemaScope) -> [String] {
        guard let value = self[keyword] else { return [] }
        return scope.elements(of: value, cost: SchemaScope.nameCost).compactMap(\.string)
    }

    private static func snakeCase(_ name: String) -> String {
        name.reduce(into: "") { $0 += $1.isUppercase ? "_\($1.lowercased())" : String($1) }
    }
}
