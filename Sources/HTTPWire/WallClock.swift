// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What time it is. A value that is passed in, so that answers with dates in them can be compared to the byte.
public protocol WallClock: Sendable {
    /// Nanoseconds since 1970-01-01T00:00:00Z.
    var nanoseconds: Int64 { get }
}

/// The machine's clock.
public struct SystemWallClock: WallClock {
    public init() {}

    public var nanoseconds: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}

/// A clock that stands still, for tests.
public struct FixedWallClock: WallClock {
    public let nanoseconds: Int64

    /// - Parameter seconds: since 1970-01-01T00:00:00Z.
    public init(seconds: Int64) {
        nanoseconds = seconds * 1_000_000_000
    }
}
