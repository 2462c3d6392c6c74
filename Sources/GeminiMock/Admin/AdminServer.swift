// SPDX-License-Identifier: Apache-2.0

import GeminiService
import HTTPWire
import ScenarioEngine

/// What the admin API sees and steers.
struct AdminServer: Sendable {
    let journal: Journal
    let subjects: JournalSubjects
    let service: FakeService
    let player: ScenarioPlayer
    let replay: ReplayStage
    let clock: ServerClock
    let unmatched: UnmatchedTally
    /// By the machine's clock, in nanoseconds since 1970.
    let started = SystemWallClock().nanoseconds
    /// Who looks at new entries as they come.
    let watchers = EntryWatchers()
    /// Known once it listens.
    let addresses = Monitor<ServerAddresses?>(nil)
}
