// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// The problems of one file, as they are found, and the plain readings that find them. One decoder on one thread uses it.
final class CaseProblemList {
    let file: String
    private(set) var problems: [CaseProblem] = []
    /// Nobody reads more.
    private static let most = 100

    init(file: String) { self.file = file }

    func add(_ value: LocatedJSON, _ message: String, suggestion: String? = nil) {
        add(at: value.place, message, suggestion: suggestion)
    }

    func add(at place: TextPlace, _ message: String, suggestion: String? = nil) {
        guard problems.count < CaseProblemList.most else { return }
        problems.append(
            CaseProblem(
                file: file, line: place.line, column: place.column, message: message, suggestion: suggestion))
    }

    /// - Throws: all of them, if there are any.
    func end() throws(CaseProblems) {
        if problems.isEmpty { return }
        throw CaseProblems(problems: problems.sorted { ($0.line, $0.column) < ($1.line, $1.column) })
    }

    // MARK: Values

    func text(_ value: LocatedJSON) -> String? {
        guard case .string(let text) = value.kind, !text.isEmpty else {
            add(value, "a text is expected here, found \(value.found)")
            return nil
        }
        return text
    }

    func bool(_ value: LocatedJSON) -> Bool? {
        guard case .bool(let bool) = value.kind else {
            add(value, "true or false is expected here, found \(value.found)")
            return nil
        }
        return bool
    }

    /// A whole number that isn't negative.
    func count(_ value: LocatedJSON) -> Int? {
        guard case .int(let number) = value.kind, number >= 0 else {
            add(value, "a whole number is expected here, found \(value.found)")
            return nil
        }
        return number
    }

    func number(_ value: LocatedJSON) -> Double? {
        switch value.kind {
        case .int(let number): return Double(number)
        case .double(let number): return number
        default:
            add(value, "a number is expected here, found \(value.found)")
            return nil
        }
    }

    func list(_ value: LocatedJSON) -> [LocatedJSON] {
        guard case .list(let values) = value.kind else {
            add(value, "a list is expected here, found \(value.found)")
            return []
        }
        return values
    }

    /// One text or a list of some.
    func texts(_ value: LocatedJSON) -> [String] {
        if case .list(let values) = value.kind { return values.compactMap { text($0) } }
        return text(value).map { [$0] } ?? []
    }

    func word<Word: RawRepresentable & CaseIterable>(_ value: LocatedJSON) -> Word?
    where Word.RawValue == String {
        guard let text = text(value) else { return nil }
        if let word = Word(rawValue: text) { return word }
        let words = Word.allCases.map(\.rawValue)
        add(
            value, "“\(text)” is none of \(words.joined(separator: ", "))",
            suggestion: Suggestion.nearest(to: text, among: words))
        return nil
    }

    /// `500ms`, `3s`, `2m`.
    func duration(_ value: LocatedJSON) -> Duration? {
        guard let (number, unit) = quantity(value) else { return nil }
        switch unit {
        case "ms": return .microseconds(Int64((number * 1000).rounded()))
        case "s": return .milliseconds(Int64((number * 1000).rounded()))
        case "m": return .milliseconds(Int64((number * 60_000).rounded()))
        default:
            add(value, "a time such as 500ms or 3s is expected here, found \(value.found)")
            return nil
        }
    }

    /// A number of bytes, or `3MiB`.
    func size(_ value: LocatedJSON) -> Int? {
        if case .int(let number) = value.kind, number >= 0 { return number }
        let units = ["B": 1.0, "KiB": 1024, "MiB": 1_048_576, "GiB": 1_073_741_824]
        guard let (number, unit) = quantity(value), let factor = units[unit] else {
            add(value, "a size such as 4096 or 3MiB is expected here, found \(value.found)")
            return nil
        }
        return Int((number * factor).rounded())
    }

    private func quantity(_ value: LocatedJSON) -> (Double, String)? {
        guard case .string(let text) = value.kind else {
            add(value, "a number with its unit is expected here, found \(value.found)")
            return nil
        }
        let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        // Nothing that is waited for or made is larger.
        guard let number = Double(String(digits)), number < 1_000_000 else {
            add(value, "a number with its unit is expected here, found \(value.found)")
            return nil
        }
        return (number, String(text[digits.endIndex...].drop { $0 == " " }))
    }
}

extension LocatedJSON {
    /// What it is, for people.
    var found: String { words { "“\($0.prefix(60))”" } }
}
