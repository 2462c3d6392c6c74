// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import GeminiContract

final class MemberOverridesTests: XCTestCase {
    private let rules = MemberOverrides(order: ["a", "b", "sum", "c"], total: "sum", summands: ["a", "b"])

    private func applied(_ overrides: JSON, to members: JSON = ["a": 1, "sum": 3, "c": "x"]) -> String {
        guard case .object(let overrides) = overrides, case .object(let members) = members else { return "" }
        return makeText(JSON.object(rules.applied(overrides, to: members)).bytes(.compact))
    }

    func test_applied_keepsPlaces() {
        for (overrides, expected) in [
            (["c": "y"], #"{"a":1,"sum":3,"c":"y"}"#),
            (["b": 5, "sum": 7], #"{"a":1,"b":5,"sum":7,"c":"x"}"#),
            (["new": .null, "c": []], #"{"a":1,"sum":3,"c":[],"new":null}"#),
            ([:], #"{"a":1,"sum":3,"c":"x"}"#),
        ] as [(JSON, String)] {
            XCTAssertEqual(applied(overrides), expected)
        }
    }

    func test_total_followsSummands_unlessTold() {
        for (overrides, expected) in [
            (["a": 5], #"{"a":5,"sum":5,"c":"x"}"#),
            (["b": 5], #"{"a":1,"b":5,"sum":6,"c":"x"}"#),
            (["a": "many"], #"{"a":"many","sum":0,"c":"x"}"#),
            (["a": 5, "sum": 1], #"{"a":5,"sum":1,"c":"x"}"#),
        ] as [(JSON, String)] {
            XCTAssertEqual(applied(overrides), expected)
        }
        XCTAssertEqual(
            applied(["a": .int(.max), "b": .int(.max)]),
            #"{"a":9223372036854775807,"b":9223372036854775807,"sum":9223372036854775807,"c":"x"}"#)
    }
}
