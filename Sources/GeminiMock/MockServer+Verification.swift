// SPDX-License-Identifier: Apache-2.0

import ScenarioEngine

/// What a test asks about the requests that have come.
extension MockServer {
    /// Whether the expected requests have come so far.
    public func verify(_ verification: Verification) -> VerificationResult {
        var tally = VerificationTally(verification, journal, subjects)
        _ = tally.count()
        return tally.result
    }

    /// Whether the expected requests have come, or come within a time; by real time. Where an expectation has a most, all
    /// the time is waited: more may come.
    public func verify(_ verification: Verification, within time: Duration) async -> VerificationResult {
        var tally = VerificationTally(verification, journal, subjects)
        let end = ContinuousClock.now + time
        _ = tally.count()
        while !tally.isSettled, ContinuousClock.now < end, !Task.isCancelled {
            try? await Task.sleep(for: .milliseconds(5))
            _ = tally.count()
        }
        return tally.result
    }

    /// The requests that fit a pattern, oldest first.
    ///
    /// - Parameters:
    ///   - tenant: whose: a name, a label, or an API key; nil for everybody's.
    ///   - file: of the caller, for problems; so is `line`.
    /// - Throws: all that is wrong with the pattern.
    public func received(
        _ pattern: MockPattern, tenant: String? = nil, file: String = #fileID, line: Int = #line
    ) throws(ScenarioProblems) -> [JournalEntry] {
        let condition = try RequestCondition(pattern, file: file, line: line)
        let filter = tenant.map { TenantFilter($0) }
        return journal.readings().filter { reading in
            guard reading.answer != nil, filter?.fits(reading.facts.tenant) ?? true else {
                return false
            }
            return subjects.subject(of: reading).map { condition.fits($0) } ?? false
        }.map(\.entry)
    }

    /// The requests that don't fit a pattern but nearly do, the nearest first.
    ///
    /// - Parameters:
    ///   - tenant: whose: a name, a label, or an API key; nil for everybody's.
    ///   - most: how many.
    ///   - file: of the caller, for problems; so is `line`.
    /// - Throws: all that is wrong with the pattern.
    public func nearest(
        to pattern: MockPattern, tenant: String? = nil, most: Int = 3, file: String = #fileID,
        line: Int = #line
    ) throws(ScenarioProblems) -> [NearRequest] {
        let condition = try RequestCondition(pattern, file: file, line: line)
        return VerificationTally(Verification([], tenant: tenant), journal, subjects)
            .nearest(to: condition, most: most)
    }
}
