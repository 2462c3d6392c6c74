// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Ends a stream with `data: [DONE]`, as other services do and this API's proxies have done (PEERS SSE-21). Streams of the
/// Interactions API have it already.
struct DoneMarkerFault: Fault {
    func apply(to plan: inout WirePlan) {
        guard plan.plan.streamForm == .events, !plan.plan.isOfInteractions else { return }
        let end = plan.plan.lineEnd
        plan.plan.actions.append(.send(Array("data: [DONE]".utf8) + end + end))
    }
}
