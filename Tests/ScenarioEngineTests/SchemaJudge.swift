// SPDX-License-Identifier: Apache-2.0

import HTTPWire

@testable import ScenarioEngine

/// JSON Schema 2020-12, as much of it as the published schema of scenario files uses. A keyword that it doesn't know is a
/// failure, not a pass.
struct SchemaJudge {
    let root: JSON

    enum Verdict: Equatable {
        case good
        case bad
        case unknownKeyword(String)
    }

    func verdict(_ value: JSON) -> Verdict { judge(value, root) }

    private func judge(_ value: JSON, _ schema: JSON) -> Verdict {
        if case .bool(let isGood) = schema { return isGood ? .good : .bad }
        guard case .object(let members) = schema else { return .unknownKeyword("no schema") }
        for member in members {
            let verdict = judge(value, member.name, member.value, schema)
            if verdict != .good { return verdict }
        }
        return .good
    }

    private func judge(_ value: JSON, _ keyword: String, _ argument: JSON, _ schema: JSON) -> Verdict {
        switch (keyword, argument) {
        case ("$schema", _), ("title", _), ("description", _), ("$defs", _): return .good
        case ("$ref", .string(let path)):
            guard let target = root["$defs"]?[String(path.dropFirst("#/$defs/".count))] else {
                return .unknownKeyword(path)
            }
            return judge(value, target)
        case ("type", .string(let type)): return good(has(value, type))
        case ("enum", .array(let words)): return good(words.contains(value))
        case ("const", _): return good(value == argument)
        case ("anyOf", .array(let schemas)):
            let verdicts = schemas.map { judge(value, $0) }
            return verdicts.first { $0 != .good && $0 != .bad } ?? good(verdicts.contains(.good))
        default: return judgeContent(value, keyword, argument, schema)
        }
    }

    private func judgeContent(_ value: JSON, _ keyword: String, _ argument: JSON, _ schema: JSON) -> Verdict {
        switch (keyword, argument, value) {
        case ("properties", .object(let properties), .object(let members)):
            return all(members) { member in
                properties.first { $0.name == member.name }.map { judge(member.value, $0.value) } ?? .good
            }
        case ("additionalProperties", _, .object(let members)):
            return all(members) { member in
                schema["properties"]?[member.name] == nil ? judge(member.value, argument) : .good
            }
        case ("required", .array(let names), .object(let members)):
            return good(names.allSatisfy { name in members.contains { .string($0.name) == name } })
        case ("minProperties", .int(let least), .object(let members)): return good(members.count >= least)
        case ("maxProperties", .int(let most), .object(let members)): return good(members.count <= most)
        case ("items", _, .array(let elements)): return all(elements) { judge($0, argument) }
        case ("minItems", .int(let least), .array(let elements)): return good(elements.count >= least)
        case ("uniqueItems", .bool(true), .array(let elements)):
            return good(elements.indices.allSatisfy { !elements[..<$0].contains(elements[$0]) })
        case ("minLength", .int(let least), .string(let text)):
            return good(text.unicodeScalars.count >= least)
        case ("pattern", .string(let pattern), .string(let text)):
            return good((try? Regex(pattern).firstMatch(in: text)) ?? nil != nil)
        case ("minimum", .int(let least), .int(let number)): return good(number >= least)
        case ("maximum", .int(let most), .int(let number)): return good(number <= most)
        case ("maximum", .int(let most), .double(let number)): return good(number <= Double(most))
        case ("exclusiveMinimum", .int(let bound), .int(let number)): return good(number > bound)
        default:
            let known = [
                "properties", "additionalProperties", "required", "minProperties", "maxProperties", "items",
                "minItems",
                "uniqueItems", "minLength", "pattern", "minimum", "maximum", "exclusiveMinimum",
            ]
            // Said of values of another kind.
            return known.contains(keyword) ? .good : .unknownKeyword(keyword)
        }
    }

    private func all<Element>(_ elements: [Element], _ judge: (Element) -> Verdict) -> Verdict {
        elements.lazy.map(judge).first { $0 != .good } ?? .good
    }

    private func good(_ isGood: Bool) -> Verdict { isGood ? .good : .bad }

    private func has(_ value: JSON, _ type: String) -> Bool {
        switch value {
        case .null: type == "null"
        case .bool: type == "boolean"
        case .int: type == "integer" || type == "number"
        case .double: type == "number"
        case .string: type == "string"
        case .array: type == "array"
        case .object: type == "object"
        }
    }
}
