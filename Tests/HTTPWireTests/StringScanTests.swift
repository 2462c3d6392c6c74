// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import HTTPWire

final class StringScanTests: XCTestCase {
    private func end(_ bytes: [UInt8], from start: Int = 0, quote: Character = "\"", controls: Bool = false)
        -> Int
    {
        bytes.withUnsafeBufferPointer {
            StringScan.end($0, from: start, quote: quote.asciiValue ?? 0, stopAtControls: controls)
        }
    }

    func test_end_ofPlainTextIsItsLength() {
        for length in [0, 1, 7, 8, 9, 63, 64, 65, 319, 320, 321, 700] {
            XCTAssertEqual(end([UInt8](repeating: 0x41, count: length)), length)
        }
    }

    func test_end_ofNoBufferIsTheStart() {
        XCTAssertEqual(
            StringScan.end(
                UnsafeBufferPointer(start: nil, count: 0), from: 0, quote: 0x22, stopAtControls: true), 0
        )
    }

    /// Each kind of stop at each place, so each loop inside finds it once.
    func test_end_isAtTheFirstStop() {
        for stop in utf8("\"\\") + [0x80, 0xFF] {
            for place in 0..<700 {
                var bytes = [UInt8](repeating: 0x61, count: 700)
                bytes[place] = stop
                if place + 3 < 700 { bytes[place + 3] = 0x22 }
                XCTAssertEqual(end(bytes), place, "\(stop)")
            }
        }
    }

    func test_end_findsTheStopFromAnyStart() {
        var bytes = [UInt8](repeating: 0x61, count: 700)
        bytes[650] = 0x22
        for start in 0...650 { XCTAssertEqual(end(bytes, from: start), 650) }
        XCTAssertEqual(end(bytes, from: 651), 700)
        XCTAssertEqual(end(bytes, from: 700), 700)
    }

    func test_end_stopsAtNothingElse() {
        let stops = Set(utf8("'\\"))
        for byte in UInt8.min..<0x80 where !stops.contains(byte) {
            XCTAssertEqual(end([UInt8](repeating: byte, count: 400), quote: "'"), 400, "\(byte)")
        }
    }

    func test_end_stopsAtControlsIfAsked() {
        for byte in UInt8.min..<0x20 {
            for length in [1, 20, 400] {
                var bytes = [UInt8](repeating: 0x20, count: length)
                bytes[length - 1] = byte
                XCTAssertEqual(end(bytes, controls: true), length - 1)
                XCTAssertEqual(end(bytes, controls: false), length)
            }
        }
        XCTAssertEqual(end([UInt8](repeating: 0x7F, count: 400), controls: true), 400)
    }

    /// In a word, a stop makes a borrow that may mark the bytes after it, never one before it.
    func test_end_agreesWithPlainLoopOnRandomBytes() {
        var generator = SeededGenerator(seed: 3)
        let alphabet = utf8("ab!#[]]\"\\'") + [0x00, 0x01, 0x1F, 0x20, 0x21, 0x23, 0x5B, 0x5D, 0x7F, 0x80]
        for _ in 0..<20_000 {
            let count = Int.random(in: 0...40, using: &generator)
            let bytes = (0..<count).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
            }
            let controls = Bool.random(using: &generator)
            let wanted =
                bytes.firstIndex { $0 == 0x22 || $0 == 0x5C || $0 >= 0x80 || controls && $0 < 0x20 }
                ?? bytes.count
            XCTAssertEqual(end(bytes, controls: controls), wanted, "\(bytes)")
        }
    }
}

final class UTF8CheckTests: XCTestCase {
    private func length(_ bytes: [UInt8]) -> Int? {
        bytes.withUnsafeBufferPointer { UTF8Check.sequenceLength($0, 0) }
    }

    func test_sequenceLength_ofEachWidth() {
        for (text, count) in [
            ("\u{0}", 1), ("a", 1), ("\u{7F}", 1), ("\u{80}", 2), ("߿", 2), ("\u{800}", 3), ("\u{FFFF}", 3),
            ("😀", 4),
        ] {
            XCTAssertEqual(length(utf8(text)), count)
            XCTAssertEqual(length(utf8(text + "x")), count)
        }
    }

    func test_sequenceLength_isNilForIllFormed() {
        let cases = [
            "<80>", "<BF>", "<C0><80>", "<C1><BF>", "<C2>", "<C2>a", "<E0><9F><BF>", "<E0><A0>",
            "<ED><A0><80>", "<EF><BF>",
            "<F0><8F><BF><BF>", "<F0><9F><98>", "<F4><90><80><80>", "<F5><80><80><80>", "<FE>", "<FF>",
            "<E2><28><A1>",
        ]
        for text in cases { XCTAssertNil(length(raw(text)), text) }
    }

    func test_sequenceLength_takesEveryScalar() {
        for value in stride(from: UInt32(0), through: 0x10FFFF, by: 7) {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let bytes = utf8(String(scalar))
            XCTAssertEqual(length(bytes), bytes.count)
            if bytes.count > 1 { XCTAssertNil(length(bytes.dropLast())) }
        }
    }

    func test_sequenceLength_agreesWithTheStandardLibrary() {
        for first in UInt8(0x80)...0xFF {
            for second in UInt8.min...UInt8.max {
                let bytes = [first, second, 0x80, 0x80]
                let isValid = (2...4).contains { String(validating: bytes.prefix($0), as: UTF8.self) != nil }
                XCTAssertEqual(length(bytes) != nil, isValid, "\(bytes)")
            }
        }
    }

    func test_wellFormedLength_endsAtTheFirstBadByte() {
        for (text, count) in [
            ("", 0), ("abc", 3), ("é😀", 6), ("é<FF>a", 2), ("<80>", 0), ("ab<E2><82>", 2), ("<00>a", 2),
        ] {
            XCTAssertEqual(raw(text).withUnsafeBufferPointer { UTF8Check.wellFormedLength($0) }, count, text)
        }
    }
}
