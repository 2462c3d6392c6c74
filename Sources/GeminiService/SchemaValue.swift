// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire

/// Makes a value that satisfies a schema: OpenAPI's subset (`responseSchema`, `parameters`) or JSON Schema
/// (`responseJsonSchema`, `parametersJsonSchema`), the same value for the same seed.
///
/// Understood: type (either case, a number, or a list), nullable, enum, const, properties, required, propertyOrdering,
/// additionalProperties, items, prefixItems, anyOf, oneOf, allOf, $ref, format, the bounds of numbers, strings, arrays
/// and objects, multipleOf, uniqueItems, example. Not understood: pattern, not, if.
struct SchemaValue {
    private var scope: SchemaScope
    private var generator: SeededGenerator
    /// How many values may still be made; then only what is required is.
    private var budget = 2_000
    /// Counts on where elements have to differ; then all choices follow from it instead of from the generator.
    private var serial: Int?

    /// Below this depth only required members are made, so that recursive schemas end.
    private static let generousDepth = 4
    /// Below this one nothing is: such a schema has no finite value, or none that anybody wants.
    private static let maximumDepth = 40
    /// How often in a row an element may be one that is there already.
    private static let mostMisses = 2_000

    static func make(for schema: JSONView, seed: UInt64) -> JSON {
        var maker = SchemaValue(scope: SchemaScope(root: schema), generator: SeededGenerator(seed: seed))
        return maker.value(for: [SchemaFacets.Layer(view: schema)], name: "value", depth: 0)
    }

    private init(scope: SchemaScope, generator: SeededGenerator) {
        self.scope = scope
        self.generator = generator
    }

    private mutating func value(for layers: [SchemaFacets.Layer], name: String, depth: Int) -> JSON {
        budget -= 1
        scope.payForValue()
        guard depth < SchemaValue.maximumDepth, !scope.isSpent else { return .null }
        let schema = SchemaFacets(layers, &scope)
        if let constant = schema.constant { return constant }
        if let example = schema.example { return example }
        if schema.isNullable, isPressed(depth) { return .null }
        if let choices = schema.choices, !choices.isEmpty { return scope.copy(choices[pick(choices.count)]) }
        if let alternative = alternative(of: schema, depth: depth) {
            let layers = schema.decidedLayers + [SchemaFacets.Layer(view: alternative)]
            return value(for: layers, name: name, depth: depth + 1)
        }
        switch schema.kind {
        case .object: return object(schema, depth: depth)
        case .array: return array(schema, name: name, depth: depth)
        case .string: return .string(string(schema, name: name))
        case .integer: return .int(schema.range.integer { pick($0) })
        case .number: return .double(schema.range.number { pick($0) })
        case .boolean: return .bool(pick(2) == 0)
        case .null: return .null
        }
    }

    /// Whether it is time to make as little as possible.
    private func isPressed(_ depth: Int) -> Bool { depth > SchemaValue.generousDepth || budget <= 0 }

    /// One of `count` possibilities.
    private mutating func pick(_ count: Int) -> Int {
        if let serial { return serial % count }
        return Int(generator.next() % UInt64(count))
    }

    /// The first alternative that isn't null; null where it is time to end.
    private mutating func alternative(of schema: SchemaFacets, depth: Int) -> JSONView? {
        let isPressed = isPressed(depth)
        var null: JSONView?
        for view in schema.alternatives where view.bool != false {
            guard !scope.isSpent else { break }
            let isNull = SchemaFacets([SchemaFacets.Layer(view: view)], &scope).kind == .null
            if isNull == isPressed { return view }
            if isNull, null == nil { null = view }
        }
        return isPressed ? schema.alternatives.first { $0.bool != false } : null
    }

    // MARK: Containers

    private mutating func object(_ schema: SchemaFacets, depth: Int) -> JSON {
        var members: [JSON.Member] = []
        var optional = max(0, (schema.maximumProperties ?? Int.max) - schema.required.count)
        for property in schema.orderedProperties where !scope.isSpent {
            if !schema.isRequired.contains(property.name) {
                guard !isPressed(depth), !property.isForbidden, optional > 0 else { continue }
                optional -= 1
            }
            members.append(member(property.name, property.layers, depth: depth))
        }
        for name in schema.required where !schema.isDeclared(name) && !scope.isSpent {
            members.append(member(name, schema.additionalLayers, depth: depth))
        }
        let isMap = !schema.declaresProperties && schema.additional?.kind == .object && !isPressed(depth)
        let wanted = schema.additional?.bool == false ? 0 : max(schema.minimumProperties, isMap ? 1 : 0)
        var number = 0
        while members.count < wanted, !scope.isSpent {
            number += 1
            let name = "key\(number)"
            guard !schema.isDeclared(name), !schema.isRequired.contains(name) else { continue }
            members.append(member(name, schema.additionalLayers, depth: depth))
        }
        return .object(members)
    }

