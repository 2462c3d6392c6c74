// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Which cases are meant. What is empty or nil isn't asked for.
public struct CaseChoice: Sendable {
    /// `SSE`; in small letters, too.
    public var suites: [String] = []
    /// `SSE-0?`, `*-01`.
    public var globs: [String] = []
    public var set: RequirementSet?

    public init() {}

    /// A word of the choice that no case fits, and what may have been meant.
    public struct Failure: Error, Equatable, CustomStringConvertible {
        public let description: String
    }

    /// - Throws: `Failure` where a suite, a pattern or an id of the set fits no case: a run of nothing would pass.
    public func cases(of suites: [ConformanceSuite]) throws(Failure) -> [ConformanceCase] {
        let names = suites.map(\.name)
        for name in self.suites where !names.contains(name.uppercased()) {
            let near = Suggestion.nearest(to: name.uppercased(), among: names).map {
                " (did you mean \($0)?)"
            }
            throw Failure(description: "there is no suite \(name)\(near ?? "")")
        }
        let all = suites.flatMap(\.cases)
        if globs.contains("") { throw Failure(description: "a case without a name is asked for") }
        for text in globs where !all.contains(where: { WireGlob(text).matches($0.id.description) }) {
            throw Failure(description: "no case is called \(text)")
        }
        if let unknown = set?.ids.first(where: { id in !all.contains { $0.id == id } }) {
            throw Failure(description: "the set \(set?.name ?? "") has \(unknown), which is no case")
        }
        let chosen = all.filter { found in
            (self.suites.isEmpty || self.suites.contains { $0.uppercased() == found.id.suite })
                && (globs.isEmpty || globs.contains { WireGlob($0).matches(found.id.description) })
                && set.map { $0.ids.contains(found.id) } ?? true
        }
        // Each word fits some case, and no case fits them all.
        guard !chosen.isEmpty else {
            throw Failure(
                description: "no case is in the suites, the cases and the set that are asked for at once")
        }
        return chosen
    }
}
