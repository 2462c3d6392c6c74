// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import RecordReplay

final class ConnectionFieldsTests: XCTestCase {
    func test_fieldsOfTheConnection_andThoseItNames_areRemoved() {
        let fields = [
            ("A", "1"), ("Connection", "keep-alive, X-Mine"), ("x-mine", "2"), ("Keep-Alive", "5"),
            ("TE", "trailers"),
            ("Upgrade", "h2c"), ("Transfer-Encoding", "chunked"), ("content-length", "1"), ("a", "3"),
        ].map { HTTPFields.Field($0, $1) }
        XCTAssertEqual(
            ConnectionFields.removed(from: fields), [HTTPFields.Field("A", "1"), HTTPFields.Field("a", "3")])
    }
}
