// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A file that one process at a time holds.
struct AuthorityLock {
    private let descriptor: Int32

    /// In milliseconds; what is done under the lock takes a few.
    private static let patience: Int64 = 10_000

    init(_ path: String) throws(TLSAuthorityError) {
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw .file("open", path, errno: errno) }
        let limit = MonotonicClock.milliseconds + AuthorityLock.patience
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            let number = errno
            guard number == EWOULDBLOCK || number == EINTR else {
                close(descriptor)
                throw .file("lock", path, errno: number)
            }
            guard MonotonicClock.milliseconds < limit else {
                close(descriptor)
                throw .busy(path)
            }
            MonotonicClock.sleep(untilMillisecond: MonotonicClock.milliseconds + 5)
        }
    }

    func release() { close(descriptor) }
}
