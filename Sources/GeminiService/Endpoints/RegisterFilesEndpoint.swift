// SPDX-License-Identifier: Apache-2.0

import GeminiContract

/// Takes objects of Google's cloud storage for files, which isn't imitated: says so. google-genai 1.75.0 and later ask for it
/// (its files.py).
struct RegisterFilesEndpoint: Endpoint {
    let name = "registerFiles"
    let route = RouteTemplate("POST /{version}/files:register")
    let isImitated = false

    func answer(_ call: APICall, _ service: FakeService) throws -> APIAnswer {
        throw APIError.notImitated("files:register", endpoint: name)
    }
}
