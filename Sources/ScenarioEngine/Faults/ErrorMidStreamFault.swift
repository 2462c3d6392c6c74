// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire

/// Ends a stream that has begun with an error: as an object behind the last event, or as an event (CORE 4.7, PEERS SSE-15
/// and SSE-16). In an array it is the last element, which is assumed; in streams of the Interactions API an `error` event
/// (INTERACTIONS 4, PEERS INT-05) or the bare object, which is assumed too.
struct ErrorMidStreamFault: Fault {
    var error: NamedError
    var isEvent = false
    /// How many events come before it.
    var after = 1

    func apply(to plan: inout WirePlan) {
        guard let form = plan.plan.streamForm else { return }
        let last = bytes(form, isOfInteractions: plan.plan.isOfInteractions)
        plan.plan.changeEvents { actions, places in
            let kept = after > places.count ? actions.count : after > 0 ? places[after - 1] + 1 : 0
            actions = actions[..<kept] + [.send(last)]
        }
    }

    private func bytes(_ form: StreamForm, isOfInteractions: Bool) -> [UInt8] {
        let error: APIError
        switch ErrorCatalog.answer(self.error, about: ErrorSubject()) {
        case .status(let status): error = status
        // Files with the others are refused.
        default: error = .internalError
        }
        if form == .array { return error.body }
        if isOfInteractions {
            return isEvent
                ? InteractionEvent.failed(error).frame : error.interactionBody + [UInt8(ascii: "\n")]
        }
        return isEvent ? error.midStreamEvent : error.midStream
    }
}
