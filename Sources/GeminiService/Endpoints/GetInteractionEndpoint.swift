// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire

/// A turn as it is now, or its stream from any event on (INTERACTIONS 1, 3 and 4).
struct GetInteractionEndpoint: Endpoint {
    let name = "getInteraction"
    let route = RouteTemplate("GET /{version}/interactions/*")

    /// The message's own, and those that every method has.
    private static let known: Set = [
        "stream", "last_event_id", "include_input", "key", "access_token", "alt", "$alt", "prettyPrint",
        "$prettyPrint", "quotaUser", "callback", "upload_protocol", "uploadType", "$.xgafv", "fields",
        "$fields",
    ]

    func errorForm(for head: RequestHead) -> ErrorForm { .interaction }

    func answer(_ call: APICall, _ service: FakeService) throws -> APIAnswer {
        service.note(.interaction(id: call.names[0]))
        try LegacyClient.refuse(call.head)
        let query = call.head.target
        try check(call.head)
        let now = service.clock.nanoseconds
        let found = try service.interactions.find(call.names[0], of: call.tenant, at: now)
        if isStream(call) {
            let replay = InteractionReplay(found, clock: service.clock)
            return .live(try replay.asGot(after: query.queryValue("last_event_id")))
        }
        var resource = found.resource(at: now)
        resource.steps = found.inputEcho + resource.steps
        if isTrue(query.queryValue("include_input")) {
            resource.input = found.readInput.map { JSON($0.source) }
        }
        return .interaction(resource.bytes)
    }

    private func check(_ head: RequestHead) throws(APIError) {
        for item in head.target.query where !GetInteractionEndpoint.known.contains(item.name) {
            throw .unknownQuery(item.name)
        }
        // Nothing but the whole of it can be had (seen).
        let masks =
            ["fields", "$fields"].compactMap { head.target.queryValue($0) }
            + head.fields.values("x-goog-fieldmask")
        guard masks.allSatisfy({ $0 == "*" }) else { throw .invalidInteraction }
    }

    func isStream(_ call: APICall) -> Bool { isTrue(call.head.target.queryValue("stream")) }

    private func isTrue(_ value: String?) -> Bool { value?.lowercased() == "true" || value == "1" }
}
