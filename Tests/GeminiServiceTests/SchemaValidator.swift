// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPWire

/// Whether a value satisfies a schema. Written from the specifications of JSON Schema and OpenAPI and shares
/// nothing
/// with what makes the values, so that a wrong belief isn't on both sides.
struct SchemaValidator {
    let root: JSON

    /// What is wrong, each with its place; empty where all is well.
    func problems(_ value: JSON, _ schema: JSON, at path: String = "$") -> [String] {
        switch schema {
        case .bool(let allowsAll): return allowsAll ? [] : ["\(path): nothing is allowed here"]
        case .object: break
        default: return []
        }
        if case .null = value, schema["nullable"] == true { return [] }
        var found: [String] = []
        if case .string(let reference) = schema["$ref"] {
            if let target = target(reference) {
                found += problems(value, target, at: path)
            } else {
                found.append("\(path): no \(reference)")
            }
        }
        found += types(value, schema, path) + combinations(value, schema, path)
        if let constant = schema["const"], !isEqual(constant, value) {
            found.append("\(path): not the constant")
        }
        if let choices = list(schema["enum"]), !choices.contains(where: { isEqual($0, value) }) {
            found.append("\(path): none of the choices: \(text(value))")
        }
        switch value {
        case .object(let members): found += object(members, schema, path)
        case .array(let elements): found += array(elements, schema, path)
        case .string(let string): found += strings(string, schema, path)
        case .int(let int): found += numbers(Double(int), schema, path)
        case .double(let double): found += numbers(double, schema, path)
        case .null, .bool: break
        }
        return found
    }

    // MARK: Reading

    private func list(_ json: JSON?) -> [JSON]? { if case .array(let list) = json { list } else { nil } }

    private func members(_ json: JSON?) -> [JSON.Member] {
        if case .object(let members) = json { members } else { [] }
    }

    private func number(_ json: JSON?) -> Double? {
        switch json {
        case .int(let value): Double(value)
        case .double(let value): value
        case .string(let text): Double(text)
        default: nil
        }
    }

    private func text(_ json: JSON) -> String { String(decoding: json.bytes(.compact), as: UTF8.self) }

    private func isEqual(_ a: JSON, _ b: JSON) -> Bool {
        if case .string = a { return a == b }
        if case .string = b { return false }
        if let a = number(a), let b = number(b) { return a == b }
        return a == b
    }

    private func target(_ reference: String) -> JSON? {
        guard reference.hasPrefix("#") else { return nil }
        return reference.dropFirst().split(separator: "/").reduce(Optional(root)) { json, step in
            let name = step.replacingOccurrences(of: "~1", with: "/").replacingOccurrences(
                of: "~0", with: "~")
            if case .array(let list) = json {
                return Int(name).flatMap { list.indices.contains($0) ? list[$0] : nil }
            }
            return json?[name.removingPercentEncoding ?? name]
        }
    }

    // MARK: Keywords

    private func types(_ value: JSON, _ schema: JSON, _ path: String) -> [String] {
        guard let type = schema["type"] else { return [] }
        let numbered = ["string", "number", "integer", "boolean", "array", "object", "null"]
        let names = (list(type) ?? [type]).map { name in
            switch name {
            case .string(let name): name.lowercased()
            case .int(let number): numbered[number - 1]
            default: "?"
            }
        }
        let actual: [String] =
            switch value {
            case .null: ["null"]
            case .bool: ["boolean"]
            case .int: ["integer", "number"]
            case .double(let double): double == double.rounded() ? ["integer", "number"] : ["number"]
            case .string: ["string"]
            case .array: ["array"]
            case .object: ["object"]
            }
        return Set(names).isDisjoint(with: actual)
            ? ["\(path): \(actual[0]), not \(names.joined(separator: " or "))"] : []
    }

    private func combinations(_ value: JSON, _ schema: JSON, _ path: String) -> [String] {
        var found = (list(schema["allOf"]) ?? []).flatMap { problems(value, $0, at: path) }
        if let any = list(schema["anyOf"]), !any.contains(where: { problems(value, $0).isEmpty }) {
            found.append("\(path): none of anyOf")
        }
        if let one = list(schema["oneOf"]) {
            let count = one.count { problems(value, $0).isEmpty }
            if count != 1 { found.append("\(path): \(count) of oneOf") }
        }
        return found
    }

