// SPDX-License-Identifier: Apache-2.0

import ScenarioEngine

/// What requests are expected to be in the journal. Requests that never came whole don't count, nor do those whose path is
/// none of the API's.
public struct Verification: Sendable {
    /// How many requests of a kind.
    public struct Expectation: Sendable {
        public let condition: RequestCondition
        public let count: ClosedRange<Int>

        /// - Parameter count: from 0.
        public init(_ condition: RequestCondition, count: ClosedRange<Int> = 1...Int.max) {
            self.condition = condition
            self.count = count
        }

        /// - Parameters:
        ///   - file: of the caller, for problems; so is `line`.
        /// - Throws: all that is wrong with the pattern.
        public init(
            _ pattern: MockPattern, count: ClosedRange<Int> = 1...Int.max, file: String = #fileID,
            line: Int = #line
        ) throws(ScenarioProblems) {
            self.init(try RequestCondition(pattern, file: file, line: line), count: count)
        }

        /// `exactly 2 requests that fit {"endpoint": "countTokens"}`.
        var words: String {
            let told = count.upperBound == Int.max ? count.lowerBound : count.upperBound
            let fits = told == 1 || count == 0...0 ? "fits" : "fit"
            return "\(number) that \(fits) \(condition)"
        }

        private var number: String {
            let (least, most) = (count.lowerBound, count.upperBound)
            func requests(_ count: Int) -> String { count == 1 ? "1 request" : "\(count) requests" }
            if most == 0 { return "no request" }
            if least == most { return "exactly \(requests(most))" }
            if most == Int.max { return least == 0 ? "any requests" : "at least \(requests(least))" }
            return least == 0 ? "at most \(requests(most))" : "\(least) to \(requests(most))"
        }
    }

    public enum Order: String, Sendable, CaseIterable {
        /// Each expectation counts for itself.
        case any
        /// There are besides, one behind the other, as many requests for each expectation in turn as it asks for at least.
        case given
    }

    public var expectations: [Expectation]
    public var order: Order
    /// Whose requests are looked at: a tenant's name or label, or an API key. Nil for everybody's.
    public var tenant: String?
    /// Only entries with greater ids are looked at.
    public var after: Int

    public init(
        _ expectations: [Expectation], order: Order = .any, tenant: String? = nil, after: Int = 0
    ) {
        self.expectations = expectations
        self.order = order
        self.tenant = tenant
        self.after = after
    }
}

/// What has come of a verification.
public struct VerificationResult: Sendable {
    public let passed: Bool
    /// What was expected and what came, for people; of what was missed, the nearest request with ✓ and ✗.
    public let message: String
    /// In the order of the expectations.
    public let outcomes: [Outcome]

    /// What has come of one expectation.
    public struct Outcome: Sendable {
        public let expectation: Verification.Expectation
        /// How many requests fit.
        public let count: Int
        /// Their ids, the first 1,000.
        public let entries: [Int]
        public let passed: Bool
        /// Where too few came, those that are nearest to it, three at most.
        public let nearest: [NearRequest]
    }
}

/// A request that isn't what was expected, and why.
public struct NearRequest: Sendable, CustomStringConvertible {
    public let entry: JournalEntry
    public let comparison: Comparison

    /// The whole one stands in the entry.
    private var shownTarget: String {
        let target = entry.request.target
        let beginning = target.prefix(200)
        return beginning.endIndex < target.endIndex ? "\(beginning)…" : target
    }

    /// The request on a line, each check on lines of its own behind it.
    public var description: String {
        comparison.checks.flatMap(\.lines).reduce(
            "entry \(entry.id), \(entry.request.method) \(shownTarget)"
        ) {
            "\($0)\n  \($1)"
        }
    }
}
