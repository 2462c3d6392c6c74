// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import ScenarioEngine

/// Why something doesn't fit, as JSON.
enum NearMissView {
    static func json(_ miss: NearMiss) -> JSON {
        .object([.init("stub", EntryView.stub(miss.stub))] + members(miss.comparison))
    }

    /// A request that isn't what was expected.
    static func json(_ near: NearRequest) -> JSON {
        let entry: [JSON.Member] = [
            .init("entry", .int(near.entry.id)), .init("method", .string(near.entry.request.method)),
            .init("target", .string(near.entry.request.target)),
        ]
        return .object(entry + members(near.comparison))
    }

    private static func members(_ comparison: Comparison) -> [JSON.Member] {
        [
            .init("distance", .double(comparison.distance)),
            .init("checks", .array(comparison.checks.map { json($0) })),
            .init("differences", .array(comparison.differences.map { json($0) })),
        ]
    }

    private static func json(_ check: Comparison.Check) -> JSON {
        var members: [JSON.Member] = [
            .init("name", .string(check.name)), .init("fits", .bool(check.difference == nil)),
            .init("text", .string(check.description)),
        ]
        if let difference = check.difference {
            members.append(.init("expected", .string(difference.expected)))
            members.append(.init("got", .string(difference.got)))
        }
        return .object(members)
    }

    private static func json(_ difference: JSONDifference) -> JSON {
        [
            "pointer": .string(difference.pointer), "expected": .string(difference.expected),
            "got": .string(difference.got),
        ]
    }
}
