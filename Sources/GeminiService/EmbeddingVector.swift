// SPDX-License-Identifier: Apache-2.0

import GeminiContract

/// Vectors in the place of embeddings: of length one, the same for the same text and seed, and nearer to each other the
/// more words two texts share, so that a search over them finds what it should.
enum EmbeddingVector {
    /// How many of a vector's numbers one word moves.
    private static let footprint = 24
    /// How much of the texts is read for words: several times what any model reads (8,192 tokens).
    private static let readBytes = 256 * 1024
    /// More than any model gives (3072), to keep an answer's size bounded.
    static let maximumDimensions = 4096

    /// The model's own number of dimensions (CORE 5.4; the older models' 768 from their documentation).
    static func dimensions(of model: Model) -> Int {
        model.name.hasPrefix("gemini-embedding") ? 3072 : 768
    }

    static func make(for texts: [String], dimensions: Int, seed: UInt64) -> [Float] {
        guard dimensions > 0 else { return [] }
        var vector = background(texts, dimensions: dimensions, seed: seed)
        var unread = readBytes
        for text in texts where unread > 0 {
            let text = String(decoding: text.utf8.prefix(unread), as: UTF8.self)
            unread -= text.utf8.count
            for word in text.lowercased().split(whereSeparator: { !$0.isLetter && !$0.isNumber }) {
                var generator = SeededGenerator(seed: Fingerprint.of(String(word), seed: seed))
                for _ in 0..<min(footprint, dimensions) {
                    let bits = generator.next()
                    vector[Int(bits % UInt64(dimensions))] += bits >> 63 == 0 ? 1 : -1
                }
            }
        }
        let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return vector.map { $0 / max(length, .leastNormalMagnitude) }
    }

    /// Something small everywhere, so that no number is zero and two texts of the same words still differ.
    private static func background(_ texts: [String], dimensions: Int, seed: UInt64) -> [Float] {
        var generator = SeededGenerator(seed: texts.reduce(seed) { Fingerprint.of($1, seed: $0) })
        return (0..<dimensions).map { _ in
            (Float(generator.next() >> 40) / Float(1 << 24) - 0.5) * 0.02
        }
    }
}
