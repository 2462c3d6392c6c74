// SPDX-License-Identifier: Apache-2.0

import GeminiContract

/// Methods of models that aren't imitated: says so.
///
/// google-genai 3.4.0 asks for them (its batches.py and models.py); `predict` is in the published definition, too (googleapis,
/// google/ai/generativelanguage/v1beta/prediction_service.proto).
struct ModelNeighboursEndpoint: Endpoint {
    let name = "modelNeighbours"
    let route = RouteTemplate(
        "POST /{version}/models/*:{batchGenerateContent,asyncBatchEmbedContent,predict,predictLongRunning}")
    let isImitated = false

    func answer(_ call: APICall, _ service: FakeService) throws -> APIAnswer {
        throw APIError.notImitated(call.names[1], endpoint: name)
    }
}
