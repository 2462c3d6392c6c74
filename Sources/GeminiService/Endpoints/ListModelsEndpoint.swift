// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire

/// The models, in pages (CORE 5.5).
struct ListModelsEndpoint: Endpoint {
    let name = "listModels"
    let route = RouteTemplate("GET /{version}/models")
    let message: String? = "ListModelsRequest"
    let answerMessage: String? = "ListModelsResponse"

    /// Recorded; the maximum is the documentation's.
    private static let usualPage = 50
    private static let largestPage = 1000

    func answer(_ call: APICall, _ service: FakeService) throws -> APIAnswer {
        let models = service.models.listed
        let start =
            call.head.target.queryValue("pageToken").flatMap { PageToken.name(in: $0) }
            .flatMap { name in models.firstIndex { "models/\($0.name)" == name } }
            .map { $0 + 1 } ?? 0
        let size = call.head.target.pageSize(
            usual: ListModelsEndpoint.usualPage, largest: ListModelsEndpoint.largestPage
        )
        let page = models[start...].prefix(size)
        var writer = JSONWriter(.pretty)
        writer.object { writer in
            writer.key("models")
            writer.array { writer in
                for model in page { model.write(to: &writer) }
            }
            if page.endIndex < models.endIndex, let last = page.last {
                writer.member("nextPageToken", PageToken.after("models/\(last.name)"))
            }
        }
        return .json(writer.bytes)
    }
}
