// SPDX-License-Identifier: Apache-2.0

/// Swaps the two events behind the point: the first two unless one is told (PEERS SSE-05 and SSE-23 count on the order).
struct ReorderedEventsFault: Fault {
    /// How many events stay in front of them.
    var after = 0

    func apply(to plan: inout WirePlan) {
        guard plan.plan.streamForm != nil else { return }
        plan.plan.changeEvents { actions, places in
            guard after < places.count - 1 else { return }
            actions.swapAt(places[after], places[after + 1])
        }
    }
}
