// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import Drift

final class HeadShapeTests: XCTestCase {
    private func head(_ fields: [String]) -> HeadShape {
        HeadShape(
            fields.map { line in
                let halves = line.split(separator: ":", maxSplits: 1)
                return HTTPFields.Field(String(halves[0]), String(halves[1].dropFirst()))
            })
    }

    func test_differences() {
        let old = head([
            "Content-Type: application/json; charset=UTF-8", "X-Old: 1", "Date: now", "Vary: Origin",
        ])
        let new = head([
            "content-type: text/html", "x-new: secret", "Alt-Svc: h3", "Vary: origin", "Vary: X-Origin",
        ])
        XCTAssertEqual(
            new.news(beyond: old).map(\.text),
            [
                "another header content-type, application/json;charset=utf-8 → text/html",
                "another header vary, origin → origin or x-origin", "new header x-new",
            ])
        XCTAssertEqual(old.losses(from: new).map(\.text), ["no header any more: x-old"])
        XCTAssertEqual(old.news(beyond: old), [])
    }
}
