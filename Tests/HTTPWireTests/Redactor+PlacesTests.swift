// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

final class RedactorPlacesTests: XCTestCase {
    private let key = "AIzaSyA0123456789abcdefghijklmnopqrstuv"

    func test_places_areInOrder_andDontOverlap() {
        let text = Array("x \(key) y \"apiKey\": \"\(key)\"".utf8)
        let places = Redactor(secrets: [key]).places(in: text)
        XCTAssertEqual(places.map { String(decoding: text[$0], as: UTF8.self) }, [key, key])
        XCTAssertEqual(Redactor().places(in: Array("nothing here".utf8)), [])
    }

    func test_whatIsFoundInJoinedTexts_isToldWhereItIs() {
        let stream = Array("data: {\"a\": \"one tw\"}\r\n\r\ndata: {\"a\": \"o three\"}\r\n\r\n".utf8)
        let places = Redactor.places(acrossEventsOf: stream) { text in
            XCTAssertEqual(String(decoding: text, as: UTF8.self), "one two three")
            return [4..<7]
        }
        XCTAssertEqual(places.map { String(decoding: stream[$0], as: UTF8.self) }, ["tw", "o"])
    }
}
