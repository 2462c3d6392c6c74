// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import GeminiMock

final class BytePagesTests: XCTestCase {
    /// Of lengths that fill pages to their end, or nearly, and some that have one of their own.
    func test_whatWasPackedBefore_staysAsItIs() {
        var pages = BytePages()
        var kept: [(bytes: [UInt8], packed: PackedBlocks)] = []
        for round in 0..<400 {
            let length = [0, 1, 4088, 8184, 8185, 9000, 300, 2040][round % 8]
            let bytes = [UInt8](repeating: UInt8(round % 251), count: length)
            kept.append((bytes, pages.pack(bytes, [[UInt8(round % 256)]])))
        }
        for (round, record) in kept.enumerated() {
            XCTAssertEqual(record.packed.unpacked.first, record.bytes)
            XCTAssertEqual(record.packed.unpacked.others, [[UInt8(round % 256)]])
        }
    }

    func test_aPage_goesWithTheLastRecordOnIt() {
        var pages = BytePages()
        var first: PackedBlocks? = pages.pack([1], [])
        weak let page = first?.page
        var second: PackedBlocks? = pages.pack([2], [])
        XCTAssertTrue(second?.page === page)
        pages = BytePages()
        first = nil
        XCTAssertNotNil(page)
        XCTAssertEqual(second?.first, [2])
        second = nil
        XCTAssertNil(page)
    }

    /// The oldest goes for each new one, as in a journal that is full, and one is read for longer.
    func test_pagesThatAreWrittenAgain_changeNothingThatIsKept() {
        var pages = BytePages()
        var kept: [(bytes: [UInt8], packed: PackedBlocks)] = []
        var read: (bytes: [UInt8], packed: PackedBlocks)?
        var used: Set<ObjectIdentifier> = []
        for round in 0..<1000 {
            let bytes = (0..<(1000 + round % 7)).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ round) }
            kept.append((bytes, pages.pack(bytes, [])))
            if let packed = kept.last?.packed { used.insert(ObjectIdentifier(packed.page)) }
            if round == 200 { read = (kept[100].bytes, kept[100].packed.lent) }
            if kept.count > 150 { pages.takeBack(kept.removeFirst().packed) }
        }
        for record in kept { XCTAssertEqual(record.packed.first, record.bytes) }
        XCTAssertEqual(read?.packed.first, read?.bytes)
        XCTAssertLessThanOrEqual(used.count, 7)
    }
}
