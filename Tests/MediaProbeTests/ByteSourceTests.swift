// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import MediaProbe

final class ByteSourceTests: XCTestCase {
    private let source: [UInt8] = [1, 2, 3, 4, 5, 6, 7, 8, 9]

    func test_bytes_areThoseAsked_withinSource() {
        XCTAssertEqual(source.bytes(at: 0, count: 3), [1, 2, 3])
        XCTAssertEqual(source.bytes(at: 4, count: 2), [5, 6])
        XCTAssertEqual(source.bytes(at: 0, count: 9), source)
    }

    func test_bytes_areFewer_atEnd() {
        XCTAssertEqual(source.bytes(at: 7, count: 10), [8, 9])
        XCTAssertEqual(source.bytes(at: 8, count: Int.max), [9])
    }

    func test_bytes_areNone_whereThereAreNone() {
        for (offset, count) in [
            (9, 1), (100, 4), (Int.max, 1), (-1, 4), (Int.min, 4), (0, 0), (0, -1), (3, Int.min),
        ] {
            XCTAssertEqual(source.bytes(at: offset, count: count), [], "\(offset), \(count)")
        }
        XCTAssertEqual([UInt8]().bytes(at: 0, count: 1), [])
    }

    func test_littleEndian_startsWithLowestByte() {
        XCTAssertEqual(source.littleEndian(at: 0, size: 1), 1)
        XCTAssertEqual(source.littleEndian(at: 0, size: 2), 0x0201)
        XCTAssertEqual(source.littleEndian(at: 1, size: 4), 0x0504_0302)
        XCTAssertEqual(source.littleEndian(at: 1, size: 8), 0x0908_0706_0504_0302)
    }

    func test_littleEndian_isNil_behindEnd() {
        XCTAssertNil(source.littleEndian(at: 6, size: 4))
        XCTAssertNil(source.littleEndian(at: -1, size: 2))
    }

    func test_littleEndian_doesNotTrap_onAllOnes() {
        XCTAssertEqual([UInt8](repeating: 0xFF, count: 8).littleEndian(at: 0, size: 8), -1)
        XCTAssertEqual([UInt8](repeating: 0xFF, count: 4).littleEndian(at: 0, size: 4), 0xFFFF_FFFF)
    }

    func test_hasTag_comparesFourBytes() {
        let source = Array("xRIFFx".utf8)
        XCTAssertTrue(source.hasTag("RIFF", at: 1))
        XCTAssertFalse(source.hasTag("RIFF", at: 0))
        XCTAssertFalse(source.hasTag("RIFF", at: 3), "cut off")
        XCTAssertFalse(source.hasTag("RIFF", at: 9))
    }
}