    private func object(_ members: [JSON.Member], _ schema: JSON, _ path: String) -> [String] {
        var found: [String] = []
        let names = members.map(\.name)
        if Set(names).count != names.count { found.append("\(path): a name stands twice") }
        for case .string(let name) in list(schema["required"]) ?? [] where !names.contains(name) {
            found.append("\(path): \(name) is missing")
        }
        let properties = self.members(schema["properties"])
        for member in members {
            if let property = properties.first(where: { $0.name == member.name }) {
                found += problems(member.value, property.value, at: "\(path).\(member.name)")
            } else if let additional = schema["additionalProperties"] {
                found += problems(member.value, additional, at: "\(path).\(member.name)")
            }
        }
        if let least = number(schema["minProperties"]), Double(names.count) < least {
            found.append("\(path): too few")
        }
        if let most = number(schema["maxProperties"]), Double(names.count) > most {
            found.append("\(path): too many")
        }
        return found
    }

    private func array(_ elements: [JSON], _ schema: JSON, _ path: String) -> [String] {
        var found: [String] = []
        let prefix = list(schema["prefixItems"]) ?? []
        for (index, element) in elements.enumerated() {
            if index < prefix.count {
                found += problems(element, prefix[index], at: "\(path)[\(index)]")
            } else if let items = schema["items"] {
                found += problems(element, items, at: "\(path)[\(index)]")
            }
        }
        if let least = number(schema["minItems"]), Double(elements.count) < least {
            found.append("\(path): too few")
        }
        if let most = number(schema["maxItems"]), Double(elements.count) > most {
            found.append("\(path): too many")
        }
        if schema["uniqueItems"] == true, Set(elements.map { text($0) }).count != elements.count {
            found.append("\(path): an element stands twice")
        }
        return found
    }

    private func strings(_ string: String, _ schema: JSON, _ path: String) -> [String] {
        let length = Double(string.unicodeScalars.count)
        var found: [String] = []
        if let least = number(schema["minLength"]), length < least { found.append("\(path): too short") }
        if let most = number(schema["maxLength"]), length > most { found.append("\(path): too long") }
        if case .string(let format) = schema["format"], let pattern = SchemaValidator.patterns[format],
            string.range(of: "^\(pattern)$", options: .regularExpression) == nil
        {
            found.append("\(path): \(string) is no \(format)")
        }
        return found
    }

    private static let patterns = [
        "date-time": #"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)"#, "date": #"\d{4}-\d\d-\d\d"#,
        "time": #"\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)"#,
        "duration": #"P(\d+D)?(T(\d+H)?(\d+M)?(\d+S)?)?"#,
        "email": #"[^@\s]+@[^@\s]+\.[a-z]+"#, "uri": #"[a-z]+://[^\s]+"#,
        "hostname": #"[a-z0-9-]+(\.[a-z0-9-]+)*"#,
        "ipv4": #"\d{1,3}(\.\d{1,3}){3}"#, "ipv6": #"[0-9a-f:]+"#, "byte": #"[A-Za-z0-9+/]*={0,2}"#,
        "uuid": #"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"#,
    ]

    private func numbers(_ value: Double, _ schema: JSON, _ path: String) -> [String] {
        var found: [String] = []
        if !value.isFinite { found.append("\(path): not a number") }
        let (minimum, maximum) = (number(schema["minimum"]), number(schema["maximum"]))
        if let minimum, value < minimum || value == minimum && schema["exclusiveMinimum"] == true {
            found.append("\(path): \(value) below \(minimum)")
        }
        if let maximum, value > maximum || value == maximum && schema["exclusiveMaximum"] == true {
            found.append("\(path): \(value) above \(maximum)")
        }
        if let bound = number(schema["exclusiveMinimum"]), value <= bound {
            found.append("\(path): \(value) not above \(bound)")
        }
        if let bound = number(schema["exclusiveMaximum"]), value >= bound {
            found.append("\(path): \(value) not below \(bound)")
        }
        if let step = number(schema["multipleOf"]),
            abs((value / step).rounded() - value / step) > 1e-9 * max(1, abs(value / step))
        {
            found.append("\(path): \(value) no multiple of \(step)")
        }
        return found
    }
}
