// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire

/// What a schema asks for, with its references followed and the parts of its `allOf` laid over each other.
struct SchemaFacets {
    enum Kind: String {
        case object, array, string, integer, number, boolean, null

        /// By name in either case, or by the number of the API's enum, which Google's older Python client sends.
        init?(_ view: JSONView) {
            let numbered: [Kind] = [.string, .number, .integer, .boolean, .array, .object, .null]
            if let name = view.string, let kind = Kind(rawValue: name.lowercased()) {
                self = kind
            } else if let number = view.int, (1...numbered.count).contains(number) {
                self = numbered[number - 1]
            } else {
                return nil
            }
        }
    }

    /// A schema that takes part.
    struct Layer {
        let view: JSONView
        /// Whether one of its alternatives has been chosen and laid over it, so that they aren't looked at again.
        var isDecided = false
    }

    /// A member that is declared, with all that is said of it.
    struct Property {
        let name: String
        var layers: [Layer]

        /// Whether there must be no such member.
        var isForbidden: Bool { layers.contains { $0.view.bool == false } }
    }

    /// More schemas than anybody lays over each other: `allOf` may lead back to itself many times over.
    private static let mostLayers = 200

    /// The schemas that this was made of, for laying one of the alternatives over them.
    let decidedLayers: [Layer]
    private var mergedLayers = 0
    private var types: [Kind] = []
    private(set) var isNullable = false
    private(set) var constant: JSON?
    private(set) var example: JSON?
    private(set) var choices: [JSONView]?
    private(set) var alternatives: [JSONView] = []
    private var properties: [Property] = []
    private var places: [String: Int] = [:]
    private var ordering: [String] = []
    /// In the order in which they were named, each once.
    private(set) var required: [String] = []
    private(set) var isRequired: Set<String> = []
    /// What members that aren't declared have to be; a Boolean or an object.
    private(set) var additional: JSONView?
    private(set) var minimumProperties = 0
    private(set) var maximumProperties: Int?
    /// What elements have to be; a Boolean or an object.
    private(set) var items: JSONView?
    private(set) var prefixItems: [JSONView] = []
    private(set) var minimumItems = 0
    private(set) var maximumItems: Int?
    private(set) var hasUniqueItems = false
    private(set) var format = ""
    private(set) var minimumLength = 0
    private(set) var maximumLength: Int?
    private(set) var range = NumberRange()

    init(_ layers: [Layer], _ scope: inout SchemaScope) {
        decidedLayers = layers.map { Layer(view: $0.view, isDecided: true) }
        for layer in layers { merge(layer, hops: 0, &scope) }
    }

    /// What the value is, from its types or from what else the schema says.
    var kind: Kind {
        if let kind = types.first(where: { $0 != .null }) { return kind }
        if types.contains(.null) { return .null }
        if !properties.isEmpty || additional != nil || !required.isEmpty || minimumProperties > 0 {
            return .object
        }
        if items != nil || !prefixItems.isEmpty || minimumItems > 0 { return .array }
        return range.isUsed ? .number : .string
    }

    /// The properties in the order asked for (`propertyOrdering`), then as declared.
    var orderedProperties: [Property] {
        guard !ordering.isEmpty else { return properties }
        var isPlaced = Array(repeating: false, count: properties.count)
        var ordered: [Property] = []
        for name in ordering {
            guard let place = places[name], !isPlaced[place] else { continue }
            isPlaced[place] = true
            ordered.append(properties[place])
        }
        return ordered + properties.indices.lazy.filter { !isPlaced[$0] }.map { properties[$0] }
    }

    var declaresProperties: Bool { !properties.isEmpty }

    func isDeclared(_ name: String) -> Bool { places[name] != nil }

    /// What is said of members that aren't declared.
    var additionalLayers: [Layer] { additional.map { [Layer(view: $0)] } ?? [] }

    // MARK: Reading

