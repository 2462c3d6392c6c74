// SPDX-License-Identifier: Apache-2.0

/// What is other in a later run than in an earlier one.
public struct RunComparison: Sendable, Equatable {
    public struct Change: Sendable, Equatable {
        public let id: CaseID
        public let title: String
        /// Nil where the case wasn't asked.
        public let before: Verdict?
        public let after: Verdict?
        /// The checks that fail now and didn't.
        public let failing: [String]
        /// The checks that failed and don't now, of a case whose checks were made again.
        public let mended: [String]

        /// Whether the client stands worse than before. A case that is new says nothing about that.
        public var isWorse: Bool {
            guard let before, let after else { return false }
            return rank(after) < rank(before) || !failing.isEmpty && rank(after) <= rank(before)
        }

        private func rank(_ verdict: Verdict) -> Int {
            switch verdict {
            case .pass: 4
            case .info, .unsupported, .notObserved: 3
            case .nonStrict: 2
            case .flaky: 1
            case .fail, .harnessError: 0
            }
        }
    }

    /// In the order of the cases' ids.
    public let changes: [Change]

    public init(_ before: RunReport, _ after: RunReport) {
        let (old, new) = (RunComparison.byID(before), RunComparison.byID(after))
        changes = Set(old.keys).union(new.keys).sorted().compactMap { id in
            let (one, other) = (old[id], new[id])
            let failed = Set(one?.checks.filter(\.isFailed).map(\.name) ?? [])
            let fails = Set(other?.checks.filter(\.isFailed).map(\.name) ?? [])
            guard one?.verdict != other?.verdict || failed != fails else { return nil }
            return Change(
                id: id, title: other?.title ?? one?.title ?? "", before: one?.verdict, after: other?.verdict,
                failing: fails.subtracting(failed).sorted(),
                mended: failed.subtracting(fails).filter { RunComparison.isSeen($0, in: other) }.sorted())
        }
    }

    /// Whether a check that hasn't failed has been made: what isn't asked or can't be seen isn't mended.
    private static func isSeen(_ name: String, in result: CaseResult?) -> Bool {
        guard let result, !result.checks.isEmpty, result.verdict != .harnessError else { return false }
        return !result.checks.contains { check in
            if case .notObserved = check.outcome { check.name == name } else { false }
        }
    }

    /// A line each: `SSE-08  fail → pass  A comment is left out`.
    public var lines: [String] {
        changes.map { change in
            var line = "\(change.id)  \(change.before?.rawValue ?? "–") → \(change.after?.rawValue ?? "–")"
            line += "  \(change.title)"
            if change.before != nil, change.after == nil { line += "; not asked any more" }
            if !change.failing.isEmpty { line += "; fails now: \(change.failing.joined(separator: ", "))" }
            if !change.mended.isEmpty { line += "; mended: \(change.mended.joined(separator: ", "))" }
            return line
        }
    }

    private static func byID(_ report: RunReport) -> [CaseID: CaseResult] {
        Dictionary(report.cases.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }
}
