// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Goes silent in the middle of the body, until the client gives up (PEERS SSE-14, SSE-24). In the very middle unless a
/// point is told.
struct HangMidBodyFault: Fault {
    var after: WirePoint?
    /// How long until the server closes.
    var duration = FaultSetting.forever

    func apply(to plan: inout WirePlan) {
        plan.cut(at: after ?? plan.middle, then: [.wait(duration), .truncate])
    }
}
