// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Leaves out header fields of a name, such as the `X-Goog-Upload-URL` without which nobody knows where bytes are to go
/// (PEERS UPL-02).
struct MissingHeaderFault: Fault {
    /// In any case.
    var name = ""

    func apply(to plan: inout WirePlan) {
        let wanted = name.lowercased()
        plan.plan.head.fields.removeAll { $0.name.lowercased() == wanted }
    }
}
