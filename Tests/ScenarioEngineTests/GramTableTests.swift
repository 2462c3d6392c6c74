// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import ScenarioEngine

final class GramTableTests: XCTestCase {
    private func found(_ table: GramTable, _ text: String) -> [Int] {
        var found: [Int] = []
        table.find(in: text, into: &found)
        return found.sorted()
    }

    func test_aText_hasTheGramsOfItsBytes() {
        XCTAssertEqual(Gram.all(of: ""), [])
        XCTAssertEqual(Gram.all(of: "ab"), [Gram("ab".utf8)])
        XCTAssertEqual(Gram.all(of: "abcde"), [Gram("abcd".utf8), Gram("bcde".utf8)])
        XCTAssertEqual(Gram.all(of: "aaaaaa").count, 1)
        XCTAssertNotEqual(Gram("\0a".utf8), Gram("a".utf8))
    }

    func test_gramsAreFound_whereverTheyStand_andEachOnce() {
        var table = GramTable()
        XCTAssertTrue(table.isEmpty)
        table.insert(1, under: Gram("abcd".utf8))
        table.insert(2, under: Gram("é".utf8))
        table.insert(3, under: Gram("x".utf8))
        table.insert(4, under: Gram("abcd".utf8))
        XCTAssertFalse(table.isEmpty)
        XCTAssertEqual(found(table, "abcd"), [1, 4])
        XCTAssertEqual(found(table, "--abcdabcd--"), [1, 4])
        XCTAssertEqual(found(table, "xéx"), [2, 3])
        XCTAssertEqual(found(table, "abc"), [])
        XCTAssertEqual(found(table, ""), [])
    }

    /// Against a search that can't go wrong.
    func test_whatIsFound_isWhatIsThere() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<200 {
            let words = (0..<20).map { _ in
                String((0..<Int.random(in: 1...4)).map { _ in "abc".randomElement(using: &generator) ?? "a" })
            }
            var table = GramTable()
            for (index, word) in words.enumerated() { table.insert(index, under: Gram(word.utf8)) }
            let text = String((0..<12).map { _ in "abc".randomElement(using: &generator) ?? "a" })
            let wanted = words.indices.filter { index in
                text.indices.contains { text[$0...].hasPrefix(words[index]) }
            }
            XCTAssertEqual(found(table, text), wanted, "\(text): \(words)")
        }
    }
}
