// SPDX-License-Identifier: Apache-2.0

import GeminiContract

/// The operations that methods of models begin, such as `predictLongRunning`, which aren't imitated: says so.
///
/// Their paths are in the published definition (googleapis, google/ai/generativelanguage/v1beta/generativelanguage_v1beta.yaml).
struct ModelOperationsEndpoint: Endpoint {
    let name = "modelOperations"
    let route = RouteTemplate("* /{version}/models/*/operations/**")
    let isImitated = false

    func answer(_ call: APICall, _ service: FakeService) throws -> APIAnswer {
        throw APIError.notImitated("operations of models", endpoint: name)
    }
}
