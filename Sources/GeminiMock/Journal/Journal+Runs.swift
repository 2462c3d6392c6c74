// SPDX-License-Identifier: Apache-2.0

import MicroHTTP

/// What a judge of clients asks of the journal.
extension Journal {
    /// The requests of one run, oldest first: those of its tenant, and those that were refused before it was known whose
    /// they are but have its name in their path.
    ///
    /// - Parameters:
    ///   - name: of the run's tenant, as `/t/NAME` has it.
    ///   - key: the run's API key, for clients that leave `/t/NAME` out.
    package func entries(ofRun name: String, key: String) -> [JournalEntry] {
        let (named, keyed) = (TenantFilter(name), TenantFilter(key))
        let prefix = "/t/\(name)/"
        // A judge asks again and again, and the journal has the requests of all runs.
        return readings { record in
            record.tenant.map { named.fits($0) || keyed.fits($0) } ?? true
        }.filter { $0.facts.tenant != nil || $0.facts.target.hasPrefix(prefix) }.map(\.entry)
    }

    /// The time by the clock that `JournalEntry.Timing.head` is of, in nanoseconds.
    package static var now: Int64 { MonotonicClock.nanoseconds }
}
