// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire

/// One answer (CORE 4.3).
struct GenerateContentEndpoint: Endpoint {
    let name = "generateContent"
    let route = RouteTemplate("POST /{version}/models/*:generateContent")
    let message: String? = "GenerateContentRequest"
    let answerMessage: String? = "GenerateContentResponse"

    func answer(_ call: APICall, _ service: FakeService) throws -> APIAnswer {
        let answer = try service.answer(call, method: name).whole
        return .json(answer.bytes(.pretty), serviceTier: answer.usage.serviceTier)
    }

    func contents(of call: APICall, _ service: FakeService) -> CallContents {
        CallContents(call.generateContentRequest)
    }
}
