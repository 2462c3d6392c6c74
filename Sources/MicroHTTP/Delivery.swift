// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Tells a plan's witness what becomes of it; of several endings the first one is meant.
///
/// Used by one thread at a time: the connection's, or none while the connection is suspended.
final class Delivery {
    private var witness: (any DeliveryWitness)?
    private let sockets: OpenSockets

    /// Nil where nobody wants to know, which costs nothing then.
    init?(_ plan: ResponsePlan, _ sockets: OpenSockets) {
        guard let witness = plan.witness else { return nil }
        self.witness = witness
        self.sockets = sockets
    }

    func sent(_ bytes: UnsafeRawBufferPointer) { witness?.sent(bytes, at: MonotonicClock.nanoseconds) }

    func end(_ ending: DeliveryEnding) {
        witness?.ended(sockets.cause(of: ending), at: MonotonicClock.nanoseconds)
        witness = nil
    }
}
