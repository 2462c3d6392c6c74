// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import GeminiContract

final class InteractionSchemaTests: XCTestCase {
    /// A name with a slip in it would let anything pass.
    func test_everyName_isDefined() {
        let schema = InteractionSchema.shared
        let free: Set = ["AnyTool"]
        var wanted: [InteractionSchema.FieldType] = schema.messages.values.flatMap(\.values)
        while let type = wanted.popLast() {
            switch type {
            case .list(let element): wanted.append(element)
            case .either(let types): wanted += types
            case .word(let list): XCTAssertNotNil(schema.words[list], list)
            case .union(let name): XCTAssertNotNil(schema.variants[name], name)
            case .message(let name): XCTAssertNotNil(schema.messages[name], name)
            case .string, .bool, .number, .any, .map, .input, .format: continue
            }
        }
        for message in schema.variants.values.flatMap(\.values) where !free.contains(message) {
            XCTAssertNotNil(schema.messages[message], message)
        }
        XCTAssertGreaterThan(schema.messages.count, 70)
    }

    func test_line_goesOnWithBlanks_andStarsAreFree() {
        let schema = InteractionSchema("@w one ~two\n  three\n%U a=A ~b=B\nA x:[@w]|string y:%U\nB *")
        XCTAssertEqual(schema.words["w"]?.listed, ["one", "three"])
        XCTAssertEqual(schema.words["w"]?.accepted, ["one", "two", "three"])
        XCTAssertEqual(schema.kinds["U"]?.listed, ["a"])
        XCTAssertEqual(schema.variants["U"], ["a": "A", "b": "B"])
        XCTAssertEqual(schema.messages["A"]?.keys.sorted(), ["x", "y"])
        XCTAssertNil(schema.messages["B"])
    }
}
