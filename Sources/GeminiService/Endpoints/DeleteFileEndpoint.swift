// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire

/// Removes a file; answers `{}` (CORE 3.2, seen).
struct DeleteFileEndpoint: Endpoint {
    let name = "deleteFile"
    let route = RouteTemplate("DELETE /{version}/files/*")
    let message: String? = "DeleteFileRequest"

    func answer(_ call: APICall, _ service: FakeService) throws -> APIAnswer {
        try service.fileStore.delete(call.names[0], of: call.tenant)
        return .json(Array("{}".utf8))
    }
}