    private mutating func merge(_ layer: Layer, hops: Int, _ scope: inout SchemaScope) {
        let view = layer.view
        // A reference that leads back to itself says nothing.
        guard hops < 16, mergedLayers < SchemaFacets.mostLayers, !scope.isSpent, view.kind == .object else {
            return
        }
        mergedLayers += 1
        let keywords = SchemaKeywords(view, &scope)
        if let reference = (keywords[.reference] ?? keywords[.bareReference])?.string,
            let target = scope.resolve(reference)
        {
            merge(Layer(view: target, isDecided: layer.isDecided), hops: hops + 1, &scope)
        }
        for part in keywords.list(.allOf, &scope).prefix(SchemaFacets.mostLayers) {
            merge(Layer(view: part, isDecided: layer.isDecided), hops: hops + 1, &scope)
        }
        readTypes(keywords, &scope)
        readObject(keywords, &scope)
        readArray(keywords, &scope)
        if let name = keywords[.format]?.string { format = name.lowercased() }
        minimumLength = max(minimumLength, keywords[.minLength]?.protoInt ?? 0)
        maximumLength = SchemaFacets.smaller(maximumLength, keywords[.maxLength]?.protoInt)
        range.narrow(by: keywords)
        guard !layer.isDecided, alternatives.isEmpty else { return }
        alternatives = keywords.list(.anyOf, &scope)
        if alternatives.isEmpty { alternatives = keywords.list(.oneOf, &scope) }
    }

    private mutating func readTypes(_ keywords: SchemaKeywords, _ scope: inout SchemaScope) {
        // Seven kinds there are; the rest of a longer list repeats them.
        for kind in keywords.list(.type, &scope).prefix(100).compactMap({ Kind($0) })
        where !types.contains(kind) {
            types.append(kind)
        }
        isNullable = isNullable || keywords[.nullable]?.bool == true || types.contains(.null)
        if let value = keywords[.const] { constant = scope.copy(value) }
        if let value = keywords[.example], value.kind != .object { example = scope.copy(value) }
        let values = keywords.list(.enum, &scope)
        guard !values.isEmpty else { return }
        if let choices {
            for value in choices + values { scope.pay(value.source.count) }
            guard !scope.isSpent else { return }
            let allowed = Set(values.map { JSON($0).bytes(.compact) })
            self.choices = choices.filter { allowed.contains(JSON($0).bytes(.compact)) }
        } else {
            // Null is for the end of recursive schemas.
            let others = values.filter { !$0.isNull }
            choices = others.isEmpty ? values : others
        }
    }

    private mutating func readObject(_ keywords: SchemaKeywords, _ scope: inout SchemaScope) {
        if let members = keywords[.properties]?.members {
            for member in members where !scope.isSpent {
                scope.pay(SchemaScope.nameCost)
                let name = member.name
                if let place = places[name] {
                    properties[place].layers.append(Layer(view: member.value))
                } else {
                    places[name] = properties.count
                    properties.append(Property(name: name, layers: [Layer(view: member.value)]))
                }
            }
        }
        ordering += keywords.names(.propertyOrdering, &scope)
        for name in keywords.names(.required, &scope) where isRequired.insert(name).inserted {
            required.append(name)
        }
        if let schema = keywords[.additionalProperties] { additional = schema }
        minimumProperties = max(minimumProperties, keywords[.minProperties]?.protoInt ?? 0)
        maximumProperties = SchemaFacets.smaller(maximumProperties, keywords[.maxProperties]?.protoInt)
    }

    private mutating func readArray(_ keywords: SchemaKeywords, _ scope: inout SchemaScope) {
        if let schema = keywords[.items], schema.kind == .object || schema.kind == .bool { items = schema }
        if prefixItems.isEmpty { prefixItems = keywords.list(.prefixItems, &scope) }
        minimumItems = max(minimumItems, keywords[.minItems]?.protoInt ?? 0)
        maximumItems = SchemaFacets.smaller(maximumItems, keywords[.maxItems]?.protoInt)
        hasUniqueItems = hasUniqueItems || keywords[.uniqueItems]?.bool == true
    }

    /// The smaller of two limits, none of which is below 0.
    private static func smaller(_ old: Int?, _ new: Int?) -> Int? {
        guard let new else { return old }
        return max(0, min(old ?? new, new))
    }
}
