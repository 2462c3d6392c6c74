// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import GeminiService

final class SHA256Tests: XCTestCase {
    /// FIPS 180-4's examples.
    private let vectors = [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
        (
            String(repeating: "a", count: 1_000_000),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
        ),
    ]

    func test_hex_isThatOfTheStandard() {
        for (text, digest) in vectors { XCTAssertEqual(SHA256.hex(of: text), digest) }
    }

    func test_pieces_makeNoDifference_andMoreMayFollow() {
        let hash = SHA256()
        for (piece, digest) in [("", 0), ("a", nil), ("", nil), ("bc", 1)] as [(String, Int?)] {
            Array(piece.utf8).withUnsafeBytes { hash.update($0) }
            if let digest { XCTAssertEqual(hash.hex(), vectors[digest].1) }
        }
        XCTAssertEqual(hash.hex(), vectors[1].1, "asked twice")
    }
}
