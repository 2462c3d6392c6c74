// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import MicroHTTP
import ScenarioEngine

/// How far a verification has come. Each entry is looked at once, however long it is waited for more.
struct VerificationTally: Sendable {
    private let verification: Verification
    private let tenant: TenantFilter?
    private let journal: Journal
    private let subjects: JournalSubjects

    private struct Count: Sendable {
        var count = 0
        /// The first of them.
        var ids: [Int] = []
    }

    private var counts: [Count]
    /// The last entry that was looked at.
    private(set) var seen: Int
    /// Whether there were requests that can't be looked at any more.
    private var hasLost = false
    /// In the given order: which expectation is next, how many requests it has, and the last request of those before it.
    private var turn = (expectation: 0, taken: 0, last: 0)

    /// More ids hardly say more.
    private static let mostIDs = 1000

    init(_ verification: Verification, _ journal: Journal, _ subjects: JournalSubjects) {
        self.verification = verification
        self.journal = journal
        self.subjects = subjects
        tenant = verification.tenant.map { TenantFilter($0) }
        counts = verification.expectations.map { _ in Count() }
        seen = verification.after
        skipWhatNeedsNone()
    }

    // MARK: Counting

    /// Looks at what has come since the last time.
    ///
    /// - Parameter limit: so long it may take, in nanoseconds; about. Nil for as long as it takes.
    /// - Returns: whether that was all.
    mutating func count(within limit: Int64? = nil) -> Bool {
        let start = MonotonicClock.nanoseconds
        hasLost = hasLost || journal.hasLost(after: seen)
        for reading in journal.readings(after: seen) {
            if let limit, MonotonicClock.nanoseconds - start > limit { return false }
            seen = reading.id
            count(reading)
        }
        return true
    }

    private mutating func count(_ reading: JournalReading) {
        guard let subject = subject(of: reading) else { return }
        for (index, expectation) in verification.expectations.enumerated() {
            guard expectation.condition.fits(subject) else { continue }
            counts[index].count += 1
            if counts[index].ids.count < VerificationTally.mostIDs { counts[index].ids.append(reading.id) }
            if verification.order == .given, index == turn.expectation { take(reading.id, for: expectation) }
        }
    }

    /// The request is only one of those in turn, even where it fits what comes next, too.
    private mutating func take(_ id: Int, for expectation: Verification.Expectation) {
        guard id > turn.last else { return }
        turn.taken += 1
        turn.last = id
        guard turn.taken >= expectation.count.lowerBound else { return }
        turn.expectation += 1
        turn.taken = 0
        skipWhatNeedsNone()
    }

    private mutating func skipWhatNeedsNone() {
        while turn.expectation < counts.count,
            verification.expectations[turn.expectation].count.lowerBound == 0
        { turn.expectation += 1 }
    }

    private func subject(of reading: JournalReading) -> RequestSubject? {
        guard reading.answer != nil, tenant?.fits(reading.facts.tenant) ?? true else { return nil }
        return subjects.subject(of: reading)
    }

    // MARK: What comes of it

    /// Enough is enough, but where some weren't seen, nobody knows whether there were too many.
    private func passes(_ index: Int) -> Bool {
        let wanted = verification.expectations[index].count
        return wanted.contains(counts[index].count) && !(hasLost && wanted.upperBound < Int.max)
    }

    private var isInOrder: Bool {
        verification.order == .any || turn.expectation == verification.expectations.count
    }

    var passes: Bool { counts.indices.allSatisfy { passes($0) } && isInOrder }

    /// Whether nothing that may come changes that: too much has come, or enough where there is no too much.
    var isSettled: Bool {
        let isTooMuch = counts.indices.contains {
            counts[$0].count > verification.expectations[$0].count.upperBound
        }
        return isTooMuch || passes && verification.expectations.allSatisfy { $0.count.upperBound == Int.max }
    }

    var result: VerificationResult {
        let outcomes = counts.indices.map { index in
            let expectation = verification.expectations[index]
            let isTooLittle = counts[index].count < expectation.count.lowerBound
            return VerificationResult.Outcome(
                expectation: expectation, count: counts[index].count, entries: counts[index].ids,
                passed: passes(index), nearest: isTooLittle ? nearest(to: expectation.condition) : [])
        }
        return VerificationResult(passed: passes, message: message(outcomes), outcomes: outcomes)
    }

    private func message(_ outcomes: [VerificationResult.Outcome]) -> String {
        if passes { return outcomes.count == 1 ? "What was expected came." : "All that was expected came." }
        let isOne = outcomes.count == 1
        var lines = outcomes.enumerated().filter { !$1.passed }.map { number, outcome in
            (isOne ? "" : "\(number + 1). ") + VerificationTally.complaint(outcome)
        }
        if !isInOrder, outcomes.allSatisfy(\.passed) {
            let behind = turn.last == 0 ? "" : ", behind entry \(turn.last)"
            let missing = verification.expectations[turn.expectation]
            lines.append(
                "All came, but not in the given order: number \(turn.expectation + 1) is missing\(behind): "
                    + missing.words)
        }
        if hasLost {
            lines.append(
                "Not all requests that came are in the journal (see --journal): there may have been more.")
        }
        return lines.joined(separator: "\n")
    }

    private static func complaint(_ outcome: VerificationResult.Outcome) -> String {
        var text = "Expected \(outcome.expectation.words); "
        switch outcome.count {
        case 0: text += "none came."
        case 1: text += "1 came: entry \(outcome.entries.first ?? 0)."
        default:
            let ids = outcome.entries.prefix(10).map(String.init).joined(separator: ", ")
            text += "\(outcome.count) came: entries \(ids)\(outcome.count > 10 ? ", …" : "")."
        }
        return outcome.nearest.first.map { "\(text) The nearest other is \($0)" } ?? text
    }

    // MARK: Near ones

    /// Only so many of the newest are looked at closely, and for so long, in nanoseconds.
    private static let closeLooks = 200
    private static let patience: Int64 = 200_000_000

    /// The requests that don't fit but nearly do, the nearest first; of equally near ones the newest.
    func nearest(to condition: RequestCondition, most: Int = 3) -> [NearRequest] {
        let start = MonotonicClock.nanoseconds
        var near: [(rank: Double, reading: JournalReading, comparison: Comparison)] = []
        for reading in journal.readings(after: verification.after).reversed() {
            guard near.count < VerificationTally.closeLooks,
                MonotonicClock.nanoseconds - start < VerificationTally.patience
            else { break }
            guard let subject = subject(of: reading), !condition.fits(subject) else { continue }
            let comparison = condition.nearMiss(subject)
            near.append((VerificationTally.rank(comparison), reading, comparison))
        }
        return near.enumerated().sorted { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }
            .prefix(most).map { NearRequest(entry: $1.reading.entry, comparison: $1.comparison) }
    }

    /// What calls another method comes last, whatever else it has in common.
    private static func rank(_ comparison: Comparison) -> Double {
        let isOther = comparison.checks.contains { $0.name == "endpoint" && $0.difference != nil }
        return comparison.distance + (isOther ? 1 : 0)
    }
}
