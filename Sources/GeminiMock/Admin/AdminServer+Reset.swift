// SPDX-License-Identifier: Apache-2.0

import GeminiService
import RecordReplay

extension AdminServer {
    /// Forgets what was received. What a scenario has made of it stays.
    func resetJournal() {
        journal.reset()
        unmatched.reset()
    }

    /// Forgets the files, uploads, turns and progress in scenarios and recordings of a tenant, or of all.
    func reset(stateOf tenant: Tenant?) {
        service.removeAll(of: tenant)
        replay.replayer.resetProgress(of: tenant?.id)
        replay.uploads.removeAll(of: tenant)
        if let tenant { player.resetProgress(of: tenant.id) } else { player.resetProgress() }
    }

    /// Back to how the server was started, but for the date: a clock that runs never goes back, since what waits for it would
    /// wait for longer.
    func resetAll() {
        clock.resume()
        player.restore()
        replay.replayer.reset()
        reset(stateOf: nil)
        resetJournal()
    }
}
