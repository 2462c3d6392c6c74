// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A value that one thread at a time may touch, and that threads can wait for. For short sections: nothing in them may
/// come back to the same monitor.
///
/// `Mutex` of the standard library has no condition to wait for, and the thread sanitizer doesn't see it.
///
/// `@unchecked Sendable`: the value is only touched with the POSIX mutex held; the pointers never change.
public final class Monitor<Value>: @unchecked Sendable {
    @usableFromInline let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    @usableFromInline let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    // The mutex sees to it that nobody else touches it; to check that again costs as much as to lock.
    @exclusivity(unchecked) @usableFromInline var value: Value

    public init(_ value: Value) {
        self.value = value
        pthread_mutex_init(mutex, nil)
        #if canImport(Glibc)
            var attributes = pthread_condattr_t()
            pthread_condattr_init(&attributes)
            // That nobody sets.
            pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
            pthread_cond_init(changed, &attributes)
            pthread_condattr_destroy(&attributes)
        #else
            pthread_cond_init(changed, nil)
        #endif
    }

    deinit {
        pthread_cond_destroy(changed)
        pthread_mutex_destroy(mutex)
        changed.deallocate()
        mutex.deallocate()
    }

    @inlinable
    public func withLock<Result, Failure: Error>(
        _ body: (inout Value) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return try body(&value)
    }

    /// Changes the value and wakes who waits for it.
    @inlinable
    public func signal<Result>(_ body: (inout Value) -> Result) -> Result {
        withLock { value in
            defer { pthread_cond_broadcast(changed) }
            return body(&value)
        }
    }

    /// Sleeps as long as `condition` holds, then gives the lock to `body`.
    @inlinable
    public func wait<Result>(while condition: (Value) -> Bool, _ body: (inout Value) -> Result) -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        // A read of its own in each round: within one `inout` access the compiler may keep what it has read, and would
        // never see what the others have changed.
        while condition(value) { pthread_cond_wait(changed, mutex) }
        return body(&value)
    }

    /// Asks `take` now and after each change that is signalled, until it gives something.
    ///
    /// - Returns: nil where it hasn't by `deadline`.
    public func wait<Result>(
        until deadline: ContinuousClock.Instant, _ take: (inout Value) -> Result?
    ) -> Result? {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while true {
            if let result = take(&value) { return result }
            let rest = deadline - ContinuousClock.now
            guard rest > .zero else { return nil }
            pause(for: rest)
        }
    }

    /// Sleeps with the lock given away, for so long or until something is signalled.
    private func pause(for time: Duration) {
        let (seconds, attoseconds) = time.components
        // Nobody waits for longer, and no sum of it overflows.
        var pause = timespec(tv_sec: Int(min(seconds, 86_400)), tv_nsec: Int(attoseconds / 1_000_000_000))
        #if canImport(Glibc)
            var now = timespec()
            clock_gettime(CLOCK_MONOTONIC, &now)
            let nanoseconds = now.tv_nsec + pause.tv_nsec
            pause.tv_sec += now.tv_sec + nanoseconds / 1_000_000_000
            pause.tv_nsec = nanoseconds % 1_000_000_000
            pthread_cond_timedwait(changed, mutex, &pause)
        #else
            pthread_cond_timedwait_relative_np(changed, mutex, &pause)
        #endif
    }
}
