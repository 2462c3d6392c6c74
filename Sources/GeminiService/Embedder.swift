// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire

/// Turns contents into vectors for one model.
struct Embedder {
    let model: Model
    let seed: UInt64

    /// `{"values": […]}`
    ///
    /// - Parameter media: the request's.
    func write(_ request: EmbedContentRequest, _ media: RequestMedia, to writer: inout JSONWriter) {
        let asked = request.outputDimensionality ?? 0
        let dimensions =
            asked > 0
            ? min(asked, EmbeddingVector.maximumDimensions) : EmbeddingVector.dimensions(of: model)
        let values = EmbeddingVector.make(
            for: pieces(of: request.content, media), dimensions: dimensions,
            seed: Fingerprint.of(model.name, seed: seed)
        )
        writer.object { writer in
            writer.key("values")
            writer.array { writer in
                for value in values { writer.float(value) }
            }
        }
    }

    /// Only gemini-embedding-2 tells its usage, and by a name of its own: `promptTokenDetails` (recorded in 2026).
    func writeUsage(_ requests: [EmbedContentRequest], to writer: inout JSONWriter) {
        guard model.name.hasPrefix("gemini-embedding-2") else { return }
        let tokens = requests.flatMap(\.content.parts).reduce(0) { sum, part in
            guard case .text(let view) = part.data else { return sum }
            return sum + TokenCounter.tokens(view)
        }
        writer.key("usageMetadata")
        writer.object { writer in
            writer.member("promptTokenCount", tokens)
            writer.key("promptTokenDetails")
            [ModalityTokenCount(.text, tokens)].write(to: &writer)
        }
    }

    private func pieces(of content: Content, _ media: RequestMedia) -> [String] {
        content.parts.map { part in
            if case .text(let view) = part.data { return view.string ?? "" }
            // Not by its id: the same bytes are to give the same vector, inline and however often uploaded.
            if let medium = media.medium(of: part), medium.sizeBytes != nil {
                return RequestSummary.contents(of: medium)
            }
            return RequestSummary.describe(part, media)
        }
    }
}
