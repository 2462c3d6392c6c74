// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// What is known of a client: which cases it fails and why, and which come out one way or the other.
public struct KnownFailures: Sendable, Equatable {
    /// One or several cases, with a reason.
    public struct Entry: Sendable, Equatable {
        /// `SSE-08`, `UPL-*`.
        public let cases: String
        /// The check that fails; nil where it is any.
        public let check: String?
        public let reason: String

        public init(cases: String, check: String? = nil, reason: String) {
            (self.cases, self.check, self.reason) = (cases, check, reason)
        }

        func fits(_ result: CaseResult) -> Bool { WireGlob(cases).matches(result.id.description) }
    }

    /// Those that fail each time.
    public var failures: [Entry] = []
    /// Those that hang on time and load: they may fail, and may pass.
    public var varying: [Entry] = []

    public init() {}

    static let form = MapForm("known failures", "known", optional: ["failures", "varying"])
    static let entryForm = MapForm(
        "an entry", "entry", required: ["case", "reason"], optional: ["check"])

    /// - Parameters:
    ///   - file: its name in problems.
    ///   - suites: those that there are, whether or not they are asked: nobody would miss an entry that names nothing.
    package init(_ value: LocatedJSON, file: String, of suites: [ConformanceSuite]) throws(CaseProblems) {
        let problems = CaseProblemList(file: file)
        let all = suites.flatMap(\.cases)
        if let fields = CaseFields(value, as: KnownFailures.form, problems) {
            failures = fields["failures"].map { KnownFailures.entries($0, of: all, problems) } ?? []
            varying = fields["varying"].map { KnownFailures.entries($0, of: all, problems) } ?? []
        }
        try problems.end()
    }

    private static func entries(
        _ value: LocatedJSON, of all: [ConformanceCase], _ problems: CaseProblemList
    ) -> [Entry] {
        problems.list(value).compactMap { value in
            guard let fields = CaseFields(value, as: entryForm, problems), let place = fields["case"],
                let cases = problems.text(place)
            else { return nil }
            let glob = WireGlob(cases)
            let named = all.filter { glob.matches($0.id.description) }
            if named.isEmpty {
                problems.add(
                    place, "no suite has a case “\(cases)”",
                    suggestion: Suggestion.nearest(to: cases, among: all.map(\.id.description)))
            }
            let check = fields["check"].flatMap { self.check($0, of: named, problems) }
            guard let reason = fields["reason"].flatMap({ problems.text($0) }) else { return nil }
            return Entry(cases: cases, check: check, reason: reason)
        }
    }

    /// - Parameter cases: those that the entry is about.
    private static func check(
        _ value: LocatedJSON, of cases: [ConformanceCase], _ problems: CaseProblemList
    ) -> String? {
        guard let name = problems.text(value) else { return nil }
        let names = cases.flatMap(\.checkNames) + [CaseResult.endingCheck]
        if !cases.isEmpty, !names.contains(name) {
            problems.add(
                value, "no check of the entry’s cases is called “\(name)”",
                suggestion: Suggestion.nearest(to: name, among: names))
        }
        return name
    }

    /// The result with what is known of it. A failure is known where each check that has failed is; a pass speaks against the
    /// file that says otherwise.
    public func judged(_ result: CaseResult) -> CaseResult {
        var judged = result
        judged.known = known(result)
        return judged
    }

    private func known(_ result: CaseResult) -> KnownOutcome? {
        if let entry = varying.first(where: { $0.fits(result) }) {
            return result.verdict.isBad ? .varying(entry.reason) : nil
        }
        let entries = failures.filter { $0.fits(result) }
        guard let first = entries.first else { return nil }
        switch result.verdict {
        case .fail, .nonStrict, .flaky, .info: break
        case .pass where !result.checks.contains(where: \.isFailed): return .stale(first.reason)
        case .pass: break
        case .unsupported, .notObserved, .harnessError: return nil
        }
        let failed = result.checks.filter(\.isFailed).map(\.name)
        // Of what is allowed to be so nobody needs to say more.
        if failed.isEmpty { return nil }
        let named = entries.compactMap(\.check)
        if let gone = named.first(where: { !failed.contains($0) }) {
            return .stale("its check “\(gone)” passes: \(first.reason)")
        }
        let isWhole = entries.contains { $0.check == nil }
        guard isWhole || failed.allSatisfy({ named.contains($0) }) else { return nil }
        return .failure(entries.map(\.reason).joined(separator: "; "))
    }

    /// The entries that fit no case that was run: nobody would miss them.
    public func unused(by results: [CaseResult]) -> [String] {
        (failures + varying).filter { entry in !results.contains { entry.fits($0) } }.map(\.cases)
    }
}
