// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// What embedContent takes, and batchEmbedContents several of (CORE 5.4).
public struct EmbedContentRequest: Sendable {
    public let content: Content
    /// How many numbers the vector is to have; nil leaves it to the model.
    public let outputDimensionality: Int?

    /// - Throws: `APIError` where the content is missing or can't be used.
    public init(_ body: JSONView) throws(APIError) {
        self = try EmbedContentRequest(body, message: "EmbedContentRequest", prefix: "")
    }

    private init(_ body: JSONView, message: String, prefix: String) throws(APIError) {
        var problems = ContentProblems(message: message, prefix: prefix)
        guard let view = body.field("content") else {
            // The words are assumed, after those of generateContent.
            throw .validator(["\(message).content: contents is not specified"])
        }
        content = Content(view, at: .content, problems: &problems)
        try problems.checkValues()
        try problems.checkLines()
        outputDimensionality = body.field("outputDimensionality")?.protoInt
    }

    /// The real limit (`APIError.batchTooLarge`). It also bounds the answer, which is a thousand times as long.
    private static let maximumBatch = 100

    /// The requests of a batch.
    ///
    /// - Throws: `APIError` where there is none or there are too many, or about the first that can't be used.
    public static func batch(_ body: JSONView) throws(APIError) -> [EmbedContentRequest] {
        let requests = body.list("requests")
        guard !requests.isEmpty else {
            throw .validator(["BatchEmbedContentsRequest.requests: requests is not specified"])
        }
        guard requests.count <= maximumBatch else { throw .batchTooLarge(limit: maximumBatch) }
        var read: [EmbedContentRequest] = []
        for (index, request) in requests.enumerated() {
            let path = "requests[\(index)]"
            read.append(
                try EmbedContentRequest(
                    request, message: "BatchEmbedContentsRequest.\(path)", prefix: "\(path).")
            )
        }
        return read
    }
}
