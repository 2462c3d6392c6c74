// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// What must hold of a value that is there or isn't.
struct ValueCondition: Sendable {
    static let names = CaseForm.condition.names

    private indirect enum Demand: Sendable {
        case equals(JSON)
        case oneOf([JSON])
        case contains(String)
        case glob(WireGlob)
        case exists(Bool)
        case least(Double)
        case most(Double)
        case not(ValueCondition)
    }

    private var demands: [Demand] = []

    /// A value that is there, whatever it is.
    static var present: ValueCondition { ValueCondition([.exists(true)]) }

    private init(_ demands: [Demand]) { self.demands = demands }

    /// What stands in a check's map; that there is a value, where nothing does.
    init(_ fields: CaseFields, _ problems: CaseProblemList) {
        if let value = fields["equals"] { demands.append(.equals(value.json)) }
        if let value = fields["oneOf"] { demands.append(.oneOf(problems.list(value).map(\.json))) }
        if let text = fields["contains"].flatMap({ problems.text($0) }) { demands.append(.contains(text)) }
        if let text = fields["glob"].flatMap({ problems.text($0) }) { demands.append(.glob(WireGlob(text))) }
        if let bool = fields["exists"].flatMap({ problems.bool($0) }) { demands.append(.exists(bool)) }
        if let number = fields["min"].flatMap({ problems.number($0) }) { demands.append(.least(number)) }
        if let number = fields["max"].flatMap({ problems.number($0) }) { demands.append(.most(number)) }
        if let value = fields["not"], let inner = CaseFields(value, as: CaseForm.condition, problems) {
            demands.append(.not(ValueCondition(inner, problems)))
        }
        if demands.isEmpty { demands = [.exists(true)] }
    }

    func holds(_ value: JSON?) -> Bool { demands.allSatisfy { ValueCondition.holds($0, value) } }

    private static func holds(_ demand: Demand, _ value: JSON?) -> Bool {
        switch demand {
        case .equals(let wanted): same(value ?? .null, wanted)
        case .oneOf(let wanted): wanted.contains { same(value ?? .null, $0) }
        case .contains(let text): contains(value, text)
        case .glob(let glob): self.text(value).map { glob.matches($0) } ?? false
        case .exists(let isThere): (value != nil && value != .null) == isThere
        case .least(let least): number(value).map { $0 >= least } ?? false
        case .most(let most): number(value).map { $0 <= most } ?? false
        case .not(let condition): !condition.holds(value)
        }
    }

    /// Equal as JSON values: members in any order, 1 and 1.0 the same.
    static func same(_ one: JSON, _ other: JSON) -> Bool {
        switch (one, other) {
        case (.int, .double), (.double, .int): return number(one) == number(other)
        case (.array(let some), .array(let others)):
            return some.count == others.count && zip(some, others).allSatisfy { same($0, $1) }
        case (.object(let some), .object(let others)):
            return some.count == others.count
                && some.allSatisfy { member in other[member.name].map { same(member.value, $0) } ?? false }
        default: return one == other
        }
    }

    /// A text that has it in it, a list with such an element, an object with such a value.
    private static func contains(_ value: JSON?, _ text: String) -> Bool {
        switch value {
        case .string(let string): string.containsText(text)
        case .array(let elements): elements.contains { contains($0, text) }
        case .object(let members): members.contains { contains($0.value, text) }
        case .int, .double, .bool: self.text(value) == text
        case .null, nil: false
        }
    }

    private static func text(_ value: JSON?) -> String? {
        switch value {
        case .string(let text): text
        case .int(let number): "\(number)"
        case .double(let number): "\(number)"
        case .bool(let bool): "\(bool)"
        default: nil
        }
    }

    /// Of a list how many elements it has.
    private static func number(_ value: JSON?) -> Double? {
        switch value {
        case .int(let number): Double(number)
        case .double(let number): number
        case .string(let text): Double(text)
        case .array(let elements): Double(elements.count)
        default: nil
        }
    }

    /// For people, behind “is”.
    var text: String {
        demands.map { demand in
            switch demand {
            case .equals(let value): ValueText.text(value)
            case .oneOf(let values): values.map { ValueText.text($0) }.joined(separator: " or ")
            case .contains(let text): "something with “\(text)” in it"
            case .glob(let glob): "like “\(glob.text)”"
            case .exists(let isThere): isThere ? "there" : "not there"
            case .least(let number): "at least \(ValueText.number(number))"
            case .most(let number): "at most \(ValueText.number(number))"
            case .not(let condition): "not \(condition.text)"
            }
        }.joined(separator: ", ")
    }
}

/// Values as people read them in a verdict.
enum ValueText {
    private static let longest = 200

    static func text(_ value: JSON?) -> String {
        guard let value else { return "nothing" }
        switch value {
        case .string(let text): return "“\(cut(text))”"
        default: return cut(String(decoding: value.bytes(.singleLine), as: UTF8.self))
        }
    }

    static func number(_ number: Double) -> String {
        Int(exactly: number).map { "\($0)" } ?? "\(number)"
    }

    /// On one line, and nothing in it that a terminal would act upon.
    static func cut(_ text: String) -> String {
        var shown = ""
        var count = 0
        for scalar in text.unicodeScalars {
            guard count < longest else { return shown + "…" }
            shown.unicodeScalars.append(scalar.isActedUpon ? "\u{FFFD}" : scalar)
            count += 1
        }
        return shown
    }
}

extension String {
    /// Whether a text stands in it, byte for byte; every text has the empty one.
    func containsText(_ text: String) -> Bool {
        let (bytes, wanted) = (Array(utf8), Array(text.utf8))
        guard let first = wanted.first else { return true }
        guard bytes.count >= wanted.count else { return false }
        return (0...(bytes.count - wanted.count)).contains { start in
            bytes[start] == first && bytes[start..<(start + wanted.count)].elementsEqual(wanted)
        }
    }
}
