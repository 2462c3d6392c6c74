// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import GeminiContract

final class InteractionAnswerTableTests: XCTestCase {
    private let schema = InteractionSchema.answers

    /// What it refers to, and the tables don't have.
    private func missing(_ type: InteractionSchema.FieldType) -> [String] {
        switch type {
        case .string, .bool, .number, .any, .map, .input, .format: []
        case .list(let element): missing(element)
        case .either(let types): types.flatMap(missing)
        case .word(let name): schema.words[name] == nil ? [name] : []
        case .message(let name): schema.messages[name] == nil ? [name] : []
        case .union(let name): schema.variants[name] == nil ? [name] : []
        }
    }

    func test_whatItRefersTo_isThere() {
        for (name, members) in schema.messages {
            for (member, type) in members { XCTAssertEqual(missing(type), [], "\(name).\(member)") }
        }
        // Their members nobody knows.
        let known = Set(schema.messages.keys).union(["AnyTool"])
        for (union, variants) in schema.variants {
            XCTAssertEqual(Set(variants.values).subtracting(known), [], union)
        }
    }

    func test_itAddsToTheTableOfRequests_andChangesOneMessage() {
        let requests = InteractionSchema.shared
        let changed = requests.messages.filter { schema.messages[$0.key] != $0.value }.map(\.key)
        XCTAssertEqual(changed, ["FunctionCallStep"])
        for name in [InteractionAnswerTable.resource, InteractionAnswerTable.event] {
            XCTAssertNotNil(schema.messages[name])
            XCTAssertNil(requests.messages[name])
        }
    }
}
