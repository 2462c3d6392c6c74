// SPDX-License-Identifier: Apache-2.0

/// Sends an event twice: the last one before the point, the first unless one is told. A client can't tell it from a model
/// that repeats itself; an event id would (PEERS INT-06).
struct DuplicateEventFault: Fault {
    var after = 1

    func apply(to plan: inout WirePlan) {
        guard plan.plan.streamForm != nil else { return }
        plan.plan.changeEvents { actions, places in
            guard places.indices.contains(after - 1) else { return }
            let place = places[after - 1]
            actions.insert(actions[place], at: place + 1)
        }
    }
}
