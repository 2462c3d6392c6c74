// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Has a chunk begin with `zz` where its size should stand (RFC 9112, 7.1): the first chunk unless a point is told. A body
/// with a length gets chunks.
struct BadChunkSizeFault: Fault {
    var after: WirePoint = .events(0)

    func apply(to plan: inout WirePlan) {
        plan.plan.framing = .chunked
        plan.flaw = .badSize(from: plan.plan.offset(of: after))
    }
}
