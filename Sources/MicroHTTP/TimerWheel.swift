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
        /// When to wake it, in milliseconds of `clock`.
        let due: Int64
    }

    private struct State {
        var slots: [[Entry]] = Array(repeating: [], count: TimerWheel.slotCount)
        var count = 0
        /// All slots before this millisecond have been emptied.
        var cursor: Int64 = 0
        var isStopped = false
        var thread: pthread_t?
    }

    private static let slotCount = 1024
    /// A wait is looked after at least this often, to notice a client that has left.
    private static let longestNap: Int64 = 500

    let clock = WireClock()
    private let state = Monitor(State())

    /// Starts the thread.
    func start() {
        let unmanaged = Unmanaged.passRetained(self)
        #if canImport(Glibc)
            var thread = pthread_t()
        #else
            var thread: pthread_t?
        #endif
        let failed = pthread_create(&thread, nil, runTimerWheel, unmanaged.toOpaque())
        precondition(failed == 0, "no thread can be had")
        state.withLock { $0.thread = thread }
    }

    /// Suspends `connection` until `due` (nanoseconds of `clock`), or until its client has left.
    ///
    /// - Returns: false where the wheel has been stopped: the caller ends the connection instead.
    func suspend(_ connection: ConnectionHandle, until due: Int64) -> Bool {
        let millisecond = (due + 999_999) / 1_000_000
        return state.signal { state in
            guard !state.isStopped else { return false }
            // Under the lock, so that `stop` finds each suspended connection here.
            connection.suspend()
            if state.count == 0 { state.cursor = clock.milliseconds }
            insert(Entry(connection: connection, due: millisecond), &state)
            state.count += 1
            return true
        }
    }

    /// How many connections wait.
    var count: Int { state.withLock { $0.count } }

    /// Wakes everybody, ends the thread and waits for its end.
    func stop() {
        let (waiting, thread) = state.signal { state in
            state.isStopped = true
            let waiting = state.slots.flatMap(\.self)
            state.slots = []
            state.count = 0
            defer { state.thread = nil }
            return (waiting, state.thread)
        }
        for entry in waiting { entry.connection.resume() }
        if let thread { pthread_join(thread, nil) }
    }

    fileprivate func run() {
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
            let now = clock.milliseconds
            // After a long pause, or where the clock was moved on, one turn of the wheel visits every slot.
            let first = max(state.cursor, now - Int64(TimerWheel.slotCount) + 1)
            guard first <= now else { return [] }
            for millisecond in first...now {
                let slot = Int(millisecond % Int64(TimerWheel.slotCount))
                guard !state.slots[slot].isEmpty else { continue }
                let visited = state.slots[slot]
                state.slots[slot] = []
                for entry in visited {
                    // A suspended connection can't be freed, so it is safe to look at it from this thread.
                    if entry.due <= now || entry.connection.peerHasLeft {
                        due.append(entry)
                    } else {
                        insert(entry, &state)
                    }
                }
            }
            state.cursor = now + 1
            state.count -= due.count
            return due
        }
    }

    private func insert(_ entry: Entry, _ state: inout State) {
        let now = max(state.cursor, clock.milliseconds)
        let next = min(max(entry.due, now), now + TimerWheel.longestNap)
        state.slots[Int(next % Int64(TimerWheel.slotCount))].append(entry)
    }
}

/// The thread's body. A plain function, since C calls it.
#if canImport(Glibc)
    private func runTimerWheel(_ wheel: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        if let wheel { Unmanaged<TimerWheel>.fromOpaque(wheel).takeRetainedValue().run() }
        return nil
    }
#else
    private func runTimerWheel(_ wheel: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
        Unmanaged<TimerWheel>.fromOpaque(wheel).takeRetainedValue().run()
        return nil
    }
#endif

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
