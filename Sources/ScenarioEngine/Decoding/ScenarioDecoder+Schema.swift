// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// JSON Schemas of conditions. What `SchemaRules` would pass over is a mistake here: a condition that asks for less than it says
/// is met by requests that it wasn't written for.
extension ScenarioDecoder {
    /// Whether a JSON Schema uses nothing but what is understood, with values that say something. Goes as deep as the
    /// document's limit lets it.
    func checkSchema(_ value: LocatedJSON, within root: JSON) {
        if case .bool = value.kind { return }
        for field in map(value, "a schema") {
            guard ScenarioVocabulary.schemaKeywords.contains(field.name) else {
                problems.add(
                    field.place, "the schema keyword \(Quoted.text(field.name)) isn’t understood",
                    suggestion: Suggestion.nearest(to: field.name, among: ScenarioVocabulary.schemaKeywords))
                continue
            }
            if !checkParts(field, within: root) { checkArgument(field.name, field.value) }
        }
    }

    /// - Returns: whether it is a keyword that has schemas, or leads to one.
    private func checkParts(_ field: LocatedJSON.Field, within root: JSON) -> Bool {
        switch field.name {
        case "properties", "$defs", "definitions":
            for property in map(field.value, field.name) { checkSchema(property.value, within: root) }
        case "allOf", "anyOf", "oneOf", "prefixItems":
            for schema in list(field.value, field.name, atLeast: 1) { checkSchema(schema, within: root) }
        case "items", "additionalProperties": checkSchema(field.value, within: root)
        case "$ref", "ref":
            guard let path = text(field.value), SchemaRules.target(of: path, in: root) == nil else { break }
            problems.add(field.value.place, "the schema has nothing at \(Quoted.text(path))")
        default: return false
        }
        return true
    }

    private func checkArgument(_ name: String, _ value: LocatedJSON) {
        switch name {
        case "type": for type in oneOrMore(value, name) { checkType(type) }
        case "enum": _ = list(value, name, atLeast: 1)
        case "required", "propertyOrdering": for name in list(value, name) { _ = text(name) }
        case "nullable", "uniqueItems": _ = bool(value)
        case "minProperties", "maxProperties", "minItems", "maxItems", "minLength", "maxLength":
            checkNumber(value, "a whole number, 0 or more") { $0 >= 0 && $0.rounded() == $0 }
        case "minimum", "maximum": checkNumber(value, "a number") { _ in true }
        case "exclusiveMinimum", "exclusiveMaximum":
            // Draft 4 has Booleans there.
            if case .bool = value.kind { return }
            checkNumber(value, "a number") { _ in true }
        case "multipleOf": checkNumber(value, "a number over 0") { $0 > 0 }
        case "format", "title", "description", "$schema", "$id": _ = text(value)
        // `const`, `default` and `example` may be anything.
        default: break
        }
    }

    /// In either case, or by its number in the API's enum.
    private func checkType(_ value: LocatedJSON) {
        switch value.kind {
        case .string(let type) where SchemaRules.types.contains(type.lowercased()): return
        case .int(let number) where (1...SchemaRules.types.count).contains(number): return
        case .string(let type):
            problems.add(
                value.place, "there is no type \(Quoted.text(type)) in schemas",
                suggestion: Suggestion.nearest(to: type, among: SchemaRules.types))
        // In YAML a bare null is none of the words.
        case .null: expected("a type", value, hint: " (did you mean 'null', in quotes?)")
        default:
            expected(
                "a type: \(Quoted.choice(SchemaRules.types)), or its number, 1 to \(SchemaRules.types.count)",
                value)
        }
    }

    /// A number, or a text of one: that is how the API writes its whole numbers.
    private func checkNumber(_ value: LocatedJSON, _ what: String, _ isGood: (Double) -> Bool) {
        let number: Double? =
            switch value.kind {
            case .int(let number): Double(number)
            case .double(let number): number
            case .string(let text) where text.utf8.allSatisfy("+-.0123456789eE".utf8.contains): Double(text)
            default: nil
            }
        if let number, number.isFinite, isGood(number) { return }
        expected(what, value)
    }
}
