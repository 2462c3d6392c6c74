// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Ends the body in the middle of an event, and properly so: nothing but the event tells that something is missing (PEERS
/// SSE-18). It is the last event unless a point is told.
struct HalfEventFault: Fault {
    /// How many events come whole.
    var after: Int?

    func apply(to plan: inout WirePlan) {
        let places = plan.plan.eventPlaces
        let number = after ?? places.count - 1
        guard places.indices.contains(number), case .send(let bytes) = plan.plan.actions[places[number]]
        else {
            return
        }
        plan.plan.actions =
            plan.plan.actions[..<places[number]] + [.send(Array(bytes.prefix(bytes.count / 2)))]
    }
}
