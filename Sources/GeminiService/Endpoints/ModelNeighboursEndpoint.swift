// SPDX-License-Identifier: Apache-2.0

/// Methods of models that aren't imitated: says so.
///
/// google-genai 3.4.0 asks for them (its batches.py and models.py); `predict` is in the published definition, too (googleapis,
/// google/ai/generativelanguage/v1beta/prediction_service.proto).
struct ModelNeighboursEndpoint: UnimitatedEndpoint {
    let name = "modelNeighbours"
    let route = RouteTemplate(
        "POST /{version}/models/*:{batchGenerateContent,asyncBatchEmbedContent,predict,predictLongRunning}")

    func subject(of call: APICall) -> String { call.names[1] }
}
