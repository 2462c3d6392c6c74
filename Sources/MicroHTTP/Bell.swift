// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Wakes a thread that waits for a ring or for a time to pass: a pipe, since a condition with a time by the monotonic clock
/// can't be had everywhere. One thread waits.
final class Bell: Sendable {
    private let readEnd: Int32
    private let writeEnd: Int32

    /// Nil where there are no descriptors.
    init?() {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return nil }
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        (readEnd, writeEnd) = (ends[0], ends[1])
    }

    deinit {
        close(readEnd)
        close(writeEnd)
    }

    /// Ends the wait that is under way, or else the next one. Any thread.
    func ring() {
        var byte: UInt8 = 0
        // Where the pipe is full it has rung often enough.
        _ = write(writeEnd, &byte, 1)
    }

    /// - Parameter milliseconds: how long at most; nil for as long as nobody rings.
    func wait(atMost milliseconds: Int32?) {
        var look = pollfd(fd: readEnd, events: Int16(POLLIN), revents: 0)
        guard poll(&look, 1, milliseconds ?? -1) > 0 else { return }
        withUnsafeTemporaryAllocation(byteCount: 64, alignment: 1) { rings in
            _ = read(readEnd, rings.baseAddress, rings.count)
        }
    }
}
