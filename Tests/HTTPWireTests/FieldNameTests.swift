// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import HTTPWire

final class FieldNameTests: XCTestCase {
    private func value(_ name: String, _ text: String, isOwn: Bool = false) throws -> JSON? {
        FieldName(name, isOwn: isOwn).value(in: try JSONDocument(parsing: Array(text.utf8)).root).map {
            JSON($0)
        }
    }

    func test_eitherSpelling_exactFirst() throws {
        XCTAssertEqual(try value("topP", #"{"top_p": 1}"#), 1)
        XCTAssertEqual(try value("top_p", #"{"topP": 1}"#), 1)
        XCTAssertEqual(try value("topP", #"{"topP": 1, "top_p": 2}"#), 1)
        XCTAssertEqual(try value("responseJsonSchema", #"{"response_json_schema": 1}"#), 1)
    }

    func test_namesWithOneSpelling() throws {
        XCTAssertNil(try value("topP", #"{"top_p": 1}"#, isOwn: true))
        XCTAssertNil(try value("TopP", #"{"top_p": 1}"#))
        XCTAssertNil(try value("top_pK", #"{"topPK": 1}"#))
        XCTAssertNil(try value("_x", #"{"X": 1}"#))
        XCTAssertEqual(try value("a_1", #"{"a1": 1}"#), 1)
    }
}
