// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Announces more bytes than come, or fewer (RFC 9112, 6.3). Chunks become one length.
struct WrongContentLengthFault: Fault {
    /// How many more.
    var by = 10

    func apply(to plan: inout WirePlan) {
        plan.plan.framing = .length
        plan.flaw = .length(max(0, plan.plan.bodyLength + by))
    }
}
