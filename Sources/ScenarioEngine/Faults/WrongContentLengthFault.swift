// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Announces more bytes than come, or fewer (RFC 9112, 6.3). Chunks become one length.
struct WrongContentLengthFault: Fault {
    /// How many more.
    var by = 10

    func apply(to plan: inout WirePlan) {
        plan.plan.framing = .length
        let (length, isTooMuch) = plan.plan.bodyLength.addingReportingOverflow(by)
        plan.flaw = .length(isTooMuch ? Int.max : max(0, length))
    }
}
