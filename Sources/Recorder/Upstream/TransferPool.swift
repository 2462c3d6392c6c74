// SPDX-License-Identifier: Apache-2.0

import CCurl
import HTTPWire

/// Carries transfers out: one thread with a multi handle of libcurl, asleep while nothing moves.
final class TransferPool: Sendable {
    struct Settings: Sendable {
        /// PEM of the authorities that vouch for upstreams; nil for the system's.
        var authorityFile: String?
        var connectSeconds = 30
        /// How long nothing may come.
        var idleSeconds = 600
        /// How long all of it may take; 0 for as long as it likes.
        var wholeSeconds = 0
    }

    private struct State {
        /// Those about which there is something to do.
        var due: [Transfer] = []
        var open = 0
        var isStopped = false
        var thread: WorkerThread?
    }

    let curl: CurlLibrary
    let settings: Settings
    private let multi: Multi
    private let state = Monitor(State())

    /// `@unchecked Sendable`: the pointer never changes; all threads may wake it, only the pool's does anything else with it.
    private struct Multi: @unchecked Sendable {
        let handle: CurlLibrary.Handle
    }

    /// Nil where the library has no memory.
    init?(_ curl: CurlLibrary, _ settings: Settings) {
        guard let handle = curl.makeMulti() else { return nil }
        self.curl = curl
        self.settings = settings
        multi = Multi(handle: handle)
    }

    deinit { _ = curl.freeMulti(multi.handle) }

    /// Starts the thread.
    func start() {
        let thread = WorkerThread { self.run() }
        state.withLock { $0.thread = thread }
    }

    /// How many transfers are under way.
    var count: Int { state.withLock { $0.open } }

    /// - Returns: false where there are too many, or the pool has stopped.
    func begin(_ transfer: Transfer, limit: Int) -> Bool {
        state.withLock { state in
            guard state.open < limit, !state.isStopped else { return false }
            state.open += 1
            state.due.append(transfer)
            _ = curl.wakeUp(multi.handle)
            return true
        }
    }

    /// There is something to do about a transfer. Any thread.
    func attend(to transfer: Transfer) {
        state.withLock { state in
            guard !state.isStopped else { return }
            state.due.append(transfer)
            _ = curl.wakeUp(multi.handle)
        }
    }

    /// Ends all transfers where they are, ends the thread and waits for its end.
    func stop() {
        let thread = state.withLock { state in
            state.isStopped = true
            _ = curl.wakeUp(multi.handle)
            defer { state.thread = nil }
            return state.thread
        }
        thread?.join()
    }

    private func run() {
        let round = TransferRound(curl, multi: multi.handle, settings)
        while true {
            let (due, isStopped) = state.withLock { state in
                defer { state.due = [] }
                return (state.due, state.isStopped)
            }
            if isStopped {
                round.endAll(due)
                state.withLock { $0.open = 0 }
                return
            }
            for transfer in due { round.attend(to: transfer) }
            let ended = round.go()
            if ended > 0 { state.withLock { $0.open -= ended } }
            round.sleep()
        }
    }
}

/// The thread's body. A plain function, since C calls it.
