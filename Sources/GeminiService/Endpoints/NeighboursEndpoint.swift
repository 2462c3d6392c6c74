// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Resources of the API that aren't imitated: says so, whatever is asked.
struct NeighboursEndpoint: UnimitatedEndpoint {
    /// They stand beside interactions in the same clients, and refuse in the same form (INTERACTIONS 8).
    private static let besideInteractions = [
        "agents", "environments", "triggers", "webhooks", "credentials", "voices", "decisions",
    ]
    /// `corpora` and `generatedFiles` are in the published definition of the API (googleapis,
    /// google/ai/generativelanguage/v1beta: retriever_service.proto, generativelanguage_v1beta.yaml); google-genai 3.4.0 asks for the
    /// rest (its caches.py, batches.py, tunings.py, file_search_stores.py, tokens.py).
    private static let others = [
        "cachedContents", "batches", "tunedModels", "fileSearchStores", "corpora", "generatedFiles",
        "auth_tokens",
    ]

    let name = "neighbours"
    let route = RouteTemplate(
        "* /{version}/{\((besideInteractions + others).joined(separator: ","))}/**")

    func errorForm(for head: RequestHead) -> ErrorForm {
        let resource = AskedRoute(head).segments.dropFirst().first
        return resource.map(NeighboursEndpoint.besideInteractions.contains) ?? false ? .interaction : .object
    }

    func subject(of call: APICall) -> String { call.names[0] }
}
