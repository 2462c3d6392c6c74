// SPDX-License-Identifier: Apache-2.0

import HTTPWire

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Wakes suspended connections: one thread, a wheel of slots of one millisecond, asleep while nothing is due.
///
/// The library walks its whole list of suspended connections under a lock each time it is woken, so waking in batches is
/// what scales: 13 µs of CPU per streamed chunk against 29 (a dispatch timer each) and 34 (a sleeping task each) at
/// 1,000 streams.
final class TimerWheel: Sendable {
    private struct Entry {
        let connection: ConnectionHandle
        /// When to wake it, in nanoseconds of the clock that it waits for.
        let due: Int64
        /// Whether that is `clock`, and not the monotonic one.
        let isByClock: Bool
        /// Whether to wake it also for a look now and then while `clock` stands still.
        var looksAgain = false
        /// Under which number it sleeps that can be woken; 0 for one that can't.
        var sleeper: UInt64 = 0

        /// How long it still waits, in nanoseconds.
        func rest(at now: ClockReading) -> Int64 { due - (isByClock ? now.nanoseconds : now.followed) }
    }

    /// The wheel turns by the monotonic clock: whether clients have left is looked after also while `clock` stands still.
    private struct State {
        /// Nothing is further ahead than a nap, which is less than a turn.
        var slots: [[Entry]] = Array(repeating: [], count: TimerWheel.slotCount)
        var count = 0
        var countByClock = 0
        /// Those that can be woken and weren't. Who was woken leaves its entry behind in its slot, until that is visited.
        var sleepers: [UInt64: ConnectionHandle] = [:]
        var lastSleeper: UInt64 = 0
        /// All slots before this millisecond have been emptied.
        var cursor: Int64 = 0
        /// Of the last reading of `clock` by which all entries were looked at: with another one they aren't where they belong.
        var stamp: Int64 = 0
        var isStopped = false
        var thread: WorkerThread?

        /// Whether it was woken before its time; then its connection may be gone.
        func wasWoken(_ entry: Entry) -> Bool { entry.sleeper != 0 && sleepers[entry.sleeper] == nil }
    }

    private static let slotCount = 1024
    /// A wait is looked after at least this often, to notice a client that has left.
    private static let longestNap: Int64 = 500

    let clock = WireClock()
    private let state = Monitor(State())

    /// Starts the thread.
    func start() {
        let thread = WorkerThread { self.run() }
        state.withLock { $0.thread = thread }
    }

    /// Suspends `connection` until `due` (nanoseconds of `clock`), or until its client has left.
    ///
    /// - Parameter looksAgain: whether to wake it now and then while the clock stands still.
    /// - Returns: false where the wheel has been stopped: the caller ends the connection instead.
    func suspend(_ connection: ConnectionHandle, until due: Int64, looksAgain: Bool = false) -> Bool {
        suspend(Entry(connection: connection, due: due, isByClock: true, looksAgain: looksAgain))
    }

    /// The same by the monotonic clock, for what isn't the scenario's business.
    ///
    /// - Parameter wakeUp: ends it before its time.
    func suspend(
        _ connection: ConnectionHandle, untilMonotonic due: Int64, wokenBy wakeUp: WakeUp? = nil
    ) -> Bool {
        let entry = Entry(connection: connection, due: due, isByClock: false)
        guard let wakeUp else { return suspend(entry) }
        let sleeper = state.withLock { state in
            state.lastSleeper += 1
            return state.lastSleeper
        }
        guard suspend(entry, as: sleeper) else { return false }
        // This holds no way back to it.
        wakeUp.nap { self.wake(sleeper) }
        return true
    }

    private func wake(_ sleeper: UInt64) {
        state.withLock { state in
            guard let connection = state.sleepers.removeValue(forKey: sleeper) else { return }
            state.count -= 1
            // Under the lock, so that it is done before the library stops, if `stop` doesn't find it any more.
            connection.resume()
        }
    }

