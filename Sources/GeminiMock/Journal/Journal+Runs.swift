// SPDX-License-Identifier: Apache-2.0

import GeminiService
import MicroHTTP

/// What a judge of clients asks of the journal.
extension Journal {
    /// The requests of one run, oldest first: those of its tenant, and those that were refused before it was known whose
    /// they are but have its name in their path.
    ///
    /// - Parameters:
    ///   - name: of the run's tenant, as `/t/NAME` has it.
    ///   - key: the run's API key, for clients that leave `/t/NAME` out.
    ///   - start: the last id that was given when the run began.
    package func entries(ofRun name: String, key: String, since start: Int) -> [JournalEntry] {
        let ids = [Tenant.named(name).id, Tenant.ofKey(key).id]
        let prefix = "/t/\(name)/"
        // A judge asks again and again, and the journal has the requests of all runs.
        return readings(after: start) { record in
            record.tenant.map { ids.contains($0.id) } ?? true
        }.filter { $0.facts.tenant != nil || $0.facts.target.hasPrefix(prefix) }.map(\.entry)
    }

    /// The last id that was given.
    package var lastID: Int { latest.id }

    /// The time by the clock that `JournalEntry.Timing.head` is of, in nanoseconds.
    package static var now: Int64 { MonotonicClock.nanoseconds }
}
