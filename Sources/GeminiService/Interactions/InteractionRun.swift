// SPDX-License-Identifier: Apache-2.0

import GeminiContract

/// When a run in the background gets where: queued, then in progress, then over, or never over. Times are nanoseconds
/// since 1970.
struct InteractionRun: Sendable {
    let queued: Int64
    let begins: Int64
    /// The end of time where it never does.
    let ends: Int64
    /// When all is said that it says.
    private let said: Int64

    /// - Parameter length: of all of it; a tenth is spent in the queue.
    init(from now: Int64, length: Duration) {
        let (seconds, attoseconds) = length.components
        // At most a year, so that adding to a clock can't overflow.
        let total = max(0, min(seconds, 31_536_000)) * 1_000_000_000 + attoseconds / 1_000_000_000
        queued = now
        begins = now + total / 10
        ends = now + total
        said = ends
    }

    /// A run that never ends.
    ///
    /// - Parameters:
    ///   - isWaiting: whether it doesn't even begin.
    ///   - length: of what it says.
    init(from now: Int64, endlessly isWaiting: Bool, length: Duration) {
        let usual = InteractionRun(from: now, length: length)
        queued = now
        begins = isWaiting ? .max : now
        ends = .max
        said = isWaiting ? .max : usual.ends
    }

    var isEndless: Bool { ends == .max }

    /// Nil when it is over.
    func status(at now: Int64) -> InteractionStatus? {
        if now >= ends { return nil }
        return now < begins ? .queued : .inProgress
    }

    /// When the state that it is in began.
    func began(by now: Int64) -> Int64 { now < begins ? queued : begins }

    /// When the event at `index` of `count` is due: the first at once, the others spread over its work, the last at
    /// the end.
    func due(_ index: Int, of count: Int) -> Int64 {
        guard index > 0 else { return queued }
        // What it says is spread likewise, but nothing is the last of it.
        if isEndless { return begins + (said - begins) / Int64(max(count, 1)) * Int64(index - 1) }
        guard count > 2 else { return ends }
        return begins + (ends - begins) / Int64(count - 2) * Int64(index - 1)
            + (index == count - 1 ? (ends - begins) % Int64(count - 2) : 0)
    }
}
