// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Says nothing at all, until the client gives up (PEERS ERR-11, INT-10).
struct HangBeforeHeadFault: Fault {
    /// How long until the server closes.
    var duration = FaultSetting.forever

    func apply(to plan: inout WirePlan) { plan.instead = [.wait(duration)] }
}
