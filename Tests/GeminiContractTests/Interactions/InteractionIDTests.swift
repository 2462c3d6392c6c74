// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import XCTest

final class InteractionIDTests: XCTestCase {
    private let token = InteractionID.token(seconds: 1_778_871_115, random: Array(0..<13))

    func test_text_isAsRecorded() throws {
        let id = InteractionID(root: nil, token: token)
        XCTAssertEqual(token.utf8.count, 23)
        XCTAssertTrue(id.text.hasPrefix("v1_Ch"), id.text)
        let read = try XCTUnwrap(InteractionID(id.text))
        XCTAssertEqual(read, id)
        XCTAssertEqual(read.root, token)
    }

    func test_conversation_sharesAPrefix() {
        let first = InteractionID(root: nil, token: token)
        let other = InteractionID.token(seconds: 1_778_871_116, random: Array(13..<26))
        let second = InteractionID(root: first.root, token: other)
        XCTAssertNotEqual(first, second)
        XCTAssertEqual(first.text.prefix(30), second.text.prefix(30))
        XCTAssertEqual(InteractionID(second.text)?.root, token)
    }

    /// One of 2026-05, decoded from a recording.
    func test_recordedID_isUnderstood() {
        XCTAssertEqual(
            InteractionID("v1_ChdTbXNIYXFyUEV0ZUttdGtQNXVqVHdRRRIXU21zSGFxclBFdGVLbXRrUDV1alR3UUU")?.root,
            "SmsHaqrPEteKmtkP5ujTwQE"
        )
    }

    func test_otherTexts_areNoIDs() {
        let id = InteractionID(root: nil, token: token).text
        for text in [
            "", "v1_", "v1_prev", "v2_" + id.dropFirst(3), String(id.dropLast(4)), id + "AAAA", "x",
            "v1_====",
            "v1_Chd" + String(repeating: "A", count: 200),
        ] {
            XCTAssertNil(InteractionID(text), text)
        }
    }
}
