// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Single values; what is of another kind is reported and read as nil.
extension ScenarioDecoder {
    func expected(_ what: String, _ value: LocatedJSON, hint: String = "") {
        problems.add(value.place, "expected \(what), found \(value.description)\(hint)")
    }

    func text(_ value: LocatedJSON) -> String? {
        switch value.kind {
        case .string(let text): return text
        case .int, .double, .bool: expected("a text", value, hint: ": put it in quotes")
        default: expected("a text", value)
        }
        return nil
    }

    /// A text that isn't empty.
    func name(_ value: LocatedJSON) -> String? {
        guard let text = text(value) else { return nil }
        if text.isEmpty { problems.add(value.place, "this must not be empty") }
        return text
    }

    func bool(_ value: LocatedJSON) -> Bool? {
        switch value.kind {
        case .bool(let value): return value
        case .string(let text):
            let meant = [
                "yes": "true", "on": "true", "true": "true", "no": "false", "off": "false", "false": "false",
            ]
            problems.add(
                value.place, "expected true or false, found \(value.description)",
                suggestion: meant[text.lowercased()])
        default: expected("true or false", value)
        }
        return nil
    }

    func int(_ value: LocatedJSON, atLeast least: Int, what: String = "a whole number") -> Int? {
        guard case .int(let number) = value.kind else {
            expected(what, value)
            return nil
        }
        guard number >= least else {
            problems.add(value.place, "\(number) is too small: the least is \(least)")
            return nil
        }
        return number
    }

    /// One of some words.
    func word(_ value: LocatedJSON, among known: [String]) -> String? {
        guard let text = text(value) else { return nil }
        guard known.contains(text) else {
            let choice = known.count > 8 ? "" : ": expected \(Quoted.choice(known))"
            problems.add(
                value.place, "\(Quoted.text(text)) isn’t known here\(choice)",
                suggestion: Suggestion.nearest(to: text, among: known))
            return nil
        }
        return text
    }

    func word<Word: RawRepresentable & CaseIterable>(_ value: LocatedJSON) -> Word?
    where Word.RawValue == String {
        word(value, among: Word.allCases.map(\.rawValue)).flatMap { Word(rawValue: $0) }
    }

    func list(_ value: LocatedJSON, _ what: String, atLeast least: Int = 0) -> [LocatedJSON] {
        guard case .list(let values) = value.kind else {
            problems.add(value.place, "\(what) must be a list, found \(value.description)")
            return []
        }
        if values.count < least { problems.add(value.place, "\(what) must not be empty") }
        return values
    }

    func map(_ value: LocatedJSON, _ what: String) -> [LocatedJSON.Field] {
        guard case .map(let fields) = value.kind else {
            problems.add(value.place, "\(what) must be a map, found \(value.description)")
            return []
        }
        return fields
    }

    /// One, or a list of them.
    func oneOrMore(_ value: LocatedJSON, _ what: String) -> [LocatedJSON] {
        guard case .list = value.kind else { return [value] }
        let values = list(value, what, atLeast: 1)
        atMost(100, values.count, value, what)
        return Array(values.prefix(100))
    }

    /// Each of them may be compared with each of another stub.
    func atMost(_ most: Int, _ count: Int, _ value: LocatedJSON, _ what: String) {
        if count > most { problems.add(value.place, "\(what) may have \(most) entries, found \(count)") }
    }

    // MARK: - Quantities

    /// `500ms`, `3s`, `2m`, `9.5h`, `1d`; at most 1,000 days.
    func duration(_ value: LocatedJSON) -> Duration? {
        let form = "a duration such as 500ms, 3s, 2m, 9.5h or 1d"
        guard case .string(let text) = value.kind else {
            if case .int(let number) = value.kind {
                problems.add(
                    value.place, "the number \(number) has no unit",
                    suggestion: number < 0 ? nil : "\(number)s")
            } else {
                expected(form, value)
            }
            return nil
        }
        do throws(DurationText.Failure) {
            return try DurationText.duration(text)
        } catch {
            switch error {
            case .isNone: expected(form, value)
            case .isTooLong:
                problems.add(value.place, "\(Quoted.text(text)) is too long: the most is 1000d")
            }
            return nil
        }
    }

    private static let sizes: [(String, Double)] = [
        ("B", 1), ("kB", 1e3), ("KB", 1e3), ("MB", 1e6), ("GB", 1e9), ("KiB", 1024), ("MiB", 1_048_576),
        ("GiB", 1_073_741_824),
    ]

    /// Bytes as a number, or `20 MiB`.
    func size(_ value: LocatedJSON) -> Int? {
        switch value.kind {
        case .int: return int(value, atLeast: 0)
        case .string(let text):
            if let (number, unit) = DurationText.quantity(text),
                let factor = ScenarioDecoder.sizes.first(where: { $0.0 == unit })?.1,
                number * factor <= 1e15
            {
                return Int((number * factor).rounded())
            }
        default: break
        }
        expected("a size such as 1024, 500KB or 20MiB", value)
        return nil
    }

    /// One value, or a map with `min` and `max`.
    func bounds<Value>(_ value: LocatedJSON, _ read: (LocatedJSON) -> Value?) -> Bounds<Value>? {
        guard case .map = value.kind else { return read(value).map { Bounds(min: $0, max: $0) } }
        guard let fields = FieldReader(value, as: ScenarioForm.bounds, problems) else { return nil }
        let bounds = Bounds(min: fields["min"].flatMap(read), max: fields["max"].flatMap(read))
        if fields["min"] == nil, fields["max"] == nil {
            problems.add(value.place, "a range needs “min” or “max”")
        }
        if let min = bounds.min, let max = bounds.max, max < min {
            problems.add(value.place, "no number is in this range: “max” is less than “min”")
        }
        return bounds
    }

    // MARK: - Texts with a grammar

    /// A regular expression of PCRE2.
    func regex(_ value: LocatedJSON) -> String? {
        guard let text = name(value) else { return nil }
        guard text.utf8.count <= 1000 else {
            problems.add(
                value.place, "a regular expression may have 1000 bytes, this one has \(text.utf8.count)")
            return nil
        }
        do throws(RegularExpression.Failure) {
            _ = try RegularExpression(text)
            return text
        } catch {
            problems.add(
                value.place,
                "\(Quoted.text(text)) isn’t a regular expression: \(error.message) at character \(error.character)"
            )
            return nil
        }
    }

    /// A JSON Pointer.
    func pointer(_ value: LocatedJSON) -> String? {
        guard let text = text(value) else { return nil }
        guard text.isEmpty || text.hasPrefix("/") else {
            problems.add(value.place, "a JSON pointer begins with /", suggestion: "/\(text.prefix(60))")
            return nil
        }
        return text
    }

    func template(_ value: LocatedJSON) -> Template? {
        guard let text = text(value) else { return nil }
        do throws(Template.Failure) {
            return try Template(text)
        } catch {
            problems.add(value.place, error.message, suggestion: error.suggestion)
            return nil
        }
    }
}
