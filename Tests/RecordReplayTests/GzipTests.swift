// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import RecordReplay

final class GzipTests: XCTestCase {
    private let text = Array(String(repeating: "the same again ", count: 20_000).utf8)

    func test_whatIsCompressed_isThereAgain() throws {
        let packed = try XCTUnwrap(Gzip.encode(text))
        let found = Gzip.decode(packed, limit: text.count)
        XCTAssertEqual(found?.bytes, text)
        XCTAssertEqual(found?.isWhole, true)
        XCTAssertNil(Gzip.decode(packed, limit: text.count - 1))
        XCTAssertEqual(Gzip.decode(try XCTUnwrap(Gzip.encode([])), limit: 10)?.bytes, [])
    }

    func test_ofOneThatIsCut_theBeginningIs() throws {
        let packed = try XCTUnwrap(Gzip.encode(text, isWhole: false))
        XCTAssertEqual(Gzip.decode(packed, limit: text.count)?.bytes, text)
        XCTAssertEqual(Gzip.decode(packed, limit: text.count)?.isWhole, false)
        for count in [0, 1, 5, 12, packed.count - 3] {
            let found = Gzip.decode(Array(packed[..<count]), limit: text.count)
            XCTAssertEqual(found.map { text.starts(with: $0.bytes) && !$0.isWhole }, true, "\(count)")
        }
    }

    func test_whatIsNone_isntRead() throws {
        XCTAssertNil(Gzip.decode(Array("{}".utf8), limit: 100))
        XCTAssertNil(Gzip.decode(try XCTUnwrap(Gzip.encode(text)) + [1], limit: text.count))
    }
}
