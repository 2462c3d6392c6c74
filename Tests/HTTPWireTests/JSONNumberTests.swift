// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import HTTPWire

final class JSONNumberTests: XCTestCase {
    private func verdict(_ digits: String, strictly: Bool) -> JSONNumber.Verdict {
        utf8(digits).withUnsafeBufferPointer { JSONNumber.check($0, strictly: strictly) }
    }

    private func assertVerdict(
        _ expected: JSONNumber.Verdict, strictly: [Bool] = [false, true], _ texts: [String],
        line: UInt = #line
    ) {
        for strictly in strictly {
            for digits in texts {
                XCTAssertEqual(
                    verdict(digits, strictly: strictly), expected, "\(digits) \(strictly)", line: line)
            }
        }
    }

    func test_check_takesNumbersOfTheRFC() {
        assertVerdict(
            .good,
            [
                "0", "-0", "7", "10", "-10", "0.5", "-0.5", "1e1", "1E1", "1e+1", "1e-1", "0e0", "1.25e-100",
                "1e308",
            ]
        )
    }

    func test_check_takesWhatStrtodReads() {
        let texts = ["1.", "-.5", ".5", "01.5", "-01.5", "00e1", "1.e5", "007.0"]
        assertVerdict(.good, strictly: [false], texts)
        assertVerdict(.unreadable, strictly: [true], texts)
    }

    func test_check_tellsLeadingZerosAsOctalOrHex() {
        assertVerdict(.octalOrHex, ["00", "01", "-01", "0x10", "-0x10", "0123456789", "0-1", "0+", "0x"])
    }

    func test_check_refusesHexWithDotOrExponent() {
        assertVerdict(.unreadable, ["0x1.8", "0x1e5", "0xe", "-0xE", "0x.1"])
    }

    func test_check_refusesWhatIsNoNumber() {
        assertVerdict(
            .unreadable,
            [
                "", "-", "--1", "-+1", "1-2", "1+2", "1e", "1e+", "1e+-1", "1.2.3", "1x", "-.", "-e5", "1ee5",
                ".", "e1", "1e1.5",
            ]
        )
    }

    func test_check_refusesWhatOverflows() {
        let digits = String(repeating: "9", count: 400)
        assertVerdict(
            .outOfRange, ["1e309", "-1e309", "1e99999", digits, "-" + digits, digits + ".5", "1.8e308"])
    }

    func test_check_takesWhatComesCloseToOverflow() {
        let ones = String(repeating: "1", count: 309)
        assertVerdict(
            .good,
            [ones, "1.7976931348623157e308", "0." + String(repeating: "9", count: 5000), ones + "e-300"])
    }

    func test_check_takesWhatUnderflows() {
        assertVerdict(.good, ["1e-400", "-1e-99999", "0." + String(repeating: "0", count: 1000) + "1"])
    }

    func test_check_agreesWithDoubleOnRandomRuns() {
        var generator = SeededGenerator(seed: 7)
        let alphabet = Array("0123456789.eE+-")
        for _ in 0..<20_000 {
            let count = Int.random(in: 1...8, using: &generator)
            let digits = String((0..<count).map { _ in alphabet[Int.random(in: 0..<15, using: &generator)] })
            guard verdict(digits, strictly: false) == .good else { continue }
            XCTAssertEqual(Double(digits)?.isFinite, true, digits)
        }
    }
}
