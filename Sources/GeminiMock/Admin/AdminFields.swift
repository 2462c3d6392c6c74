// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import ScenarioEngine

/// The members of an admin call's JSON body. None is passed over: who misspells one is told.
struct AdminFields {
    private var values: [String: JSONView] = [:]

    /// - Parameter known: the members that the call has; any of them may be missing.
    /// - Throws: `AdminError` for what is no JSON object, and for members that aren't known or stand twice.
    init(_ call: AdminCall, known: [String]) throws(AdminError) {
        let root: JSONView
        do {
            root = try JSONDocument(parsing: call.body, grammar: .strict).root
        } catch {
            throw .badRequest("The body isn't JSON: \(error.message) at byte \(error.offset).")
        }
        try self.init(root, known: known)
    }

    /// The members of an object in it.
    init(_ root: JSONView, known: [String]) throws(AdminError) {
        guard root.kind == .object else { throw .badRequest("The body must be a JSON object.") }
        for member in root.members {
            let name = member.name
            guard known.contains(name) else {
                throw .badRequest(
                    "The body has no “\(LogText.plain(name))”\(AdminFields.hint(name, known)).")
            }
            guard values.updateValue(member.value, forKey: name) == nil else {
                throw .badRequest("“\(name)” stands there twice.")
            }
        }
    }

    /// Refuses the members of a body that should have none.
    static func checkNone(_ call: AdminCall) throws(AdminError) {
        if !call.body.isEmpty { _ = try AdminFields(call, known: []) }
    }

    var isEmpty: Bool { values.isEmpty }

    /// A value; nil where there is none, or null.
    subscript(name: String) -> JSONView? { values[name].flatMap { $0.isNull ? nil : $0 } }

    func text(_ name: String) throws(AdminError) -> String? {
        guard let value = self[name] else { return nil }
        guard let text = value.string else { throw AdminFields.wrong(name, "a text", value) }
        return text
    }

    func bool(_ name: String) throws(AdminError) -> Bool? {
        guard let value = self[name] else { return nil }
        guard let bool = value.bool else { throw AdminFields.wrong(name, "true or false", value) }
        return bool
    }

    func int(_ name: String, _ range: ClosedRange<Int>) throws(AdminError) -> Int? {
        guard let value = self[name] else { return nil }
        guard let number = value.int, range.contains(number) else {
            throw AdminFields.wrong(
                name, "a whole number from \(range.lowerBound) to \(range.upperBound)", value)
        }
        return number
    }

    /// `500ms`, `2s`, `5m`, `48h`, `1d`, with a `+` before it or without.
    func duration(_ name: String) throws(AdminError) -> Duration? {
        guard let value = self[name] else { return nil }
        let form = "a duration such as 500ms, 2s, 5m, 48h or 1d"
        guard let text = value.string else { throw AdminFields.wrong(name, form, value) }
        do throws(DurationText.Failure) {
            return try DurationText.duration(text.hasPrefix("+") ? String(text.dropFirst()) : text)
        } catch {
            switch error {
            case .isNone: throw AdminFields.wrong(name, form, value)
            case .isTooLong: throw .badRequest("“\(name)” is too long: the most is 1000d.")
            }
        }
    }

    private static func wrong(_ name: String, _ form: String, _ found: JSONView) -> AdminError {
        let text = LogText.plain(String(decoding: found.source.prefix(100), as: UTF8.self))
        return .badRequest("“\(name)” must be \(form), found \(text).")
    }

    /// ` (did you mean …?)`, or all names where none is near.
    static func hint(_ name: String, _ known: [String]) -> String {
        if let near = Suggestion.nearest(to: name, among: known) { return " (did you mean \(near)?)" }
        return known.isEmpty ? "" : "; there are \(known.joined(separator: ", "))"
    }
}

extension AdminCall {
    /// Refuses parameters of the query that the call doesn't have.
    func checkQuery(_ known: [String] = []) throws(AdminError) {
        for item in head.target.query where !known.contains(item.name) {
            throw .badRequest(
                "There is no parameter “\(LogText.plain(item.name))”\(AdminFields.hint(item.name, known)).")
        }
    }
}
