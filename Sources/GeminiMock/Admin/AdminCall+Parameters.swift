// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire

/// The values of a query's parameters; an empty one is none.
extension AdminCall {
    func text(_ name: String) throws(AdminError) -> String? {
        let values = head.target.query.filter { $0.name == name }
        guard values.count < 2 else { throw .badRequest("“\(name)” stands there twice.") }
        return values.first.flatMap { $0.value.isEmpty ? nil : $0.value }
    }

    func int(_ name: String, _ range: ClosedRange<Int>) throws(AdminError) -> Int? {
        guard let text = try text(name) else { return nil }
        guard let number = Int(text), range.contains(number) else {
            let most = range.upperBound == Int.max ? "on" : "to \(range.upperBound)"
            throw AdminCall.wrong(name, "a whole number from \(range.lowerBound) \(most)", text)
        }
        return number
    }

    func bool(_ name: String) throws(AdminError) -> Bool? {
        try choice(name, ["true", "false"]).map { $0 == "true" }
    }

    func choice(_ name: String, _ values: [String]) throws(AdminError) -> String? {
        guard let text = try text(name) else { return nil }
        guard values.contains(text) else {
            let near = AdminFields.hint(text, values)
            throw .badRequest("“\(name)” can't be \(AdminCall.quoted(text))\(near).")
        }
        return text
    }

    /// RFC 3339 with a zone, as nanoseconds since 1970.
    func time(_ name: String) throws(AdminError) -> Int64? {
        guard let text = try text(name) else { return nil }
        guard let time = Timestamp.nanoseconds(text) else {
            throw AdminCall.wrong(name, "a time such as 2026-11-21T08:30:00Z", text)
        }
        return time
    }

    static func wrong(_ name: String, _ form: String, _ found: String) -> AdminError {
        .badRequest("“\(name)” must be \(form), found \(quoted(found)).")
    }

    private static func quoted(_ text: String) -> String { "“\(LogText.plain(String(text.prefix(100))))”" }
}
