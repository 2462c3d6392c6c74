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
    @usableFromInline var value: Value

    public init(_ value: Value) {
        self.value = value
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(changed, nil)
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
}
