// SPDX-License-Identifier: Apache-2.0

/// A predicate on one value of a request. Each is a file in `Matchers/` and a line in `MatcherTable`.
///
/// It tells how far off a request is and why, not only whether it fits: so that near misses need no second algorithm.
protocol Matcher: Sendable {
    /// Its field of `when`, with what it is about where there can be several: `model`, `header x-user`.
    var name: String { get }

    /// Whether it looks at the history. Those that don't are asked first, outside of the lock that guards it.
    var needsHistory: Bool { get }

    /// - Parameter history: what the tenant has done before; most matchers don't look at it.
    /// - Returns: nil on a match.
    func miss(_ request: RequestSubject, _ history: StubHistory) -> Miss?
}

extension Matcher {
    var needsHistory: Bool { false }
}

/// What has happened so far, as far as a stub may ask for it.
struct StubHistory: Sendable {
    /// The value of each state, by its name.
    var states: [String: String] = [:]
    /// The number of this request among those that fit all else that the stub asks for; from 1.
    var call = 1
}

/// Why a value doesn't fit, and how nearly it does. Worked out only where somebody wants to read it.
struct Miss {
    struct Details {
        /// More than 0, up to 1: how far off.
        let distance: Double
        /// What is asked for; never empty.
        let expected: String
        /// What was found, without credentials; never empty, and not long.
        let got: String

        /// Clips all three to what they may be.
        init(distance: Double, expected: String, got: String) {
            self.distance = distance > Likeness.least ? min(1, distance) : Likeness.least
            self.expected = Quoted.line(expected.isEmpty ? "nothing" : expected, limit: Self.textLimit)
            self.got = Quoted.line(got.isEmpty ? "nothing" : got, limit: Self.textLimit)
        }

        /// In characters.
        private static let textLimit = 120
    }

    private let work: () -> Details
    private let workOnBody: () -> [JSONDifference]

    /// - Parameter differences: the places of the body that don't fit, where it is looked at as JSON.
    init(differences: @escaping () -> [JSONDifference] = { [] }, _ work: @escaping () -> Details) {
        self.work = work
        workOnBody = differences
    }

    var details: Details { work() }

    /// `JSONDifference.most` at most.
    var differences: [JSONDifference] { workOnBody() }
}
