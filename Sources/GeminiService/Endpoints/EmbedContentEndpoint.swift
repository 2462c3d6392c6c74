// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire

/// One vector for one content (CORE 5.4).
struct EmbedContentEndpoint: Endpoint {
    let name = "embedContent"
    let route = RouteTemplate("POST /{version}/models/*:embedContent")

    func answer(_ call: APICall, _ service: FakeService) throws -> APIAnswer {
        let model = try service.model(call, method: name)
        let embedder = Embedder(model: model, seed: service.seed)
        let request = try EmbedContentRequest(call.body)
        let media = try RequestMedia(contents: [request.content], files: service.files, tenant: call.tenant)
        var writer = JSONWriter(.pretty)
        writer.object { writer in
            writer.key("embedding")
            embedder.write(request, media, to: &writer)
            embedder.writeUsage([request], to: &writer)
        }
        return .json(writer.bytes)
    }
}
