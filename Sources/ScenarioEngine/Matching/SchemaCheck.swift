// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// One check of a received value against a schema, up to the first place that doesn't fit.
///
/// Bodies are a client's and schemas may refer to themselves: each step is paid for, and the check ends when nothing is
/// left.
struct SchemaCheck {
    enum Verdict: Equatable {
        case fits
        case differs(expected: String, got: String)
        /// The check was given up, so nothing is known.
        case givenUp
    }

    /// A value or a member looked at is one step, so are sixteen bytes read. All of them take about 0.1 s.
    private static let allowance = 500_000
    /// Schemas at one value that refer to one another: one that leads back to itself says nothing.
    private static let mostHops = 16
    /// Calls inside one another; a value alone goes 100 levels deep. Takes less than 512 KiB of stack, unoptimised.
    private static let mostDepth = 300

    private let schema: SchemaRules
    private var left = allowance
    private var path: [String] = []
    private var depth = 0
    private var difference: (expected: String, got: String)?
    /// How many schemas were fulfilled, wholly or in part, before the first difference.
    private(set) var passed = 0

    init(_ schema: SchemaRules) { self.schema = schema }

    mutating func verdict(_ view: JSONView) -> Verdict {
        let isGood = fits(0, view, hops: 0)
        if left < 0 { return .givenUp }
        if isGood { return .fits }
        let found = difference ?? ("another value", JSONWords.of(view))
        return .differs(expected: found.expected, got: found.got)
    }

    /// Notes a difference, the first one only.
    private mutating func differs(_ expected: @autoclosure () -> String, _ got: @autoclosure () -> String)
        -> Bool
    {
        if difference == nil {
            let place = path.isEmpty ? "" : " at /\(path.map(JSONPointer.escaped).joined(separator: "/"))"
            difference = (expected() + place, got())
        }
        return false
    }

    private mutating func pay(_ cost: Int) -> Bool {
        left -= cost
        return left >= 0
    }

    private mutating func fits(_ number: Int, _ view: JSONView, hops: Int) -> Bool {
        guard pay(1), hops < Self.mostHops else { return left >= 0 }
        guard depth < Self.mostDepth else {
            left = -1
            return false
        }
        depth += 1
        defer { depth -= 1 }
        switch schema[number] {
        case .anything: return true
        case .nothing: return differs("nothing", JSONWords.of(view))
        case .broken(let path):
            return differs("what \(Quoted.text(path)) says, which is not in the schema", "nothing")
        case .value(let rule):
            if view.isNull, rule.facets.isNullable { return true }
            guard fitsItself(rule, view), fitsContent(rule, view), fitsParts(rule, view, hops: hops) else {
                return false
            }
            passed += 1
            return true
        }
    }

    // MARK: - The value as a whole

    private mutating func fitsItself(_ rule: SchemaRules.Value, _ view: JSONView) -> Bool {
        if !rule.facets.types.isEmpty, !rule.facets.types.contains(where: { SchemaCheck.has($0, view) }) {
            let types = rule.facets.types.map {
                SchemaCheck.words[$0] ?? "a value of type \(Quoted.text($0))"
            }
            return differs(Quoted.choice(types), JSONWords.of(view))
        }
        guard pay(view.rawStringLength / 16) else { return false }
        if let constant = rule.facets.constant, !constant.fits(view) {
            return differs(constant.words, JSONWords.of(view))
        }
        if let choices = rule.facets.choices, !isOne(of: choices, view) {
            let words = choices.prefix(5).map(\.words) + (choices.count > 5 ? ["others"] : [])
            return differs(Quoted.choice(words), JSONWords.of(view))
        }
        return true
    }

    private mutating func fitsContent(_ rule: SchemaRules.Value, _ view: JSONView) -> Bool {
        switch view.kind {
        case .object: fitsObject(rule, view)
        case .array: fitsArray(rule, view)
        case .string: fitsString(rule, view)
        case .number: fitsNumber(rule, view)
        case .null, .bool: true
        }
    }

    private mutating func isOne(of choices: [JSONSubset], _ view: JSONView) -> Bool {
        for choice in choices {
            guard pay(1) else { return false }
            if choice.fits(view) { return true }
        }
        return false
    }

    private static let words = [
        "string": "a text", "number": "a number", "integer": "a whole number", "boolean": "true or false",
        "array": "an array", "object": "an object", "null": "null",
    ]

    private static func has(_ type: String, _ view: JSONView) -> Bool {
        switch (type, view.kind) {
        case ("string", .string), ("number", .number), ("boolean", .bool), ("array", .array),
            ("object", .object), ("null", .null):
            true
        case ("integer", .number): view.double.map { $0 == $0.rounded() } ?? false
        default: false
        }
    }

    // MARK: - Its parts

