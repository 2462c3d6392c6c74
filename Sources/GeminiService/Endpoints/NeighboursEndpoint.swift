// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire

/// Resources of the API that aren't imitated: says so, whatever is asked.
///
/// Up to `decisions` those that stand beside interactions in the same clients (INTERACTIONS 8). `cachedContents`, `batches`,
/// `tunedModels`, `fileSearchStores` and `auth_tokens` are what google-genai 3.4.0 asks for (its caches.py, batches.py, tunings.py,
/// file_search_stores.py, tokens.py); `corpora` and `generatedFiles` are in the published definition of the API (googleapis,
/// google/ai/generativelanguage/v1beta: retriever_service.proto, generativelanguage_v1beta.yaml).
struct NeighboursEndpoint: Endpoint {
    let name = "neighbours"
    let route = RouteTemplate(
        "* /{version}/{agents,environments,triggers,webhooks,credentials,voices,decisions,"
            + "cachedContents,batches,tunedModels,fileSearchStores,corpora,generatedFiles,auth_tokens}/**")
    let isImitated = false

    private static let besideInteractions: Set = [
        "agents", "environments", "triggers", "webhooks", "credentials", "voices", "decisions",
    ]

    func errorForm(for head: RequestHead) -> ErrorForm {
        let resource = AskedRoute(head).segments.dropFirst().first
        return resource.map(NeighboursEndpoint.besideInteractions.contains) ?? false ? .interaction : .object
    }

    func answer(_ call: APICall, _ service: FakeService) throws -> APIAnswer {
        throw APIError.notImitated(call.names[0], endpoint: name)
    }
}
