// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// What shapes the answer.
public struct GenerationConfig: Sendable {
    public let candidateCount: Int
    public let stopSequences: [String]
    public let maxOutputTokens: Int?
    public let responseMimeType: String
    /// `responseSchema` or `responseJsonSchema`.
    public let responseSchema: JSONView?
    public let includesThoughts: Bool
    /// 0 switches thinking off, -1 leaves it to the model.
    public let thinkingBudget: Int?

    /// The documentation's limit, and the API's (`APIError.stopSequences`).
    static let maximumStopSequences = 5
    private static let candidateCounts = 1...8

    /// What a method that asks for one answer at a time says.
    init(
        stopSequences: [String], maxOutputTokens: Int?, responseMimeType: String, responseSchema: JSONView?,
        includesThoughts: Bool, thinkingBudget: Int?
    ) {
        candidateCount = 1
        self.stopSequences = stopSequences
        self.maxOutputTokens = maxOutputTokens
        self.responseMimeType = responseMimeType
        self.responseSchema = responseSchema
        self.includesThoughts = includesThoughts
        self.thinkingBudget = thinkingBudget
    }

    /// What is out of bounds is brought into them, for those who answer all the same.
    ///
    /// - Parameter problems: gets what the real service would refuse.
    init(_ view: JSONView?, _ problems: inout RequestProblems) {
        let count = view?.field("candidateCount")?.protoInt ?? 1
        candidateCount = min(
            max(count, GenerationConfig.candidateCounts.lowerBound),
            GenerationConfig.candidateCounts.upperBound)
        let stops = view?.list("stopSequences") ?? []
        stopSequences = stops.prefix(GenerationConfig.maximumStopSequences).compactMap(\.string)
            .filter { !$0.isEmpty }
        let limit = view?.field("maxOutputTokens")?.protoInt
        maxOutputTokens = limit.flatMap { $0 > 0 ? $0 : nil }
        responseMimeType = view?.field("responseMimeType")?.string ?? ""
        let jsonSchema = view?.field("responseJsonSchema") ?? view?.field("_responseJsonSchema")
        responseSchema = jsonSchema ?? view?.field("responseSchema")
        let thinking = view?.field("thinkingConfig")
        includesThoughts = thinking?.field("includeThoughts")?.protoBool ?? false
        thinkingBudget = thinking?.field("thinkingBudget")?.protoInt

        guard let view else { return }
        if count != candidateCount { problems.add(.candidateCount(count)) }
        if let temperature = view.field("temperature")?.protoDouble, !(0...2).contains(temperature) {
            problems.add(config: "temperature", "temperature must be in the range [0.0, 2.0].")
        }
        if let limit, limit < 0 {
            problems.add(config: "max_output_tokens", "max_output_tokens must be positive.")
        }
        if stops.count > GenerationConfig.maximumStopSequences {
            problems.add(stopSequencesOver: GenerationConfig.maximumStopSequences)
        }
        if !GenerationConfig.mimeTypes.contains(responseMimeType) {
            problems.add(wrongResponseMimeType: ())
        } else if responseSchema != nil, ["", "text/plain"].contains(responseMimeType) {
            problems.add(schemaWithoutJSON: jsonSchema == nil ? "response_schema" : "response_json_schema")
        }
    }

    private static let mimeTypes = [
        "", "text/plain", "application/json", "application/xml", "application/yaml", "text/x.enum",
    ]
}
