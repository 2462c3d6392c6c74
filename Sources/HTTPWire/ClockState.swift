// SPDX-License-Identifier: Apache-2.0

/// What a clock shows and how it runs, at one moment.
public struct ClockState: Sendable, Equatable {
    /// Nanoseconds since 1970-01-01T00:00:00Z.
    public let nanoseconds: Int64
    /// How far the clock is ahead of the one that it runs like. While it stands still this becomes less.
    public let offset: Duration
    /// Whether the clock stands still.
    public let isFrozen: Bool

    public init(nanoseconds: Int64, offset: Duration, isFrozen: Bool) {
        self.nanoseconds = nanoseconds
        self.offset = offset
        self.isFrozen = isFrozen
    }
}
