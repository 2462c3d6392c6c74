// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import GeminiService

final class SeededGeneratorTests: XCTestCase {
    /// Values of the reference implementation (Vigna's splitmix64.c).
    func test_next_isSplitMix64() {
        for (seed, expected) in [
            (
                0,
                [0xE220_A839_7B1D_CDAF, 0x6E78_9E6A_A1B9_65F4, 0x06C4_5D18_8009_454F, 0xF88B_B8A8_724C_81EC]
            ),
            (1_234_567, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]),
        ] as [(UInt64, [UInt64])] {
            var generator = SeededGenerator(seed: seed)
            XCTAssertEqual(expected.map { _ in generator.next() }, expected)
        }
    }

    func test_bytes_areThoseOfNumbers_lowestFirst() {
        var generator = SeededGenerator(seed: 0)
        XCTAssertEqual(generator.bytes(10), [0xAF, 0xCD, 0x1D, 0x7B, 0x39, 0xA8, 0x20, 0xE2, 0xF4, 0x65])
        XCTAssertEqual(generator.bytes(0), [])
    }
}

final class FingerprintTests: XCTestCase {
    private func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
    }

    func test_of_isSame_forSameBytes() {
        for count in [0, 1, 7, 8, 9, 1_000, 100_000] {
            let bytes = bytes(count)
            let padded = [9, 9, 9] + bytes
            XCTAssertEqual(
                Fingerprint.of(bytes[...], seed: 5), Fingerprint.of(padded[3...], seed: 5), "\(count)")
        }
        XCTAssertEqual(Fingerprint.of("abc", seed: 5), Fingerprint.of(Array("abc".utf8)[...], seed: 5))
    }

    func test_of_differs_bySeedLengthAndEachByteAtEdges() {
        let base = bytes(64)
        var seen: Set = [Fingerprint.of(base[...], seed: 5)]
        for at in base.indices {
            var other = base
            other[at] ^= 1
            XCTAssertTrue(seen.insert(Fingerprint.of(other[...], seed: 5)).inserted, "\(at)")
        }
        XCTAssertTrue(seen.insert(Fingerprint.of(base[...], seed: 6)).inserted)
        XCTAssertTrue(seen.insert(Fingerprint.of(base.dropLast(), seed: 5)).inserted)
        XCTAssertNotEqual(Fingerprint.of("", seed: 1), Fingerprint.of("\0", seed: 1))
    }

    func test_of_readsBothEndsAndLength_ofLongBytes() {
        let long = [UInt8](repeating: 7, count: 100_000)
        let print = Fingerprint.of(long[...], seed: 1)
        for at in [0, 16_383, long.count - 16_384, long.count - 1] {
            var other = long
            other[at] = 8
            XCTAssertNotEqual(Fingerprint.of(other[...], seed: 1), print, "\(at)")
        }
        XCTAssertNotEqual(Fingerprint.of((long + [7])[...], seed: 1), print)
        var middle = long
        middle[50_000] = 8
        XCTAssertEqual(Fingerprint.of(middle[...], seed: 1), print, "what lies between isn't read")
    }
}
