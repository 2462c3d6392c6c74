// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import GeminiService

final class EmbeddingVectorTests: XCTestCase {
    private func make(_ texts: String..., dimensions: Int = 768, seed: UInt64 = 1) -> [Float] {
        EmbeddingVector.make(for: texts, dimensions: dimensions, seed: seed)
    }

    private func product(_ a: [Float], _ b: [Float]) -> Float { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }

    func test_dimensions_areThoseOfModel() throws {
        for (name, dimensions) in [
            ("gemini-embedding-001", 3072), ("gemini-embedding-2", 3072),
            ("gemini-embedding-2-preview", 3072),
            ("text-embedding-004", 768), ("embedding-001", 768),
        ] {
            XCTAssertEqual(EmbeddingVector.dimensions(of: try makeModel(name)), dimensions, name)
        }
    }

    func test_make_isOfLengthOne_forAnyTextAndSize() {
        for dimensions in [1, 2, 3, 10, 128, 768, 3072, 4096] {
            for text in [
                "", "a", "the cat sat on the mat", "...", String(repeating: "word ", count: 5_000), "日本語",
            ] {
                let vector = make(text, dimensions: dimensions)
                XCTAssertEqual(vector.count, dimensions)
                XCTAssertEqual(product(vector, vector), 1, accuracy: 1e-4, "\(dimensions) \(text.prefix(20))")
            }
        }
        XCTAssertEqual(make("a", dimensions: 0), [])
        XCTAssertEqual(make("a", dimensions: -5), [])
    }

    func test_make_isSame_forSameTextAndSeed() {
        XCTAssertEqual(make("the cat sat"), make("the cat sat"))
        XCTAssertEqual(make("a", "b"), make("a", "b"))
        XCTAssertNotEqual(make("the cat sat"), make("the cat sat", seed: 2))
        XCTAssertNotEqual(make("the cat sat"), make("sat the cat"), "same words, another text")
        XCTAssertNotEqual(make("a", "b"), make("b", "a"))
    }

    func test_make_isNearer_theMoreWordsAreShared() {
        for dimensions in [128, 768, 3072] {
            let make = { (text: String) in self.make(text, dimensions: dimensions) }
            let query = make("How do I reset my password?")
            let near = product(query, make("Reset my password: how do I do it"))
            let middle = product(query, make("I forgot my password yesterday"))
            let far = product(query, make("Bananas ripen faster beside apples"))
            XCTAssertGreaterThan(near, middle, "\(dimensions)")
            XCTAssertGreaterThan(middle, far, "\(dimensions)")
            XCTAssertGreaterThan(near, 0.7)
            XCTAssertLessThan(abs(far), 0.3)
        }
    }

    func test_make_ignoresCaseAndPunctuation_almost() {
        XCTAssertGreaterThan(product(make("Hello, World!"), make("hello world")), 0.95)
    }

    func test_make_differs_whenLongTextsDifferBehindWhatIsRead() {
        let long = String(repeating: "word ", count: 80_000)
        let (one, other) = (make(long + "one"), make(long + "other"))
        XCTAssertNotEqual(one, other)
        XCTAssertGreaterThan(product(one, other), 0.99)
    }
}
