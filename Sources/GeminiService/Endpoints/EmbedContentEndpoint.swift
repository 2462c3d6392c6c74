// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire

/// One vector for one content (CORE 5.4).
struct EmbedContentEndpoint: Endpoint {
    let name = "embedContent"
    let route = RouteTemplate("POST /{version}/models/*:embedContent")
    let message: String? = "EmbedContentRequest"
    let answerMessage: String? = "EmbedContentResponse"

    func answer(_ call: APICall, _ service: FakeService) throws -> APIAnswer {
        let model = try service.model(call, method: name)
        let embedder = Embedder(model: model, seed: service.seed)
        var problems = call.problems("EmbedContentRequest")
        let request = EmbedContentRequest(call.body, &problems)
        try service.checks.refuse(problems.refusal, call.head)
        let media = try service.media(of: [request.content], in: call)
        var writer = JSONWriter(.pretty)
        writer.object { writer in
            writer.key("embedding")
            embedder.write(request, media, to: &writer)
            embedder.writeUsage([request], to: &writer)
        }
        return .json(writer.bytes)
    }

    func contents(of call: APICall, _ service: FakeService) -> CallContents {
        var problems = call.problems("EmbedContentRequest")
        return CallContents(contents: [EmbedContentRequest(call.body, &problems).content])
    }
}
