// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Looks again and again whether something that happens on another thread has happened, for ten seconds at most.
///
/// - Returns: whether it has.
public func eventually(_ condition: () -> Bool) -> Bool {
    let start = time(nil)
    while time(nil) - start < 10 {
        if condition() { return true }
        sched_yield()
    }
    return condition()
}
