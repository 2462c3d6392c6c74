// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import ReferenceClient

/// The reference client's own hash, by the examples of FIPS 180-4 (NIST, “SHA-256 examples”).
final class DigestTests: XCTestCase {
    func test_examples() {
        XCTAssertEqual(
            Digest.sha256(Array("abc".utf8)),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        XCTAssertEqual(
            Digest.sha256(Array("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".utf8)),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
        XCTAssertEqual(
            Digest.sha256([]), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    }
}
