// SPDX-License-Identifier: Apache-2.0

import GeminiContract

/// Uploads straight into a store, which isn't imitated: says so. google-genai 1.75.0 and later ask for it (its
/// file_search_stores.py).
struct UploadToFileSearchStoreEndpoint: Endpoint {
    let name = "uploadToFileSearchStore"
    let route = RouteTemplate("POST /upload/{version}/fileSearchStores/*:uploadToFileSearchStore")
    let isImitated = false

    func answer(_ call: APICall, _ service: FakeService) throws -> APIAnswer {
        throw APIError.notImitated("uploads into fileSearchStores", endpoint: name)
    }
}
