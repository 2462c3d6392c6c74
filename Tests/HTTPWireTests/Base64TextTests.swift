// SPDX-License-Identifier: Apache-2.0

import Foundation
import XCTest

@testable import HTTPWire

final class Base64TextTests: XCTestCase {
    /// The decoded bytes, or nil where the text isn't base64.
    private func decoded(_ text: String) -> [UInt8]? {
        utf8(text).withUnsafeBufferPointer { Base64Text($0)?.decoded() }
    }

    private func assertDecodes(_ cases: [(String, [UInt8]?)], line: UInt = #line) {
        for (text, bytes) in cases {
            XCTAssertEqual(decoded(text), bytes, text.debugDescription, line: line)
        }
    }

    /// Bytes that use every digit of the alphabet.
    private func sample(_ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ $0 / 7) }
    }

    func test_decoded_takesBothAlphabets() {
        assertDecodes([
            ("+/+/", [0xFB, 0xFF, 0xBF]), ("-_-_", [0xFB, 0xFF, 0xBF]), ("AAAA", [0, 0, 0]), ("", []),
        ])
    }

    func test_decoded_refusesMixedAlphabets() {
        let plain = String(repeating: "A", count: 300)
        assertDecodes([
            ("+-AA", nil), ("/_AA", nil), ("_+==", nil), ("+" + plain + "-AA", nil),
            (plain + "/" + plain + "_AA", nil),
            ("-" + plain + "+AA", nil), ("+" + plain + "/AA", decoded("+" + plain + "/AA")),
        ])
        XCTAssertNotNil(decoded("+" + plain + "/AA"))
        XCTAssertNotNil(decoded("-" + plain + "_AA"))
    }

    func test_decoded_takesFullPaddingOrNone() {
        assertDecodes([
            ("QQ==", [0x41]), ("QQ", [0x41]), ("QUI=", [0x41, 0x42]), ("QUI", [0x41, 0x42]),
            ("QUJD", [0x41, 0x42, 0x43]),
            ("QQ..", [0x41]), ("QUI.", [0x41, 0x42]),
        ])
    }

    func test_decoded_refusesWrongPadding() {
        for text in [
            "QQ=", "QQ===", "QUI==", "QUJD=", "QUJD==", "=", "==", "QQ==QQ==", "Q=Q=", "=QQ=", "QUJD====",
        ] {
            XCTAssertNil(decoded(text), text)
        }
    }

    func test_decoded_refusesLoneDigit() {
        for text in ["Q", "QUJDQ", "Q===", String(repeating: "A", count: 257)] {
            XCTAssertNil(decoded(text), text)
        }
    }

    func test_decoded_ignoresBitsThatFillNoByte() {
        assertDecodes([("QR==", [0x41]), ("QUJ=", [0x41, 0x42]), ("QR", [0x41])])
    }

    func test_decoded_skipsWhiteSpace() {
        assertDecodes([
            (" Q Q = = ", [0x41]), ("QU\nJD\r\n", [0x41, 0x42, 0x43]),
            ("\t\u{B}\u{C}QUJD", [0x41, 0x42, 0x43]), (" \n ", []),
        ])
    }

    func test_decoded_refusesEveryOtherCharacter() {
        let allowed = Set(
            utf8("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_ \t\n\u{B}\u{C}\r"))
        for byte in UInt8.min...UInt8.max {
            for place in [0, 2, 130, 399] {
                var text = [UInt8](repeating: UInt8(ascii: "A"), count: 400)
                text[place] = byte
                text.append(UInt8(ascii: "A"))
                text.append(UInt8(ascii: "A"))
                let isTaken = text.withUnsafeBufferPointer { Base64Text($0) != nil }
                let isBlank = byte == 0x20 || (0x09...0x0D).contains(byte)
                XCTAssertEqual(isTaken, allowed.contains(byte) && !isBlank, "\(byte) at \(place)")
            }
        }
    }

    func test_decoded_isTheInverseOfEncodingForEachLength() {
        for count in 0...70 {
            let bytes = sample(count)
            assertDecodes([(Base64Encoding.standard(bytes), bytes), (Base64Encoding.urlSafe(bytes), bytes)])
        }
    }

    func test_decoded_isTheInverseOfEncodingAroundTheBlocks() {
        for count in [94, 95, 96, 97, 190, 191, 192, 193, 1000] {
            assertDecodes([(Base64Encoding.standard(sample(count)), sample(count))])
        }
    }

    func test_byteCount_isThatOfTheDecodedBytes() throws {
        for count in 0...70 {
            for text in [Base64Encoding.standard(sample(count)), Base64Encoding.urlSafe(sample(count))] {
                let bytes = utf8(" " + text + "\n")
                XCTAssertEqual(bytes.withUnsafeBufferPointer { Base64Text($0)?.byteCount }, count)
            }
        }
    }

    func test_bytesAt_givesThePartOfTheDecodedBytes() throws {
        let bytes = sample(70)
        let plain = Base64Encoding.standard(bytes)
        let broken = plain.enumerated().map { $0 % 9 == 4 ? "\n\($1)" : "\($1)" }.joined()
        for text in [plain, broken, Base64Encoding.urlSafe(bytes)] {
            utf8(text).withUnsafeBufferPointer { buffer in
                guard let base64 = Base64Text(buffer) else { return XCTFail(text) }
                for offset in 0...70 {
                    for count in 0...70 - offset {
                        XCTAssertEqual(
                            base64.bytes(at: offset, count: count), Array(bytes[offset..<offset + count]))
                    }
                }
            }
        }
    }

    func test_bytesAt_givesFewerAtTheEnd() {
        utf8("QUJDRA==").withUnsafeBufferPointer { buffer in
            let base64 = Base64Text(buffer)
            XCTAssertEqual(base64?.bytes(at: 2, count: 100), [0x43, 0x44])
            XCTAssertEqual(base64?.bytes(at: 2, count: .max), [0x43, 0x44])
            XCTAssertEqual(base64?.bytes(at: 4, count: 1), [])
            XCTAssertEqual(base64?.bytes(at: .max, count: .max), [])
            XCTAssertEqual(base64?.bytes(at: -1, count: 2), [])
            XCTAssertEqual(base64?.bytes(at: 0, count: -1), [])
        }
    }

    func test_init_takesAnEmptyBuffer() {
        XCTAssertEqual(Base64Text(UnsafeBufferPointer(start: nil, count: 0))?.decoded(), [])
    }

    // MARK: Encoding

    func test_standard_isPadded() {
        let cases: [([UInt8], String)] = [
            ([], ""), ([0x41], "QQ=="), ([0x41, 0x42], "QUI="), ([0x41, 0x42, 0x43], "QUJD"),
            ([0xFB, 0xFF, 0xFE], "+//+"),
        ]
        for (bytes, text) in cases { XCTAssertEqual(Base64Encoding.standard(bytes), text) }
    }

    func test_urlSafe_isNotPadded() {
        let cases: [([UInt8], String)] = [
            ([], ""), ([0x41], "QQ"), ([0x41, 0x42], "QUI"), ([0xFB, 0xFF, 0xFE], "-__-"),
        ]
        for (bytes, text) in cases { XCTAssertEqual(Base64Encoding.urlSafe(bytes), text) }
    }

    func test_standard_agreesWithFoundation() {
        for count in 0...200 {
            XCTAssertEqual(Base64Encoding.standard(sample(count)), Data(sample(count)).base64EncodedString())
        }
    }

    // MARK: Random texts

    /// Foundation takes the standard alphabet with full padding and no white space (and `=` in the middle).
    func test_decoded_agreesWithFoundationOnRandomTexts() {
        var generator = SeededGenerator(seed: 19)
        let alphabet = Array("ABYZabyz0189+/ABYZabyz0189+/!")
        for _ in 0..<5000 {
            let count = Int.random(in: 0...6, using: &generator) * 4
            let body = (0..<count).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
            }
            let text = String(body) + ["", "QQ==", "QUI="][Int.random(in: 0..<3, using: &generator)]
            XCTAssertEqual(decoded(text), Data(base64Encoded: text).map { Array($0) }, text)
        }
    }

    func test_decoded_survivesRandomBytes() {
        var generator = SeededGenerator(seed: 23)
        for _ in 0..<5000 {
            let count = Int.random(in: 0...200, using: &generator)
            let limit: ClosedRange<UInt8> = Bool.random(using: &generator) ? 0x2B...0x7A : 0...255
            let bytes = (0..<count).map { _ in UInt8.random(in: limit, using: &generator) }
            bytes.withUnsafeBufferPointer { buffer in
                guard let base64 = Base64Text(buffer) else { return }
                XCTAssertEqual(base64.decoded().count, base64.byteCount)
            }
        }
    }
}
