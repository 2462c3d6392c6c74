// SPDX-License-Identifier: Apache-2.0

import ScenarioEngine

/// What a test wants to know at its end.
extension MockServer {
    /// What has gone wrong up to now.
    ///
    /// - Parameter kinds: what to look for.
    public func findings(_ kinds: Set<Findings.Kind> = .all) -> Findings {
        Findings(groups: Findings.Kind.allCases.filter { kinds.contains($0) }.map { findings($0) })
    }

    /// Those of one kind.
    public func findings(_ kind: Findings.Kind) -> Findings.Group {
        switch kind {
        case .unmatchedRequests:
            let unmatched = unmatchedRequests
            return Findings.Group(
                kind, count: unmatched.count, texts: unmatched.first, details: unmatchedDetails())
        case .unusedStubs:
            let stubs = unusedStubs
            return Findings.Group(kind, count: stubs.count, texts: stubs)
        case .unspentFaults:
            let faults = unspentFaults
            return Findings.Group(kind, count: faults.count, texts: faults)
        case .unusedExchanges:
            let exchanges = unusedExchanges
            return Findings.Group(kind, count: exchanges.count, texts: exchanges)
        }
    }

    /// The first requests that no stub has matched, as far as the journal has them: with what was nearest, and a stub to
    /// paste.
    private func unmatchedDetails() -> [String] {
        let unmatched = journal.readings().lazy.filter(\.facts.isUnmatched)
        return unmatched.prefix(Findings.Group.mostTold).map { reading in
            var lines = [LogText.plain("\(reading.facts.method) \(reading.facts.target)")]
            if let nearest = reading.facts.nearMisses.first {
                lines.append("  the nearest stub is \(MockServer.indented(nearest.description))")
            }
            if let subject = subjects.subject(of: reading) {
                lines.append("  this one would match, in a scenario’s “stubs”:")
                lines.append(String(StubDraft(subject).stub.dropLast()))
            }
            return lines.joined(separator: "\n")
        }
    }

    private static func indented(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\n  ")
    }
}
