// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import GeminiMock

final class RedactedHeadsTests: XCTestCase {
    private func head(_ target: String, _ fields: (String, String)...) -> RequestHead {
        RequestHead(
            method: "GET", target: RequestTarget(target),
            fields: HTTPFields(fields.map { HTTPFields.Field($0.0, $0.1) }))
    }

    /// Whatever came before, in whatever order.
    func test_eachHead_isRedactedAsIfItWereTheOnlyOne() {
        let heads = [
            head("/a?key=made-up-key-1", ("Host", "x")), head("/a?key=made-up-key-2", ("Host", "x")),
            head("/a", ("x-goog-api-key", "made-up-key-1"), ("x", "made-up-key-1")),
            head("/a", ("x-goog-api-key", "made-up-key-2"), ("x", "made-up-key-2")),
            head("/a", ("x", "made-up-key-1")), head("/a", ("xm", "ade-up-key-1")), head("/b"),
        ]
        let kept = RedactedHeads()
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<200 {
            let head = heads[Int.random(in: heads.indices, using: &generator)]
            let redactor = Redactor(of: head)
            let (redacted, _) = kept.redacted(head)
            XCTAssertEqual(redacted.head.target, redactor.target(head.target))
            XCTAssertEqual(redacted.head.fields.all, redactor.fields(head.fields).all)
            XCTAssertEqual(
                redacted.redactor.text("made-up-key-1 made-up-key-2"),
                redactor.text("made-up-key-1 made-up-key-2"))
        }
    }
}
