// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire

/// What making one value looks things up in, and how much it may still do.
///
/// A schema of a few bytes can ask for a value without end (each member twice itself, a billion elements), and one of
/// megabytes can be read again for each element. So everything read or made is paid for; when nothing is left, the
/// value ends as it is.
struct SchemaScope {
    /// What is paid for: a member or an element looked at, or a byte made, is one. All of it takes less than 0.1 s.
    private static let allowance = 1_000_000
    /// A value, and a schema that is read for one, cost about as much as so many bytes.
    private static let valueCost = 50
    private static let schemaCost = 20
    /// A name that is kept.
    static let nameCost = 4
    /// Longer references than anybody writes aren't followed.
    private static let longestReference = 1_000

    /// The outermost schema, which references point into.
    private let root: JSONView
    private var left = allowance
    private var targets: [String: JSONView] = [:]

    init(root: JSONView) {
        self.root = root
    }

    /// Whether nothing more is to be read or made.
    var isSpent: Bool { left <= 0 }

    mutating func pay(_ cost: Int) { left -= min(cost, SchemaScope.allowance) }

    mutating func payForValue() { pay(SchemaScope.valueCost) }

    mutating func payForSchema() { pay(SchemaScope.schemaCost) }

    /// As many elements as can be paid for.
    mutating func elements(of view: JSONView, cost: Int) -> [JSONView] {
        let elements = Array(view.elements.prefix(max(0, left / cost + 1)))
        pay(elements.count * cost)
        return elements
    }

    /// A copy of a value that stands in the schema.
    mutating func copy(_ view: JSONView) -> JSON {
        pay(view.source.count)
        return isSpent && view.source.count > SchemaScope.valueCost ? .null : JSON(view)
    }

    /// What `#/$defs/Name` and its kin stand for: JSON pointers into the outermost schema (RFC 6901).
    mutating func resolve(_ reference: String) -> JSONView? {
        if let target = targets[reference] { return target }
        guard reference.hasPrefix("#"), reference.utf8.count <= SchemaScope.longestReference else {
            return nil
        }
        var view = root
        for step in reference.dropFirst().split(separator: "/") {
            // Finding a member means looking at those before it, of ten bytes at least.
            pay(view.source.count / 10)
            guard !isSpent, let next = SchemaScope.child(of: view, step) else { return nil }
            view = next
        }
        targets[reference] = view
        return view
    }

    private static func child(of view: JSONView, _ step: Substring) -> JSONView? {
        let name = PercentEncoding.decode(step, plusIsBlank: false)
            .split(separator: "~1", omittingEmptySubsequences: false).joined(separator: "/")
            .split(separator: "~0", omittingEmptySubsequences: false).joined(separator: "~")
        if let member = view[name] { return member }
        guard let index = Int(name), index >= 0 else { return nil }
        return view.elements.dropFirst(index).first { _ in true }
    }
}
