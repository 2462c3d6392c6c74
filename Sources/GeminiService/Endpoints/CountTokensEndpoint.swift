// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire

/// How many tokens a prompt would have (CORE 5.1).
struct CountTokensEndpoint: Endpoint {
    let name = "countTokens"
    let route = RouteTemplate("POST /{version}/models/*:countTokens")
    let message: String? = "CountTokensRequest"
    let answerMessage: String? = "CountTokensResponse"

    func answer(_ call: APICall, _ service: FakeService) throws -> APIAnswer {
        let model = try service.model(call, method: name)
        var problems = call.problems("CountTokensRequest")
        let request = CountTokensRequest(call.body, &problems)
        try service.checks.refuse(problems.refusal, call.head)
        let media = try service.media(
            of: request.contents, systemInstruction: request.systemInstruction, in: call)
        let counts = TokenCounter.count(
            contents: request.contents, systemInstruction: request.systemInstruction, tools: request.tools,
            media: media, traits: service.traits(of: model)
        )
        var writer = JSONWriter(.pretty)
        writer.object { writer in
            writer.member("totalTokens", counts.total)
            writer.key("promptTokensDetails")
            counts.write(to: &writer)
        }
        return .json(writer.bytes)
    }

    func contents(of call: APICall, _ service: FakeService) -> CallContents {
        var problems = call.problems("CountTokensRequest")
        let request = CountTokensRequest(call.body, &problems)
        return CallContents(contents: request.contents, system: request.systemInstruction)
    }
}
