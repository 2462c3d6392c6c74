// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// One check of a received value against a schema, up to the first place that doesn't fit, or to some more.
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
    /// Lists of alternatives inside one another.
    private var alternatives = 0
    private var difference: (expected: String, got: String)?
    /// How many differences to look for; 0 for the first one alone, without its place.
    private let most: Int
    private(set) var differences: [JSONDifference] = []
    /// How many schemas were fulfilled, wholly or in part, before the first difference.
    private(set) var passed = 0

    /// - Parameter most: how many differences to keep; the check goes on until it has them.
    init(_ schema: SchemaRules, most: Int = 0) {
        self.schema = schema
        self.most = most
    }

    mutating func verdict(_ view: JSONView) -> Verdict {
        let isGood = fits(0, view, hops: 0)
        if left < 0 { return .givenUp }
        if isGood { return .fits }
        let found = difference ?? ("another value", JSONWords.of(view))
        return .differs(expected: found.expected, got: found.got)
    }

    /// Whether more differences are looked for. What is wrong with alternatives is none.
    ///
    /// It changes nothing; another kind of function would have the whole check copied to the stack at each use.
    private mutating func goesOn() -> Bool { differences.count < most && left >= 0 && alternatives == 0 }

    /// Notes a difference.
    private mutating func differs(_ expected: @autoclosure () -> String, _ got: @autoclosure () -> String)
        -> Bool
    {
        if difference == nil {
            let place = path.isEmpty ? "" : " at /\(path.map(JSONPointer.escaped).joined(separator: "/"))"
            let isSecret = path.contains { CredentialFields.isCredential(named: $0) }
            difference = isSecret ? ("a certain value" + place, "another one") : (expected() + place, got())
        }
        if goesOn() {
            differences.append(JSONDifference(path, expected: expected(), got: got()))
        }
        return false
    }

    private mutating func pay(_ cost: Int) -> Bool {
        left -= cost
        return left >= 0
    }

    /// - Parameter step: to `view`; nil where it is looked at already.
    private mutating func fits(_ number: Int, _ view: JSONView, at step: String? = nil, hops: Int) -> Bool {
        guard pay(1), hops < Self.mostHops else { return left >= 0 }
        guard depth < Self.mostDepth else {
            left = -1
            return false
        }
        depth += 1
        if let step { path.append(step) }
        defer {
            depth -= 1
            if step != nil { path.removeLast() }
        }
        switch schema[number] {
        case .anything: return true
        case .nothing: return differs("nothing", JSONWords.of(view))
        case .broken(let path):
            return differs("what \(Quoted.text(path)) says, which is not in the schema", "nothing")
        case .value(let rule):
            if view.isNull, rule.facets.isNullable { return true }
            guard fitsItself(rule, view) else { return false }
            let hasContent = fitsContent(rule, view)
            guard hasContent || goesOn(), fitsParts(rule, view, hops: hops), hasContent else { return false }
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
        var isGood = true
        if let reference = rule.facets.reference, !fits(reference, view, hops: hops + 1) {
            isGood = false
            guard goesOn() else { return false }
        }
        for part in rule.facets.allOf where !fits(part, view, hops: hops + 1) {
            isGood = false
            guard goesOn() else { return false }
        }
        if !rule.facets.anyOf.isEmpty, count(rule.facets.anyOf, view, upTo: 1, hops) == 0 {
            return differs("one of \(rule.facets.anyOf.count) alternatives", JSONWords.of(view))
        }
        guard !rule.facets.oneOf.isEmpty else { return isGood && left >= 0 }
        let fitting = count(rule.facets.oneOf, view, upTo: 2, hops)
        if fitting == 1 { return isGood }
        return differs(
            "exactly one of \(rule.facets.oneOf.count) alternatives",
            fitting == 0 ? JSONWords.of(view) : "\(JSONWords.of(view)), which fits several")
    }

    /// How many of the alternatives fit. What is wrong with the others is no difference.
    private mutating func count(_ parts: [Int], _ view: JSONView, upTo most: Int, _ hops: Int) -> Int {
        var count = 0
        let before = difference
        alternatives += 1
        for part in parts where count < most && left >= 0 {
            if fits(part, view, hops: hops + 1) { count += 1 }
            difference = before
        }
        alternatives -= 1
        return count
    }

    // What recurses is kept apart from what doesn't: its frames are on the stack for each level.

    private mutating func fitsObject(_ rule: SchemaRules.Value, _ view: JSONView) -> Bool {
        guard let last = lastMembers(of: view) else { return false }
        var isGood = hasMembers(rule, last)
        guard isGood || goesOn() else { return false }
        guard !rule.facets.properties.isEmpty || rule.facets.additional != nil else { return isGood }
        for member in view.members {
            let name = member.name
            guard pay(1), last[name] == member.value.position else {
                if left < 0 { return false }
                continue
            }
            guard let number = SchemaCheck.number(of: name, in: rule),
                !fits(number, member.value, at: name, hops: 0)
            else { continue }
            isGood = false
            guard goesOn() else { return false }
        }
        return isGood
    }

    /// Which schema is for a member.
    private static func number(of name: String, in rule: SchemaRules.Value) -> Int? {
        rule.facets.properties[name] ?? rule.facets.additional
    }

    /// Where each member stands. Of a name that was sent twice the last one counts.
    private mutating func lastMembers(of view: JSONView) -> [String: Int]? {
        var last: [String: Int] = [:]
        for member in view.members {
            guard pay(2) else { return nil }
            last[member.name] = member.value.position
        }
        return last
    }

    private mutating func hasMembers(_ rule: SchemaRules.Value, _ last: [String: Int]) -> Bool {
        guard rule.facets.members.contains(last.count) else {
            return differs(rule.facets.members.words(unit: " members"), "\(last.count)")
        }
        var hasAll = true
        for name in rule.facets.required where last[name] == nil {
            hasAll = differs("a member \(Quoted.text(name))", "none")
            guard goesOn() else { return false }
        }
        return hasAll
    }

    private mutating func fitsArray(_ rule: SchemaRules.Value, _ view: JSONView) -> Bool {
        var (count, known): (Int, Set<[UInt8]>) = (0, [])
        var isGood = true
        for element in view.elements {
            guard pay(1) else { return false }
            if let number = SchemaCheck.number(at: count, in: rule),
                !fits(number, element, at: "\(count)", hops: 0)
            {
                isGood = false
                guard goesOn() else { return false }
            }
            if rule.facets.hasUniqueItems, !isNew(element, at: count, &known) {
                isGood = false
                guard goesOn() else { return false }
            }
            count += 1
        }
        if rule.facets.elements.contains(count) { return isGood }
        return differs(rule.facets.elements.words(unit: " elements"), "\(count)")
    }

    private static func number(at place: Int, in rule: SchemaRules.Value) -> Int? {
        place < rule.facets.prefixItems.count ? rule.facets.prefixItems[place] : rule.facets.items
    }

    private mutating func isNew(_ element: JSONView, at place: Int, _ known: inout Set<[UInt8]>) -> Bool {
        guard pay(element.source.count / 4) else { return false }
        if known.insert(CanonicalJSON.bytes(element)).inserted { return true }
        path.append("\(place)")
        defer { path.removeLast() }
        return differs("a value that isn’t there yet", JSONWords.of(element))
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
