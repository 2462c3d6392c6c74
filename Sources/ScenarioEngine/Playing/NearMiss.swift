// SPDX-License-Identifier: Apache-2.0

/// A stub that a request didn't match, how far off it was, and why.
public struct NearMiss: Sendable, CustomStringConvertible {
    public typealias Check = Comparison.Check

    public let stub: StubIdentity
    /// What its matchers said.
    public let comparison: Comparison

    /// More than 0, up to 1: the mean over its matchers.
    public var distance: Double { comparison.distance }
    /// In the order of the format's fields.
    public var checks: [Check] { comparison.checks }
    /// The places of the body that are other than the stub asks for, the first 20.
    public var differences: [JSONDifference] { comparison.differences }

    /// The stub on a line, each check on lines of its own behind it.
    public var description: String {
        checks.flatMap(\.lines).reduce(stub.description) { "\($0)\n  \($1)" }
    }

    /// All of it on one line, without what matches.
    public var line: String {
        let misses = comparison.line
        return misses.isEmpty ? stub.description : "\(stub): \(misses)"
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
        let ranks = close.enumerated().map { offset, stub in
            let comparison = Comparison(
                set.stubs[stub.0].matchers, request, progress.history(of: stub.0, in: set), isWhole: false)
            return (rank: rank(comparison), offset: offset, stub: stub.0)
        }
        request.searches.refill()
        // Equally near ones stay in the order of the files.
        return ranks.sorted { ($0.rank, $0.offset) < ($1.rank, $1.offset) }.prefix(most).map { near in
            NearMiss(set.stubs[near.stub], request, progress.history(of: near.stub, in: set))
        }
    }

    /// Less is nearer: what is meant for another method comes last, whatever else it has in common.
    private static func rank(_ comparison: Comparison) -> Double {
        guard let first = comparison.checks.first, first.name == "endpoint", first.difference != nil else {
            return comparison.distance
        }
        return 1 + comparison.distance
    }

    /// The share of the matchers that don't match; more than all of them where the stub is meant for another method.
    private static func missing(
        _ stub: LoadedStub, _ request: RequestSubject, _ history: StubHistory
    ) -> Double {
        let endpoints = stub.stub.pattern.endpoints
        guard endpoints.isEmpty || endpoints.contains(request.endpoint) else { return 2 }
        let missing = stub.matchers.count { $0.miss(request, history) != nil }
        return stub.matchers.isEmpty ? 0 : Double(missing) / Double(stub.matchers.count)
    }

    package init(_ stub: StubIdentity, _ comparison: Comparison) {
        self.stub = stub
        self.comparison = comparison
    }

    private init(_ stub: LoadedStub, _ request: RequestSubject, _ history: StubHistory) {
        self.stub = stub.identity
        comparison = Comparison(stub.matchers, request, history, isWhole: true)
    }
}
