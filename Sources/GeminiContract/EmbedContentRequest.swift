// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// What embedContent takes, and batchEmbedContents several of (CORE 5.4).
public struct EmbedContentRequest: Sendable {
    public let content: Content
    /// How many numbers the vector is to have; nil leaves it to the model.
    public let outputDimensionality: Int?

    /// - Throws: `APIError` where the content is missing or can't be used.
    public init(_ body: JSONView) throws(APIError) {
        var problems = RequestProblems(message: "EmbedContentRequest")
        self.init(body, &problems)
        try problems.check()
    }

    /// - Parameter problems: gets what the real service would refuse.
    public init(_ body: JSONView, _ problems: inout RequestProblems) {
        outputDimensionality = body.field("outputDimensionality")?.protoInt
        guard let view = body.field("content") else {
            // The words are assumed, after those of generateContent.
            problems.add("content: contents is not specified")
            content = .empty
            return
        }
        content = Content(view, at: .content, problems: &problems)
    }

    /// The real limit (`APIError.batchTooLarge`). It also bounds the answer, which is a thousand times as long.
    private static let maximumBatch = 100

    /// The requests of a batch.
    ///
    /// - Parameter problems: gets what the real service would refuse, of a message called `BatchEmbedContentsRequest`.
    /// - Throws: `APIError` where there are too many, which is never answered.
    public static func batch(_ body: JSONView, _ problems: inout RequestProblems) throws(APIError)
        -> [EmbedContentRequest]
    {
        let requests = body.list("requests")
        if requests.isEmpty { problems.add("requests: requests is not specified") }
        guard requests.count <= maximumBatch else { throw .batchTooLarge(limit: maximumBatch) }
        let message = problems.message
        defer { (problems.message, problems.prefix) = (message, "") }
        return requests.enumerated().map { index, request in
            problems.message = "\(message).requests[\(index)]"
            problems.prefix = "requests[\(index)]."
            return EmbedContentRequest(request, &problems)
        }
    }

    /// - Throws: `APIError` with everything that is wrong with the requests of a batch.
    public static func batch(_ body: JSONView) throws(APIError) -> [EmbedContentRequest] {
        var problems = RequestProblems(message: "BatchEmbedContentsRequest")
        let requests = try batch(body, &problems)
        try problems.check()
        return requests
    }
}
