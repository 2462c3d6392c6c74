// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire

/// Forgets a turn. A run goes on for those who follow it (INTERACTIONS 5).
struct DeleteInteractionEndpoint: Endpoint {
    let name = "deleteInteraction"
    let route = RouteTemplate("DELETE /{version}/interactions/*")

    func errorForm(for head: RequestHead) -> ErrorForm { .interaction }

    func answer(_ call: APICall, _ service: FakeService) throws -> APIAnswer {
        service.note(.interaction(id: call.names[0]))
        try LegacyClient.refuse(call.head)
        try service.interactions.remove(call.names[0], of: call.tenant, at: service.clock.nanoseconds)
        return .interaction(Array("{}".utf8))
    }
}
