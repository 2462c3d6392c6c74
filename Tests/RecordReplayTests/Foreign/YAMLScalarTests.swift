// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import RecordReplay

/// Compared with what `json.dumps(yaml.safe_load(…))` gives with PyYAML 6.
final class YAMLScalarTests: XCTestCase {
    func test_literals() {
        let pairs = [
            "": "null", "~": "null", "Null": "null", "yes": "true", "On": "true", "FALSE": "false",
            "off": "false",
            "0": "0", "-0": "0", "+1": "1", "1_000": "1000", "-12": "-12", "0.5": "0.5", ".5": "0.5",
            "1.": "1.0",
            "1.50": "1.5", "1.0e-05": "1e-05", "1.5E+3": "1500.0", "1.0e+16": "1e+16", "1.2e+16": "1.2e+16",
            "9007199254740993.0": "9007199254740992.0", "9042099715862840.0": "9042099715862840.0",
            "-9.5e+15": "-9500000000000000.0", "0.0001": "0.0001", "1.0e-7": "1e-07",
            "12345678901234567890": "12345678901234567890", "-0.0": "-0.0",
            "123456789012345680.0": "1.2345678901234568e+17",
        ]
        for (text, token) in pairs { XCTAssertEqual(YAMLScalar.token(text), .literal(token), text) }
    }

    func test_texts() {
        for text in [
            "yEs", "y", "1e5", "1.5e3", "1.2.3", "08", "2026-08-19", "a", ".", "-", "+", "1a", "0x", "--1",
            "1 2",
            "_1", ".e+1", "-.5", "+.5", "._3", "+_7", "12:75", "1:2:", "0b9", "0__x95", "06:10", "5899:.",
        ] {
            XCTAssertEqual(YAMLScalar.token(text), .text, text)
        }
    }

    func test_numbersThatJSONDoesntHave() {
        for text in ["0x1F", "0b1", "017", "12:30", "190:20:30.15", ".inf", "-.Inf", ".NaN", "1.0e+999"] {
            XCTAssertEqual(YAMLScalar.token(text), .foreignNumber, text)
        }
    }
}
