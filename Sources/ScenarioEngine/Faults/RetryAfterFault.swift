// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Adds `Retry-After` in whole seconds (RFC 9110, 10.2.3), as proxies in front of an API do. That this one ever does isn't
/// known.
struct RetryAfterFault: Fault {
    var duration = Duration.seconds(1)

    func apply(to plan: inout WirePlan) {
        let (seconds, attoseconds) = duration.components
        let whole = seconds + (attoseconds > 0 ? 1 : 0)
        plan.plan.head.fields.removeAll { $0.name.lowercased() == "retry-after" }
        plan.plan.head.fields.append(HTTPFields.Field("Retry-After", "\(whole)"))
    }
}
