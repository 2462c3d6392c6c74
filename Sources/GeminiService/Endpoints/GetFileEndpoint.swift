// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire

/// One file (CORE 3.2).
struct GetFileEndpoint: Endpoint {
    let name = "getFile"
    let route = RouteTemplate("GET /{version}/files/*")
    let message: String? = "GetFileRequest"
    let answerMessage: String? = "File"

    func answer(_ call: APICall, _ service: FakeService) throws -> APIAnswer {
        let file = try service.fileStore.polledFile(call.names[0], of: call.tenant)
        var writer = JSONWriter(.pretty)
        file.write(to: &writer, at: service.clock.nanoseconds)
        return .json(writer.bytes)
    }
}
