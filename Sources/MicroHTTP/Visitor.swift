// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// What is known of a connection besides what the library knows.
final class Visitor: Sendable {
    /// Whether there were as many as may be served when it came.
    let isTooMany: Bool
    /// When the head of its next request must have come, in milliseconds of the monotonic clock.
    private let headDue: Atomic<Int64>

    init(isTooMany: Bool, headDue: Int64) {
        self.isTooMany = isTooMany
        self.headDue = Atomic(headDue)
    }

    /// A head has come, and its request is under way.
    func headHasCome() { headDue.store(.max, ordering: .relaxed) }

    /// A request is over; the next one's head must come until then.
    func awaitHead(until due: Int64) { headDue.store(due, ordering: .relaxed) }

    func isOverdue(at time: Int64) -> Bool { headDue.load(ordering: .relaxed) <= time }
}
