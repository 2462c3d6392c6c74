// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import GeminiContract

final class NameTableTests: XCTestCase {
    private func find(_ table: NameTable, _ name: String, _ scope: Int) -> Int? {
        var name = name
        return name.withUTF8 { table.find($0, scope: scope) }
    }

    func test_find_keepsScopesApart_howeverManyThereAre() {
        var table = NameTable()
        for number in 0..<5000 { table.insert("name\(number % 100)", scope: number / 100, number: number) }
        for number in 0..<5000 { XCTAssertEqual(find(table, "name\(number % 100)", number / 100), number) }
        XCTAssertNil(find(table, "name0", 50))
        XCTAssertNil(find(table, "name100", 0))
        XCTAssertNil(find(table, "", 0))
        XCTAssertNil(find(table, String(repeating: "name", count: 100), 0))
    }

    func test_insert_keepsFirst() {
        var table = NameTable()
        table.insert("a", scope: 0, number: 1)
        table.insert("a", scope: 0, number: 2)
        XCTAssertEqual(find(table, "a", 0), 1)
    }
}
