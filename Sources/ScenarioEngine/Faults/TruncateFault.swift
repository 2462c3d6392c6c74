// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Ends the connection in order (FIN) in the middle of the body: the length that was announced isn't reached, or the last
/// chunk never comes (PEERS SSE-19; RFC 9112, 8). In the very middle unless a point is told.
struct TruncateFault: Fault {
    var after: WirePoint?

    func apply(to plan: inout WirePlan) { plan.cut(at: after ?? plan.middle, then: [.truncate]) }
}
