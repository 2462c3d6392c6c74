// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import MediaProbe

final class TextTests: XCTestCase {
    func test_text_isPlain_whenItIsUTF8() {
        for text in [
            "a", "Hello, world!\n", "\u{FEFF}with mark", "tab\tform\u{C}feed\r\n", "Grüße, 世界 🎈 e\u{301}",
            "\u{10FFFF}",
        ] {
            XCTAssertEqual(type(of: Array(text.utf8)), "text/plain", text)
            XCTAssertTrue(TextWalker.recognises(Array(text.utf8)), text)
        }
    }

    func test_text_isUnknown_whenItHasControlsOrIsNoUTF8() {
        for bytes in [
            [], [0], [0x61, 0, 0x62], [0x1B, 0x5B], [0x7F], [0x61, 0x08], [0x80], [0xFF, 0xFE, 0x61, 0],
            [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0x61, 0xE4, 0x62],
        ] as [[UInt8]] {
            XCTAssertNil(type(of: bytes), "\(bytes)")
            XCTAssertFalse(TextWalker.recognises(bytes), "\(bytes)")
        }
    }

    func test_text_isLookedAt_forFirst64KiBOnly() {
        let text = Array(String(repeating: "x", count: 65_536).utf8)
        XCTAssertEqual(type(of: text + [0]), "text/plain")
        XCTAssertNil(type(of: text.dropLast() + [0]))
    }

    func test_text_mayBeCut_insideCharacter() {
        for character in ["ü", "世", "\u{D7FF}", "🎈", "\u{10FFFF}"] {
            let bytes = Array(character.utf8)
            for length in 1..<bytes.count {
                let start = [UInt8](repeating: 0x61, count: 65_536 - length)
                XCTAssertEqual(type(of: start + bytes), "text/plain", "\(character), \(length)")
                XCTAssertNil(type(of: start + bytes.prefix(length)), "nothing follows: \(character)")
                XCTAssertTrue(TextWalker.recognises(Array("ab".utf8) + bytes.prefix(length)))
            }
        }
        for tail in [
            [0xC0], [0xF5], [0xE0, 0x80], [0xED, 0xA0], [0xF0, 0x8F], [0xF4, 0x90], [0xE4, 0x61],
        ] as [[UInt8]] {
            let start = [UInt8](repeating: 0x61, count: 65_536 - tail.count)
            XCTAssertNil(type(of: start + tail + makeZeros(9)), "\(tail)")
        }
    }

    private func type(of bytes: [UInt8]) -> String? {
        let facts = makeFacts(TextWalker(), bytes)
        XCTAssertEqual(makeFacts(TextWalker(), arriving: bytes, cut: 1_000), facts)
        return facts.mimeType
    }
}
