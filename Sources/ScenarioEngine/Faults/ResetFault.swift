// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Breaks the connection (RST): in front of the head unless a point is told (PEERS SSE-19, UPL-09).
struct ResetFault: Fault {
    var after: WirePoint?

    func apply(to plan: inout WirePlan) {
        if let after { plan.cut(at: after, then: [.reset]) } else { plan.instead = [.reset] }
    }
}