    private mutating func member(_ name: String, _ layers: [SchemaFacets.Layer], depth: Int) -> JSON.Member {
        scope.pay(name.utf8.count)
        return JSON.Member(name, value(for: layers, name: name, depth: depth + 1))
    }

    private mutating func array(_ schema: SchemaFacets, name: String, depth: Int) -> JSON {
        let most = schema.maximumItems ?? Int.max
        var elements: [JSON] = []
        for view in schema.prefixItems.prefix(most) where !scope.isSpent {
            elements.append(value(for: [SchemaFacets.Layer(view: view)], name: name, depth: depth + 1))
        }
        guard schema.items?.bool != false else { return .array(elements) }
        let usual = isPressed(depth) ? 0 : max(2, elements.count)
        let wanted = max(schema.minimumItems, min(usual, most))
        let layers = schema.items.map { [SchemaFacets.Layer(view: $0)] } ?? []
        var known = Set(schema.hasUniqueItems ? elements.map { $0.bytes(.compact) } : [])
        let outer = serial
        defer { serial = outer }
        var (misses, tries) = (0, 0)
        while elements.count < wanted, misses < SchemaValue.mostMisses, !scope.isSpent {
            let element = value(for: layers, name: name, depth: depth + 1)
            if schema.hasUniqueItems, !known.insert(element.bytes(.compact)).inserted {
                misses += 1
                tries += 1
                // By turns: counting finds each of a few choices, chance the combinations of several.
                serial = misses % 2 == 1 ? tries / 2 : outer
            } else {
                misses = 0
                elements.append(element)
            }
        }
        return .array(elements)
    }

    // MARK: Strings

    private mutating func string(_ schema: SchemaFacets, name: String) -> String {
        if let text = formatted(schema.format) { return text }
        let longest = schema.maximumLength ?? Int.max
        // A name is whatever the client says it is.
        let isNamed = (1...40).contains(name.utf8.count) && name.utf8.count + 8 <= longest
        var text = isNamed ? "\(name) \(word())" : word()
        if let serial { text = "\(serial) \(text)" }
        // Scalars are what JSON Schema counts. A promise of gigabytes isn't kept.
        let shortest = min(schema.minimumLength, 100_000, longest)
        var length = text.unicodeScalars.count
        while length < shortest {
            let addition = " \(word())"
            text += addition
            length += addition.utf8.count
        }
        scope.pay(length)
        return length <= longest
            ? text : String(String.UnicodeScalarView(text.unicodeScalars.prefix(longest)))
    }

    /// A text of that format (JSON Schema's names and OpenAPI's), or nil where the format asks nothing of it.
    private mutating func formatted(_ format: String) -> String? {
        let day = 1 + pick(28)
        let date = "2026-01-\(day < 10 ? "0" : "")\(day)"
        switch format {
        case "date-time": return "\(date)T09:30:00Z"
        case "date": return date
        case "time": return "09:30:00Z"
        case "duration": return "PT\(day)M"
        case "email", "idn-email": return "\(word())@example.com"
        case "uri", "url", "iri", "uri-reference": return "https://example.com/\(word())"
        case "hostname", "idn-hostname": return "\(word()).example.com"
        case "ipv4": return "192.0.2.\(day)"
        case "ipv6": return "2001:db8::\(day)"
        case "uuid", "uuid4": return UUIDText.make(&generator)
        case "byte", "base64": return Base64Encoding.standard(generator.bytes(6))
        case "decimal": return "\(day).25"
        case "json-pointer": return "/\(word())"
        default: return nil
        }
    }

    private mutating func word() -> String {
        let words = [
            "amber", "birch", "cedar", "dune", "ember", "fjord", "grove", "harbor", "iris", "juniper",
        ]
        return words[pick(words.count)]
    }
}
