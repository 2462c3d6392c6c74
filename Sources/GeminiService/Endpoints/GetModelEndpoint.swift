// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire

/// One model (CORE 5.5).
struct GetModelEndpoint: Endpoint {
    let name = "getModel"
    let route = RouteTemplate("GET /{version}/models/*")
    let message: String? = "GetModelRequest"
    let answerMessage: String? = "Model"

    func answer(_ call: APICall, _ service: FakeService) throws -> APIAnswer {
        guard let model = service.models.model(named: call.names[0]) else {
            throw APIError.noSuchModel("models/\(call.names[0])", version: call.version)
        }
        var writer = JSONWriter(.pretty)
        model.write(to: &writer)
        return .json(writer.bytes)
    }
}
