// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire

/// Refused for uploaded files, and there are no others (CORE 3.2).
struct DownloadFileEndpoint: Endpoint {
    let name = "downloadFile"
    let route = RouteTemplate("GET /{version}/files/*:download")
    let message: String? = "DownloadFileRequest"

    func answer(_ call: APICall, _ service: FakeService) throws -> APIAnswer {
        throw APIError.notDownloadable(try service.fileStore.storedFile(call.names[0], of: call.tenant).id)
    }
}
