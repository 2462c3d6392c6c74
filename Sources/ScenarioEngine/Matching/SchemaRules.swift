// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// A JSON Schema made ready: its parts by number, with references followed, so that it may be recursive. The keywords are
/// those that answers are generated from, with the same meaning (`SchemaKeywords`): types in either case or as the
/// numbers of the API's enum, `nullable`, `ref` like `$ref`, numbers also as strings.
struct SchemaRules: Sendable {
    enum Rule: Sendable {
        case anything
        case nothing
        /// A reference that leads nowhere.
        case broken(String)
        case value(Value)
    }

    /// By reference: checks go deep, and each level would copy all of it to the stack.
    final class Value: Sendable {
        let facets: Facets

        init(_ facets: Facets) { self.facets = facets }
    }

    /// What one schema asks for, without what its parts do.
    struct Facets: Sendable {
        var types: [String] = []
        var isNullable = false
        var constant: JSONSubset?
        var choices: [JSONSubset]?
        var reference: Int?
        var allOf: [Int] = []
        var anyOf: [Int] = []
        var oneOf: [Int] = []
        var properties: [String: Int] = [:]
        var required: [String] = []
        var additional: Int?
        var members = Bounds<Int>()
        var items: Int?
        var prefixItems: [Int] = []
        var elements = Bounds<Int>()
        var hasUniqueItems = false
        var format: SchemaFormat?
        var length = Bounds<Int>()
        var numbers = Bounds<Double>()
        var isAbove: Double?
        var isBelow: Double?
        var step: Double?
    }

    private(set) var rules: [Rule] = []
    private let document: JSON
    private var targets: [String: Int] = [:]

    init(_ schema: JSON) {
        document = schema
        _ = add(schema)
    }

    subscript(number: Int) -> Rule { rules[number] }

    // MARK: - Reading

    /// Its own number comes first, so that what it refers to may refer to it.
    private mutating func add(_ schema: JSON) -> Int {
        let number = rules.count
        rules.append(.anything)
        switch schema {
        case .bool(let allows): rules[number] = allows ? .anything : .nothing
        case .object: rules[number] = .value(Value(facets(schema)))
        default: break
        }
        return number
    }

    private mutating func facets(_ schema: JSON) -> Facets {
        var facets = Facets()
        facets.types = SchemaRules.list(schema["type"]).compactMap { SchemaRules.type($0) }
        facets.isNullable = schema["nullable"] == true
        facets.constant = schema["const"].map { JSONSubset($0, isExact: true, isOwn: true) }
        if case .array(let values) = schema["enum"] {
            facets.choices = values.map { JSONSubset($0, isExact: true, isOwn: true) }
        }
        if case .string(let path) = schema["$ref"] ?? schema["ref"] { facets.reference = target(path) }
        facets.allOf = parts(schema["allOf"])
        facets.anyOf = parts(schema["anyOf"])
        facets.oneOf = parts(schema["oneOf"])
        readObject(schema, into: &facets)
        readArray(schema, into: &facets)
        if case .string(let name) = schema["format"] { facets.format = SchemaFormat(name) }
        facets.length = SchemaRules.bounds(schema["minLength"], schema["maxLength"])
        readNumber(schema, into: &facets)
        return facets
    }

    private mutating func readObject(_ schema: JSON, into facets: inout Facets) {
        if case .object(let members) = schema["properties"] {
            for member in members { facets.properties[member.name] = add(member.value) }
        }
        facets.required = SchemaRules.list(schema["required"]).compactMap {
            if case .string(let name) = $0 { name } else { nil }
        }
        facets.additional = schema["additionalProperties"].map { add($0) }
        facets.members = SchemaRules.bounds(schema["minProperties"], schema["maxProperties"])
    }

    private mutating func readArray(_ schema: JSON, into facets: inout Facets) {
        facets.items = schema["items"].map { add($0) }
        facets.prefixItems = parts(schema["prefixItems"])
        facets.elements = SchemaRules.bounds(schema["minItems"], schema["maxItems"])
        facets.hasUniqueItems = schema["uniqueItems"] == true
    }

    /// Draft 4 has Booleans for `exclusiveMinimum`: they are about `minimum`.
    private func readNumber(_ schema: JSON, into facets: inout Facets) {
        facets.numbers = Bounds(
            min: SchemaRules.number(schema["minimum"]), max: SchemaRules.number(schema["maximum"]))
        facets.isAbove =
            schema["exclusiveMinimum"] == true
            ? facets.numbers.min : SchemaRules.number(schema["exclusiveMinimum"])
        facets.isBelow =
            schema["exclusiveMaximum"] == true
            ? facets.numbers.max : SchemaRules.number(schema["exclusiveMaximum"])
        facets.step = SchemaRules.number(schema["multipleOf"]).flatMap { $0 > 0 && $0.isFinite ? $0 : nil }
    }

    private mutating func parts(_ value: JSON?) -> [Int] {
        guard case .array(let schemas) = value else { return [] }
        return schemas.map { add($0) }
    }

    /// The number of what `#/$defs/Name` stands for.
    private mutating func target(_ path: String) -> Int {
        if let known = targets[path] { return known }
        let number = rules.count
        targets[path] = number
        rules.append(.broken(path))
        guard let schema = SchemaRules.target(of: path, in: document) else { return number }
        switch schema {
        case .bool(let allows): rules[number] = allows ? .anything : .nothing
        case .object: rules[number] = .value(Value(facets(schema)))
        default: break
        }
        return number
    }

    /// What `#/$defs/Name` stands for; nil where it leads nowhere, or out of the document.
    static func target(of path: String, in document: JSON) -> JSON? {
        guard path.utf8.first == UInt8(ascii: "#") else { return nil }
        let pointer = PercentEncoding.decode(path.dropFirst(), plusIsBlank: false)
        var value = document
        for step in JSONPointer.names(pointer) {
            switch value {
            case .object:
                guard let member = value[step] else { return nil }
                value = member
            case .array(let elements):
                guard let index = Int(step), elements.indices.contains(index) else { return nil }
                value = elements[index]
            default: return nil
            }
        }
        return value
    }

    // MARK: - Single values

    /// In the order of the API's enum, from 1.
    static let types = ["string", "number", "integer", "boolean", "array", "object", "null"]

    private static func type(_ value: JSON) -> String? {
        switch value {
        case .string(let name): types.first { $0 == name.lowercased() } ?? name
        case .int(let number): (1...types.count).contains(number) ? types[number - 1] : nil
        default: nil
        }
    }

    private static func list(_ value: JSON?) -> [JSON] {
        if case .array(let values) = value { values } else { value.map { [$0] } ?? [] }
    }

    private static func number(_ value: JSON?) -> Double? {
        switch value {
        case .int(let number): Double(number)
        case .double(let number): number
        case .string(let text): Double(text)
        default: nil
        }
    }

    private static func bounds(_ min: JSON?, _ max: JSON?) -> Bounds<Int> {
        Bounds(
            min: number(min).flatMap { Int(exactly: $0.rounded(.up)) },
            max: number(max).flatMap { Int(exactly: $0.rounded(.down)) })
    }
}
