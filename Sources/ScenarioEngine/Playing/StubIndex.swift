// SPDX-License-Identifier: Apache-2.0

/// Finds the stubs that a request may fit without asking each of them.
///
/// A stub is filed under one literal that its requests must have, the one that the fewest others have too: a model, a
/// value of a header field, four bytes of a text that must be contained. What can't be filed is always asked.
struct StubIndex: Sendable {
    private struct Drawer: Sendable {
        var values: [String: [Int]] = [:]
        var grams = GramTable()
    }

    private var drawers: [StubLiteral.Field: Drawer] = [:]
    private var always: [Int] = []

    /// - Parameter patterns: in the order in which they are tried.
    init(_ patterns: [RequestPattern]) {
        let literals = patterns.map { StubLiteral.choices(of: $0) }
        var counts: [StubLiteral: Int] = [:]
        for choice in literals.joined().joined() { counts[choice, default: 0] += 1 }
        for (stub, choices) in literals.enumerated() {
            let rarest = choices.min { cost($0, counts) < cost($1, counts) }
            guard let rarest else {
                always.append(stub)
                continue
            }
            for literal in Set(rarest) { file(stub, under: literal) }
        }
    }

    /// How many stubs are asked where one of these literals is met.
    private func cost(_ choice: [StubLiteral], _ counts: [StubLiteral: Int]) -> Int {
        choice.reduce(0) { max($0, counts[$1] ?? 0) }
    }

    private mutating func file(_ stub: Int, under literal: StubLiteral) {
        switch literal.key {
        case .value(let value):
            drawers[literal.field, default: Drawer()].values[value, default: []].append(stub)
        case .gram(let gram): drawers[literal.field, default: Drawer()].grams.insert(stub, under: gram)
        }
    }

    /// The stubs that are to be asked, in their order.
    func candidates(for request: RequestSubject) -> [Int] {
        var found = always
        for (field, drawer) in drawers {
            for value in field.values(of: request) {
                if let stubs = drawer.values[value] { found += stubs }
                if !drawer.grams.isEmpty { drawer.grams.find(in: value, into: &found) }
            }
        }
        if found.count == always.count { return found }
        found.sort()
        // A stub with two models, or a text with the same bytes twice.
        var last = -1
        return found.filter { stub in
            defer { last = stub }
            return stub != last
        }
    }
}
