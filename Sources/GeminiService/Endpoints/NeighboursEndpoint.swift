// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire

/// What stands beside interactions in the same clients and isn't imitated (INTERACTIONS 8): says so, whatever is asked.
struct NeighboursEndpoint: Endpoint {
    let name = "neighbours"
    let route = RouteTemplate(
        "* /{version}/{agents,environments,triggers,webhooks,credentials,voices,decisions}/**")

    func errorForm(for head: RequestHead) -> ErrorForm { .interaction }

    func answer(_ call: APICall, _ service: FakeService) throws -> APIAnswer {
        throw APIError.notImitated(call.names[0])
    }
}
