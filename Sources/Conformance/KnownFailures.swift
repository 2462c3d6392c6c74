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

        /// What the entry names that isn't there; nil where all of it is.
        fileprivate func mistake(among all: [ConformanceCase]) -> Mistake? {
            let glob = WireGlob(cases)
            let named = all.filter { glob.matches($0.id.description) }
            guard !named.isEmpty else {
                let near = Suggestion.nearest(to: cases, among: all.map(\.id.description))
                return Mistake(isInCheck: false, message: "no suite has a case “\(cases)”", suggestion: near)
            }
            let names = named.flatMap(\.checkNames) + [CaseResult.endingCheck]
            guard let check, !names.contains(check) else { return nil }
            return Mistake(
                isInCheck: true, message: "no check of the entry’s cases is called “\(check)”",
                suggestion: Suggestion.nearest(to: check, among: names))
        }
    }

    /// What an entry names and isn't there.
    public struct Mistake: Error, Sendable, Equatable, CustomStringConvertible {
        /// Whether it is the check, and not the case.
        let isInCheck: Bool
        let message: String
        let suggestion: String?

        public var description: String { message + (suggestion.map { " (did you mean \($0)?)" } ?? "") }
    }

    /// - Throws: what an entry names that no suite has: nobody would miss it.
    public func check(against suites: [ConformanceSuite]) throws(Mistake) {
        let all = suites.flatMap(\.cases)
        for entry in failures + varying { if let mistake = entry.mistake(among: all) { throw mistake } }
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
            let reason = fields["reason"].flatMap { problems.text($0) }
            let entry = Entry(
                cases: cases, check: fields["check"].flatMap { problems.text($0) }, reason: reason ?? "")
            if let mistake = entry.mistake(among: all) {
                problems.add(
                    mistake.isInCheck ? fields["check"] ?? place : place, mistake.message,
                    suggestion: mistake.suggestion)
            }
            return reason == nil ? nil : entry
        }
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
