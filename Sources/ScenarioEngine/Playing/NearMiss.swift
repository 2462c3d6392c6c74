// SPDX-License-Identifier: Apache-2.0

/// A stub that a request didn't match, how far off it was, and why.
public struct NearMiss: Sendable, CustomStringConvertible {
    /// What one matcher said.
    public struct Check: Sendable, CustomStringConvertible {
        /// Its field of `when`: `model`, `header x-user`.
        public let name: String
        /// What was asked for and what was found; nil on a match.
        public let difference: (expected: String, got: String)?

        /// Whether the stub is meant for another method.
        fileprivate var isOtherEndpoint: Bool { name == "endpoint" && difference != nil }

        /// `✓ model`, `✗ model: expected gemini-3*, got gemini-2.5-flash`.
        public var description: String {
            guard let difference else { return "✓ \(name)" }
            return "✗ \(name): expected \(difference.expected), got \(difference.got)"
        }
    }

    public let stub: StubIdentity
    /// More than 0, up to 1: the mean over its matchers.
    public let distance: Double
    /// In the order of the format's fields.
    public let checks: [Check]

    /// The stub on a line, each check on a line of its own behind it.
    public var description: String {
        checks.reduce(stub.description) { "\($0)\n  \($1)" }
    }

    /// All of it on one line, without what matches.
    public var line: String {
        let misses = checks.filter { $0.difference != nil }.map(\.description)
        return misses.isEmpty ? stub.description : "\(stub): \(misses.joined(separator: "; "))"
    }

    /// So many are looked at closely: those of which the most matchers match.
    private static let closeLooks = 20

    static func nearest(
        _ most: Int, in set: ScenarioSet, to request: RequestSubject, _ progress: PlayProgress
    ) -> [NearMiss] {
        request.searches.refill()
        let rough = set.stubs.indices.map { index in
            (index, share: missing(set.stubs[index], request, progress.history(of: index, in: set)))
        }
        let close = rough.sorted { ($0.share, $0.0) < ($1.share, $1.0) }.prefix(max(most, closeLooks))
        request.searches.refill()
        let misses = close.map { index, _ in
            NearMiss(set.stubs[index], request, progress.history(of: index, in: set))
        }
        // Equally near ones stay in the order of the files.
        return misses.enumerated().sorted {
            ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset)
        }
        .prefix(most).map(\.element)
    }

    /// Less is nearer: what is meant for another method comes last, whatever else it has in common.
    private var rank: Double { checks.first?.isOtherEndpoint ?? false ? 1 + distance : distance }

    /// The share of the matchers that don't match; more than all of them where the stub is meant for another method.
    private static func missing(
        _ stub: LoadedStub, _ request: RequestSubject, _ history: StubHistory
    ) -> Double {
        let endpoints = stub.stub.pattern.endpoints
        guard endpoints.isEmpty || endpoints.contains(request.endpoint) else { return 2 }
        let missing = stub.matchers.count { $0.miss(request, history) != nil }
        return stub.matchers.isEmpty ? 0 : Double(missing) / Double(stub.matchers.count)
    }

    private init(_ stub: LoadedStub, _ request: RequestSubject, _ history: StubHistory) {
        self.stub = stub.identity
        var sum = 0.0
        checks = stub.matchers.map { matcher in
            guard let details = matcher.miss(request, history)?.details else {
                return Check(name: matcher.name, difference: nil)
            }
            sum += details.distance
            return Check(name: matcher.name, difference: (details.expected, details.got))
        }
        distance = checks.isEmpty ? 0 : sum / Double(checks.count)
    }
}