    private mutating func fitsParts(_ rule: SchemaRules.Value, _ view: JSONView, hops: Int) -> Bool {
        if let reference = rule.facets.reference, !fits(reference, view, hops: hops + 1) { return false }
        for part in rule.facets.allOf where !fits(part, view, hops: hops + 1) { return false }
        if !rule.facets.anyOf.isEmpty, count(rule.facets.anyOf, view, upTo: 1, hops) == 0 {
            return differs("one of \(rule.facets.anyOf.count) alternatives", JSONWords.of(view))
        }
        guard !rule.facets.oneOf.isEmpty else { return left >= 0 }
        let fitting = count(rule.facets.oneOf, view, upTo: 2, hops)
        return fitting == 1
            || differs(
                "exactly one of \(rule.facets.oneOf.count) alternatives",
                fitting == 0 ? JSONWords.of(view) : "\(JSONWords.of(view)), which fits several")
    }

    /// How many of the alternatives fit. What is wrong with the others is no difference.
    private mutating func count(_ parts: [Int], _ view: JSONView, upTo most: Int, _ hops: Int) -> Int {
        var count = 0
        let before = difference
        for part in parts where count < most && left >= 0 {
            let depthOfPath = path.count
            if fits(part, view, hops: hops + 1) { count += 1 }
            path.removeLast(path.count - depthOfPath)
            difference = before
        }
        return count
    }

    private mutating func fitsObject(_ rule: SchemaRules.Value, _ view: JSONView) -> Bool {
        // A name that was sent twice: the last one counts.
        var last: [String: Int] = [:]
        for member in view.members {
            guard pay(2) else { return false }
            last[member.name] = member.value.position
        }
        guard rule.facets.members.contains(last.count) else {
            return differs(rule.facets.members.words(unit: " members"), "\(last.count)")
        }
        for name in rule.facets.required where last[name] == nil {
            return differs("a member \(Quoted.text(name))", "none")
        }
        guard !rule.facets.properties.isEmpty || rule.facets.additional != nil else { return true }
        for member in view.members {
            let name = member.name
            guard pay(1), last[name] == member.value.position else {
                if left < 0 { return false }
                continue
            }
            guard let number = rule.facets.properties[name] ?? rule.facets.additional else { continue }
            path.append(name)
            guard fits(number, member.value, hops: 0) else { return false }
            path.removeLast()
        }
        return true
    }

    private mutating func fitsArray(_ rule: SchemaRules.Value, _ view: JSONView) -> Bool {
        var (count, known): (Int, Set<[UInt8]>) = (0, [])
        for element in view.elements {
            guard pay(1) else { return false }
            path.append("\(count)")
            if let number = count < rule.facets.prefixItems.count
                ? rule.facets.prefixItems[count] : rule.facets.items
            {
                guard fits(number, element, hops: 0) else { return false }
            }
            if rule.facets.hasUniqueItems {
                guard pay(element.source.count / 4) else { return false }
                guard known.insert(CanonicalJSON.bytes(element)).inserted else {
                    return differs("a value that isn’t there yet", JSONWords.of(element))
                }
            }
            path.removeLast()
            count += 1
        }
        return rule.facets.elements.contains(count)
            || differs(rule.facets.elements.words(unit: " elements"), "\(count)")
    }

    // MARK: - Strings and numbers

    private mutating func fitsString(_ rule: SchemaRules.Value, _ view: JSONView) -> Bool {
        if rule.facets.length.min != nil || rule.facets.length.max != nil {
            // Scalars are what JSON Schema counts.
            let length = view.withStringBytes { $0.reduce(0) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 } } ?? 0
            guard rule.facets.length.contains(length) else {
                return differs(rule.facets.length.words(unit: " characters"), "\(length)")
            }
        }
        guard let format = rule.facets.format, !(view.withStringBytes { format.fits($0) } ?? false) else {
            return true
        }
        return differs("a text in the format “\(format.name)”", JSONWords.of(view))
    }

    private mutating func fitsNumber(_ rule: SchemaRules.Value, _ view: JSONView) -> Bool {
        let (range, above, below) = (rule.facets.numbers, rule.facets.isAbove, rule.facets.isBelow)
        guard range.min != nil || range.max != nil || above != nil || below != nil || rule.facets.step != nil,
            let value = view.double
        else { return true }
        let got = { JSONWords.of(view) }
        if !range.contains(value) { return differs("\(range.words { SchemaCheck.words($0) })", got()) }
        if let above, value <= above { return differs("more than \(SchemaCheck.words(above))", got()) }
        if let below, value >= below { return differs("less than \(SchemaCheck.words(below))", got()) }
        if let step = rule.facets.step, !SchemaCheck.isMultiple(value, of: step) {
            return differs("a multiple of \(SchemaCheck.words(step))", got())
        }
        return true
    }

    private static func words(_ number: Double) -> String {
        Int(exactly: number).map { "\($0)" } ?? "\(number)"
    }

    /// 0.3 is a multiple of 0.1, though no Double divides so.
    private static func isMultiple(_ value: Double, of step: Double) -> Bool {
        let quotient = value / step
        return abs(quotient - quotient.rounded()) <= 1e-9 * max(1, abs(quotient))
    }
}
