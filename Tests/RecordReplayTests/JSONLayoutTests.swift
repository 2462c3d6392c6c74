// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import RecordReplay

final class JSONLayoutTests: XCTestCase {
    func test_eachLayout_isKnown_andGivesBackTheText() {
        let layouts = [
            "compact": #"{"a":[1,2],"b":{}}"#, "blanks": #"{"a": [1, 2], "b": {}}"#,
            "blank-after-colon": #"{"a": [1,2],"b": {}}"#, "blank-after-comma": #"{"a":[1, 2], "b":{}}"#,
            "indent-2+lf": "{\n  \"a\": [\n    1,\n    2\n  ],\n  \"b\": {}\n}\n",
            "indent-4": "{\n    \"a\": 1\n}", "indent-tab+crlf": "{\n\t\"a\": 1\n}\r\n",
            "indent-0": "[\n1,\n2\n]",
        ]
        for (name, text) in layouts {
            let found = StreamForm.json(Array(text.utf8))
            XCTAssertEqual(found?.1.name, name)
            XCTAssertEqual(found.map { $0.1.text(of: $0.0.root) }, Array(text.utf8), name)
        }
    }

    func test_otherTexts_haveNone() {
        for text in [#"{"a" :1}"#, "{\n  \"a\":1\n}", " 1", "[1,2, 3]", "{\r\n  \"a\": 1\r\n}", "[1]\n\n"] {
            XCTAssertNil(StreamForm.json(Array(text.utf8)), text)
        }
    }

    func test_names_areThoseOfLayouts() {
        for name in JSONLayout.names {
            for end in JSONLayout.End.allCases {
                XCTAssertEqual(JSONLayout(named: name + end.rawValue)?.name, name + end.rawValue)
            }
        }
        XCTAssertNil(JSONLayout(named: ""))
        XCTAssertNil(JSONLayout(named: "indent-9"))
    }
}
