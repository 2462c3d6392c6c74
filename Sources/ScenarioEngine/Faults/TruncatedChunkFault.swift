// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Announces a chunk and sends half of it, then closes (PEERS SSE-19; RFC 9112, 8). It is the first chunk unless a point is
/// told. A body with a length gets chunks.
struct TruncatedChunkFault: Fault {
    var after: WirePoint = .events(0)

    func apply(to plan: inout WirePlan) {
        plan.plan.framing = .chunked
        plan.flaw = .shortChunk(from: plan.plan.offset(of: after))
    }
}