    private func suspend(_ entry: Entry, as sleeper: UInt64 = 0) -> Bool {
        state.signal { state in
            guard !state.isStopped else { return false }
            // Under the lock, so that `stop` finds each suspended connection here.
            entry.connection.suspend()
            var entry = entry
            entry.sleeper = sleeper
            if sleeper != 0 { state.sleepers[sleeper] = entry.connection }
            let now = clock.reading
            if state.count == 0 { state.cursor = now.followed / 1_000_000 }
            insert(entry, now, &state)
            state.count += 1
            if entry.isByClock { state.countByClock += 1 }
            return true
        }
    }

    /// How many connections wait for `clock`.
    var count: Int { state.withLock { $0.countByClock } }

    /// Wakes everybody, ends the thread and waits for its end.
    func stop() {
        let (waiting, thread) = state.signal { state in
            state.isStopped = true
            let waiting = state.slots.flatMap(\.self).filter { !state.wasWoken($0) }
            state.sleepers = [:]
            state.slots = []
            state.count = 0
            state.countByClock = 0
            defer { state.thread = nil }
            return (waiting, state.thread)
        }
        for entry in waiting { entry.connection.resume() }
        thread?.join()
    }

    private func run() {
        while true {
            let isStopped = state.wait(while: { $0.count == 0 && !$0.isStopped }, { $0.isStopped })
            if isStopped { return }
            for entry in takeDue() { entry.connection.resume() }
            MonotonicClock.sleep(untilMillisecond: MonotonicClock.milliseconds + 1)
        }
    }

    /// Takes out what is due; what only needed a look at its client goes back in.
    private func takeDue() -> [Entry] {
        state.withLock { state in
            var due: [Entry] = []
            guard !state.isStopped else { return [] }
            let now = clock.reading
            let millisecond = now.followed / 1_000_000
            // After a long pause one turn of the wheel visits every slot; so it does where the clock was changed.
            let turn = millisecond - Int64(TimerWheel.slotCount) + 1
            let first = now.stamp == state.stamp ? max(state.cursor, turn) : turn
            guard first <= millisecond else { return [] }
            state.cursor = millisecond + 1
            state.stamp = now.stamp
            var visited: [Entry] = []
            for turned in first...millisecond {
                let slot = Int(turned % Int64(TimerWheel.slotCount))
                guard !state.slots[slot].isEmpty else { continue }
                visited += state.slots[slot]
                state.slots[slot] = []
            }
            for entry in visited where !state.wasWoken(entry) {
                // A suspended connection can't be freed, so it is safe to look at it from this thread.
                if entry.rest(at: now) <= 0 || entry.looksAgain && now.isFrozen
                    || entry.connection.peerHasLeft
                {
                    due.append(entry)
                    state.sleepers[entry.sleeper] = nil
                } else {
                    insert(entry, now, &state)
                }
            }
            state.count -= due.count
            for entry in due where entry.isByClock { state.countByClock -= 1 }
            return due
        }
    }

    private func insert(_ entry: Entry, _ now: ClockReading, _ state: inout State) {
        let longest = now.followed + TimerWheel.longestNap * 1_000_000
        let rest = entry.rest(at: now)
        let standsStill = entry.isByClock && now.isFrozen && rest > 0
        let next = standsStill ? longest : min(now.followed + max(0, rest), longest)
        // Not before it is due, in whole milliseconds.
        let millisecond = max((next + 999_999) / 1_000_000, state.cursor)
        state.slots[Int(millisecond % Int64(TimerWheel.slotCount))].append(entry)
    }
}

/// The thread's body. A plain function, since C calls it.
/// The clock that nobody can set back.
public enum MonotonicClock {
    public static var nanoseconds: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    static var milliseconds: Int64 { nanoseconds / 1_000_000 }

    static func sleep(untilMillisecond millisecond: Int64) {
        let rest = millisecond * 1_000_000 - nanoseconds
        guard rest > 0 else { return }
        var time = timespec(tv_sec: Int(rest / 1_000_000_000), tv_nsec: Int(rest % 1_000_000_000))
        nanosleep(&time, nil)
    }
}
