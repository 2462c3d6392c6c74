// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire

/// A vector for each of several contents, in their order (CORE 5.4). Google's Python client calls nothing else.
struct BatchEmbedContentsEndpoint: Endpoint {
    let name = "batchEmbedContents"
    let route = RouteTemplate("POST /{version}/models/*:batchEmbedContents")
    let message: String? = "BatchEmbedContentsRequest"
    let answerMessage: String? = "BatchEmbedContentsResponse"

    func answer(_ call: APICall, _ service: FakeService) throws -> APIAnswer {
        // A missing model is reported as embedContent's (CORE 6.5).
        let model = try service.model(call, method: "embedContent")
        let embedder = Embedder(model: model, seed: service.seed)
        var problems = call.problems("BatchEmbedContentsRequest")
        let requests = try EmbedContentRequest.batch(call.body, &problems)
        try service.checks.refuse(problems.refusal, call.head)
        let media = try requests.map { try service.media(of: [$0.content], in: call) }
        var writer = JSONWriter(.pretty)
        writer.object { writer in
            writer.key("embeddings")
            writer.array { writer in
                for (request, media) in zip(requests, media) { embedder.write(request, media, to: &writer) }
            }
            embedder.writeUsage(requests, to: &writer)
        }
        return .json(writer.bytes)
    }

    func contents(of call: APICall, _ service: FakeService) -> CallContents {
        var problems = call.problems("BatchEmbedContentsRequest")
        let requests = (try? EmbedContentRequest.batch(call.body, &problems)) ?? []
        return CallContents(contents: requests.map(\.content))
    }
}
