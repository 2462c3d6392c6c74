// SPDX-License-Identifier: Apache-2.0

/// Uploads straight into a store, which isn't imitated: says so. google-genai 1.75.0 and later ask for it (its
/// file_search_stores.py).
struct UploadToFileSearchStoreEndpoint: UnimitatedEndpoint {
    let name = "uploadToFileSearchStore"
    let route = RouteTemplate("POST /upload/{version}/fileSearchStores/*:uploadToFileSearchStore")

    func subject(of call: APICall) -> String { "uploads into fileSearchStores" }
}
