// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// What each matcher of a pattern says of one request: whether it fits, and if not, how far off it is and why.
public struct Comparison: Sendable, CustomStringConvertible {
    /// What one matcher said.
    public struct Check: Sendable, CustomStringConvertible {
        /// Its field of `when`: `model`, `header x-user`.
        public let name: String
        /// What was asked for and what was found; nil on a match.
        public let difference: (expected: String, got: String)?
        /// The places of the body that are other than was asked for, the first 20; of matchers on JSON alone.
        public let differences: [JSONDifference]

        /// - Parameter difference: nil on a match.
        package init(
            name: String, difference: (expected: String, got: String)?, differences: [JSONDifference] = []
        ) {
            self.name = name
            self.difference = difference
            self.differences = differences
        }

        /// `✓ model`, `✗ model: expected gemini-3*, got gemini-2.5-flash`.
        public var description: String {
            guard let difference else { return "✓ \(name)" }
            return "✗ \(name): expected \(difference.expected), got \(difference.got)"
        }

        /// The description, and where there are several differences each on a line of its own, by two blanks further in.
        public var lines: [String] {
            [description] + (differences.count > 1 ? differences.map { "  \($0)" } : [])
        }
    }

    /// 0 where all fits, up to 1: the mean over the matchers.
    public let distance: Double
    /// In the order of the format's fields.
    public let checks: [Check]

    /// Whether all matchers match.
    public var fits: Bool { checks.allSatisfy { $0.difference == nil } }

    /// The places of the body that are other than was asked for, the first 20.
    public var differences: [JSONDifference] {
        Array(checks.lazy.flatMap(\.differences).prefix(JSONDifference.most))
    }

    /// Each check on a line of its own.
    public var description: String { checks.map(\.description).joined(separator: "\n") }

    /// What doesn't match, on one line; empty where all does.
    public var line: String {
        checks.filter { $0.difference != nil }.map(\.description).joined(separator: "; ")
    }

    /// Of checks that were made elsewhere.
    package init(distance: Double, checks: [Check]) {
        self.distance = distance
        self.checks = checks
    }

    /// - Parameter isWhole: whether to tell the differences of JSON values, too, which costs another look at the body.
    init(
        _ matchers: [any Matcher], _ request: RequestSubject, _ history: StubHistory = StubHistory(),
        isWhole: Bool
    ) {
        let redactor = request.redactor
        var sum = 0.0
        checks = matchers.map { matcher in
            guard let miss = matcher.miss(request, history) else {
                return Check(name: matcher.name, difference: nil, differences: [])
            }
            let details = miss.details
            sum += details.distance
            let (expected, got) = (redactor.cutText(details.expected), redactor.cutText(details.got))
            return Check(
                name: matcher.name, difference: (expected, got),
                differences: isWhole ? miss.differences.map { $0.redacted(by: redactor) } : [])
        }
        distance = checks.isEmpty ? 0 : sum / Double(checks.count)
    }
}
