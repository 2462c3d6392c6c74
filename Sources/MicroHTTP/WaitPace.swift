// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// When waits end that follow each other: each is counted from the end of the one before, so that what lies between them
/// doesn't slow them down.
struct WaitPace {
    /// When the current wait ends.
    private var due: Int64?
    private var lastDue: Int64?
    /// When the last wait was seen to be over, by the monotonic clock.
    private var lastSeen: Int64 = 0

    /// The first wait is counted from when it is first asked for.
    init() {}

    /// The first wait is counted from now: who moves the clock on while bytes before it are being sent means it too.
    init(from clock: WireClock) {
        let reading = clock.reading
        lastSeen = reading.followed
        lastDue = reading.nanoseconds
    }

    /// - Parameter catchesUp: whether waits that a moved clock has passed over are all over at once. Not for those that are
    ///   decided one by one: of these there may be any number.
    /// - Returns: when the wait ends, by `clock`; nil where it is over, and the next call is about the next one.
    mutating func end(of duration: Duration, by clock: WireClock, catchesUp: Bool) -> Int64? {
        let reading = clock.reading
        let (now, monotonic) = (reading.nanoseconds, reading.followed)
        let end =
            due
            ?? start(WireClock.nanoseconds(duration), now: now, monotonic: monotonic, catchesUp: catchesUp)
        guard end > now else {
            (lastDue, due, lastSeen) = (end, nil, monotonic)
            return nil
        }
        due = end
        return end
    }

    /// From now where more time than the wait itself has gone by since the last one: the client doesn't read.
    private func start(_ length: Int64, now: Int64, monotonic: Int64, catchesUp: Bool) -> Int64 {
        guard let lastDue else { return now + length }
        let isInTime = lastDue + length > now || catchesUp && monotonic - lastSeen < length
        return (isInTime ? lastDue : now) + length
    }
}
