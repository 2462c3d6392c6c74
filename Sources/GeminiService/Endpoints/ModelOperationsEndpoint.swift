// SPDX-License-Identifier: Apache-2.0

/// The operations that methods of models begin, such as `predictLongRunning`, which aren't imitated: says so.
///
/// Their paths are in the published definition (googleapis, google/ai/generativelanguage/v1beta/generativelanguage_v1beta.yaml).
struct ModelOperationsEndpoint: UnimitatedEndpoint {
    let name = "modelOperations"
    let route = RouteTemplate("* /{version}/models/*/operations/**")

    func subject(of call: APICall) -> String { "operations of models" }
}
