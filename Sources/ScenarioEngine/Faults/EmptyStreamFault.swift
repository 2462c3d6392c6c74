// SPDX-License-Identifier: Apache-2.0

/// Sends the head of a stream and no event (PEERS SSE-20); of an array its two brackets.
struct EmptyStreamFault: Fault {
    func apply(to plan: inout WirePlan) {
        guard plan.plan.streamForm != nil else { return }
        plan.plan.changeEvents { actions, _ in actions = [] }
    }
}
