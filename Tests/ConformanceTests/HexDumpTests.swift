// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import Conformance

final class HexDumpTests: XCTestCase {
    func testLinesAroundTheBytes() {
        let bytes = (0..<100).map { UInt8($0) }
        let lines = HexDump.lines(bytes, marked: 62..<66)
        XCTAssertEqual(
            lines.map(\.offset), ["00000010", "00000020", "00000030", "00000040", "00000050", "00000060"])
        let marked = lines.flatMap(\.bytes).filter(\.isMarked)
        XCTAssertEqual(marked.map(\.hex), ["3E", "3F", "40", "41"])
        XCTAssertEqual(marked.map(\.letter), [">", "?", "@", "A"])
        XCTAssertEqual(lines.last?.bytes.map(\.letter), ["`", "a", "b", "c"])
        XCTAssertEqual(lines.first?.bytes.first?.letter, ".")
    }

    func testEdges() {
        XCTAssertEqual(HexDump.lines([], marked: 0..<0), [])
        XCTAssertEqual(HexDump.lines([1], marked: 1..<1).map(\.bytes.count), [1])
        // However long the mark is, no more than a screen is shown.
        XCTAssertEqual(HexDump.lines(Array(repeating: 0, count: 5000), marked: 0..<5000).count, 11)
    }

    func testRange() {
        XCTAssertEqual(HexDump.range(of: Array("bc".utf8), in: Array("abcbc".utf8)), 1..<3)
        XCTAssertNil(HexDump.range(of: Array("bcd".utf8), in: Array("abc".utf8)))
        XCTAssertNil(HexDump.range(of: [], in: [1]))
        XCTAssertNil(HexDump.range(of: [1, 2], in: [1]))
    }
}
