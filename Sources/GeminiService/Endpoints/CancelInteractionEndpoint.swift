// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire

/// Stops a run in the background where it stands (INTERACTIONS 5).
struct CancelInteractionEndpoint: Endpoint {
    let name = "cancelInteraction"
    let route = RouteTemplate("POST /{version}/interactions/*/cancel")

    func errorForm(for head: RequestHead) -> ErrorForm { .interaction }

    func answer(_ call: APICall, _ service: FakeService) throws -> APIAnswer {
        service.note(.interaction(id: call.names[0]))
        try LegacyClient.refuse(call.head)
        let now = service.clock.nanoseconds
        let found = try service.interactions.find(call.names[0], of: call.tenant, at: now)
        guard found.cancel(at: now) else { throw APIError.notRunning }
        return .interaction(found.resource(at: now).bytes)
    }
}
