// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import GeminiContract

final class NameTableTests: XCTestCase {
    private func find(_ table: NameTable, _ name: String, _ scope: Int) -> Int? {
        var name = name
        return name.withUTF8 { table.find($0, scope: scope) }
    }

    private func insert(_ table: inout NameTable, _ name: String, _ scope: Int, _ number: Int) {
        var name = name
        name.withUTF8 { table.insert($0, scope: scope, number: number) }
    }

    func test_find_keepsScopesApart_howeverManyThereAre() {
        var table = NameTable()
        for number in 0..<5000 { insert(&table, "name\(number % 100)", number / 100, number) }
        for number in 0..<5000 { XCTAssertEqual(find(table, "name\(number % 100)", number / 100), number) }
        XCTAssertNil(find(table, "name0", 50))
        XCTAssertNil(find(table, "name100", 0))
        XCTAssertNil(find(table, "", 0))
        XCTAssertNil(find(table, String(repeating: "name", count: 100), 0))
    }

    func test_insert_keepsFirst() {
        var table = NameTable()
        insert(&table, "a", 0, 1)
        insert(&table, "a", 0, 2)
        XCTAssertEqual(find(table, "a", 0), 1)
    }

    func test_insertSnakeCase_splitsBeforeCapitals() {
        var table = NameTable()
        for (number, name) in ["systemInstruction", "aBC", "plain"].enumerated() {
            var name = name
            name.withUTF8 { table.insertSnakeCase(of: $0, scope: 0, number: number) }
        }
        XCTAssertEqual(find(table, "system_instruction", 0), 0)
        XCTAssertEqual(find(table, "a_b_c", 0), 1)
        XCTAssertNil(find(table, "plain", 0), "it is no other name")
    }
}
