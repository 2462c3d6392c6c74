// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire

/// An answer in pieces: server-sent events with `alt=sse` (CORE 4.5), else one JSON array (CORE 4.6).
struct StreamGenerateContentEndpoint: Endpoint {
    let name = "streamGenerateContent"
    let route = RouteTemplate("POST /{version}/models/*:streamGenerateContent")
    let message: String? = "GenerateContentRequest"
    let answerMessage: String? = "GenerateContentResponse"

    func errorForm(for head: RequestHead) -> ErrorForm { isEventStream(head) ? .eventStream : .array }

    func answer(_ call: APICall, _ service: FakeService) throws -> APIAnswer {
        let answer = try service.answer(call, method: name)
        let events = answer.events
        return
            (isEventStream(call.head)
            ? APIAnswer.events(events.map { $0.bytes(.singleLine) })
            : .elements(events.map { $0.bytes(.pretty) }))
            .paced(StreamPace(of: answer))
    }

    func isStream(_ call: APICall) -> Bool { true }

    func contents(of call: APICall, _ service: FakeService) -> CallContents {
        CallContents(call.generateContentRequest)
    }

    private func isEventStream(_ head: RequestHead) -> Bool {
        let alt = head.target.queryValue("alt") ?? head.target.queryValue("$alt")
        return alt == "sse" || alt?.hasPrefix("sse;") ?? false
    }
}
