// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import ScenarioEngine

final class SchemaFormatTests: XCTestCase {
    func test_eachFormat() throws {
        let cases: [(String, [String], [String])] = [
            (
                "date", ["2026-01-31", "1999-12-01"],
                ["2026-1-31", "2026-00-01", "2026-01-32", "2026-01-31T", "\n2026-01-31"]
            ),
            ("time", ["09:30:00Z", "23:59:60.5+01:00"], ["24:00:00Z", "09:30Z", "09:30:00"]),
            (
                "DATE-TIME", ["2026-01-02T09:30:00Z", "2026-01-02 09:30:00.123-05:30"],
                ["2026-01-02", "2026-01-02T09:30:00"]
            ),
            ("duration", ["PT5M", "P1Y2M3DT4H5M6S", "P2W"], ["P", "PT", "5M", "P1S"]),
            ("email", ["a@example.com"], ["a", "a@", "a b@c", "a@b@c"]),
            ("hostname", ["a", "a-b.example.com"], ["", "-a", "a..b", "a_b"]),
            ("uuid", ["123e4567-e89b-12d3-a456-426614174000"], ["123e4567e89b12d3a456426614174000", "x"]),
            ("ipv4", ["192.0.2.1", "255.255.255.255"], ["256.0.0.1", "1.2.3", "1.2.3.4.5"]),
            ("ipv6", ["2001:db8::1", "::", "::ffff:192.0.2.1"], ["1", "192.0.2.1", "g::"]),
            ("uri", ["https://example.com/a", "urn:x"], ["example.com", "1a:b", "a: b"]),
        ]
        for (name, good, bad) in cases {
            let format = try XCTUnwrap(SchemaFormat(name), name)
            for text in good {
                XCTAssertTrue(Array(text.utf8).withUnsafeBufferPointer { format.fits($0) }, "\(name) \(text)")
            }
            for text in bad {
                XCTAssertFalse(
                    Array(text.utf8).withUnsafeBufferPointer { format.fits($0) }, "\(name) \(text)")
            }
        }
    }

    func test_others_askNothing() {
        for name in ["", "int32", "int64", "float", "double", "byte", "enum", "password"] {
            XCTAssertNil(SchemaFormat(name), name)
        }
    }
}
