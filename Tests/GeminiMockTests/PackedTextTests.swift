// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import GeminiMock

final class PackedTextTests: XCTestCase {
    func test_whatIsPacked_comesOutAsItWas_inItsOrder() {
        let texts = ["", "a", "ä😀", String(repeating: "long ", count: 1000)]
        let room = texts.reduce(4 + 4 + 3) { $0 + 4 + $1.utf8.count }
        let packed = TextPacker.packed(room: room) { packer in
            for text in texts { packer.add(text) }
            packer.add(4_000_000_000)
            packer.add([1, 2, 3] as [UInt8])
        }
        XCTAssertEqual(packed.count, room)
        var unpacker = TextUnpacker(packed)
        XCTAssertEqual(texts.map { _ in unpacker.text() }, texts)
        XCTAssertEqual(unpacker.number(), 4_000_000_000)
        XCTAssertEqual(unpacker.data(), [1, 2, 3])
    }
}
