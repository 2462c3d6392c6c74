// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import MediaProbe
import XCTest

@testable import GeminiService

final class StoredFileTests: XCTestCase {
    private let second: Int64 = 1_000_000_000
    /// 2026-08-19T14:34:14.094797123Z
    private let created: Int64 = 1_787_150_054_094_797_123
    private let digest = SHA256.hex(of: "hello")

    private func text(_ file: StoredFile, at now: Int64) -> String {
        var writer = JSONWriter(.pretty)
        file.write(to: &writer, at: now)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// CORE 3.1: order and form of the members are recorded.
    func test_json_hasExactBytes() {
        let file = makeStoredFile(
            "k4t1ywl66fz2", displayName: "sample.pdf", type: "application/pdf", size: 18810, created: created,
            expires: created - second / 2 + FileStore.lifetime)
        XCTAssertEqual(
            text(file, at: created),
            """
            {
              "name": "files/k4t1ywl66fz2",
              "displayName": "sample.pdf",
              "mimeType": "application/pdf",
              "sizeBytes": "18810",
              "createTime": "2026-08-19T14:34:14.094797Z",
              "updateTime": "2026-08-19T14:34:14.094797Z",
              "expirationTime": "2026-08-21T14:34:13.594797123Z",
              "sha256Hash": "\(Base64Encoding.standard(Array(digest.utf8)))",
              "uri": "https://generativelanguage.googleapis.com/v1beta/files/k4t1ywl66fz2",
              "state": "ACTIVE",
              "source": "UPLOADED"
            }
            """)
    }

    func test_hash_isBase64OfHex() throws {
        let hash = Base64Encoding.standard(Array(digest.utf8))
        XCTAssertEqual(hash.count, 88)
        XCTAssertTrue(hash.hasSuffix("=="))
        XCTAssertTrue(text(makeStoredFile(), at: 0).contains("\"sha256Hash\": \"\(hash)\""))
    }

    func test_film_isProcessed_thenHasItsLength() {
        let facts = MediaFacts(mimeType: "video/mp4", seconds: 596.7)
        let film = makeStoredFile(type: "Video/MP4", created: created, facts: facts)
        for (now, state, update, hasLength) in [
            (created, "PROCESSING", "14.094797", false),
            (created + 2 * second - 1, "PROCESSING", "14.094797", false),
            (created + 2 * second, "ACTIVE", "16.094797", true),
            (created + 900 * second, "ACTIVE", "16.094797", true),
        ] {
            let text = text(film, at: now)
            XCTAssertTrue(text.contains("\"state\": \"\(state)\""), text)
            XCTAssertTrue(text.contains("\"createTime\": \"2026-08-19T14:34:14.094797Z\""), text)
            XCTAssertTrue(text.contains("\"updateTime\": \"2026-08-19T14:34:\(update)Z\""), text)
            XCTAssertEqual(
                text.contains("  \"videoMetadata\": {\n    \"videoDuration\": \"596s\"\n  },\n  \"source\""),
                hasLength, text)
        }
    }

    func test_failedFile_tellsWhy_andHasNoLength() {
        let facts = MediaFacts(mimeType: "video/mp4", seconds: 5)
        for (error, words) in [("Too dark.", "Too dark."), (nil, "Internal error encountered.")] {
            let film = makeStoredFile(
                type: "video/mp4", created: created, facts: facts,
                fate: FileFate(processing: .time(.seconds(1)), end: .failed, error: error))
            let before = text(film, at: created)
            XCTAssertTrue(before.contains(#""state": "PROCESSING""#), before)
            XCTAssertFalse(before.contains("error"), before)
            let after = text(film, at: created + second)
            XCTAssertTrue(
                after.contains(
                    """
                      "state": "FAILED",
                      "error": {
                        "code": 13,
                        "message": "\(words)"
                      },
                      "source": "UPLOADED"
                    """), after)
            XCTAssertTrue(after.contains(#""updateTime": "2026-08-19T14:34:15.094797Z""#), after)
            XCTAssertFalse(after.contains("videoMetadata"), after)
        }
    }

    func test_expiringFile_tellsWhen() {
        let file = makeStoredFile(
            created: created, expires: created + FileStore.lifetime,
            fate: FileFate(processing: .time(.seconds(1)), end: .expired))
        XCTAssertEqual(file.expires, created + second)
        let soon = makeStoredFile(expires: 5, fate: FileFate(processing: .time(.seconds(1)), end: .expired))
        XCTAssertEqual(soon.expires, 5, "never later than usual")
    }

    func test_length_isToldOfFilmsAlone_andOnlyWhereItIsKnown() {
        for (type, seconds, length) in [
            ("audio/mpeg", 5, nil), ("video/mp4", nil, nil), ("video/mp4", .infinity, nil),
            ("video/mp4", .nan, nil),
            ("video/mp4", -1, "0s"), ("video/mp4", 1e300, "1000000000s"), ("video/webm", 0.4, "0s"),
        ] as [(String, Double?, String?)] {
            let file = makeStoredFile(type: type, facts: MediaFacts(mimeType: nil, seconds: seconds))
            let text = text(file, at: 10 * second)
            XCTAssertEqual(text.contains("videoMetadata"), length != nil, text)
            if let length { XCTAssertTrue(text.contains("\"videoDuration\": \"\(length)\""), text) }
        }
    }

    func test_membersWithoutAValue_areLeftOut() {
        for name in [nil, ""] {
            let text = text(makeStoredFile(displayName: name, size: 0), at: 0)
            XCTAssertFalse(text.contains("displayName"))
            XCTAssertFalse(text.contains("sizeBytes"))
        }
    }

    func test_names_areAsDocumented() {
        for (name, isValid) in [
            ("a", true), ("0", true), ("a-b", true), ("a--b", true),
            (String(repeating: "a", count: 40), true),
            (String(repeating: "a", count: 41), false), ("", false), ("-a", false), ("a-", false),
            ("-", false),
            ("A", false), ("a_b", false), ("a.b", false), ("a/b", false), ("..", false), ("a b", false),
            ("é", false),
            ("a\0", false), ("٣", false),
        ] {
            XCTAssertEqual(FileName.isValid(name), isValid, name)
        }
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<1000 {
            XCTAssertNotNil(FileName.made(&generator).wholeMatch(of: /[a-z0-9]{12}/))
        }
    }
}
