// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import HTTPWire

final class RedactorTests: XCTestCase {
    private func masked(_ text: String, _ known: [String] = [], line: UInt = #line) -> String {
        var bytes = Array(text.utf8)
        Redactor(secrets: known).mask(&bytes)
        XCTAssertEqual(bytes.count, text.utf8.count, text, line: line)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Masks a text with one secret, which is marked by `«` and `»` here.
    private func assertMasked(_ marked: [String], known: [String] = [], line: UInt = #line) {
        for text in marked {
            var expected = ""
            for (index, piece) in text.split(separator: "«", omittingEmptySubsequences: false).enumerated() {
                let halves = piece.split(separator: "»", maxSplits: 1, omittingEmptySubsequences: false)
                if index == 0 {
                    expected += piece
                } else {
                    expected += String(repeating: "*", count: halves[0].utf8.count) + halves[1]
                }
            }
            let plain = text.filter { $0 != "«" && $0 != "»" }
            XCTAssertEqual(masked(plain, known, line: line), expected, line: line)
        }
    }

    private func assertKept(_ texts: [String], known: [String] = [], line: UInt = #line) {
        for text in texts {
            XCTAssertEqual(masked(text, known, line: line), text, line: line)
            XCTAssertEqual(Redactor(secrets: known).text(text), text, line: line)
        }
    }

    // MARK: - Shapes

    /// Made up, but of the right shape each.
    static let shapes = [
        "AIzaSyA0123456789abcdefghijklmnopqrstuv", "AQ.Ab8RN6LQ0123456789abcdefghijklmnopqrstuvwxyzAB_-",
        "ya29.a0AfB_byC0123456789abcdefghijklmnop", "ya29.c.b0AXv0zTM0123456789abcdefghij",
        "1//0gA0123456789abcdefghijklmnopqrstuv", "GOCSPX-0123456789abcdefghijABCDEFGH",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U",
        "sk-proj-0123456789abcdefABCDEF0123456789", "sk-ant-api03-0123456789abcdefABCDEF0123456789-abc",
        "ghp_0123456789abcdefghijABCDEFGHIJ012345", "AKIA0123456789ABCDEF",
        "xoxb-0123456789-0123456789-abcdefghij", "hf_abcdefghijklmnopqrstuvwxyzABCDEFGH",
        "github_pat_0123456789abcdefghijABCDEFGHIJ0123456789abcdef",
    ]

    func test_mask_findsEachShape_inEachPlace() {
        for secret in RedactorTests.shapes {
            for (before, after) in [
                ("", ""), ("{\"text\":\"", "\"}"), ("say \\n", "\\n"), ("a b c ", " d e f"), ("(", ")"),
                ("{\"args\":\"{\\\"x\\\":\\\"", "\\\"}\"}"), ("https://h/a?b=", "&c=d"), ("x: ", ""),
                ("\\u003d", "\\u0026"), ("é", "é"), ("\u{0}", "\u{0}"), ("the key is ", "."), ("%20", "%20"),
            ] {
                assertMasked(["\(before)«\(secret)»\(after)"])
            }
        }
    }

    func test_mask_findsEscapedShapes() {
        assertMasked([
            "{\"t\":\"«\\u0041IzaSyA0123456789abcdefghijklmnopqrstuv»\"}",
            "{\"t\":\"«1\\/\\/0gA0123456789abcdefghijklmnopqrstuv»\"}",
            "a?b=«%41IzaSyA0123456789abcdefghijklmnopqrstuv»&c", "a?b=«AQ%2EAb8RN6LQ0123456789abcdefghijklm»",
        ])
    }

    func test_mask_findsBearerTokens() {
        assertMasked([
            "Bearer «abc12345»", "bearer «a.b-c_d~e+f/g=h1»\n", "{\"x\":\"Bearer «0123456789»\"}",
            "\"Bearer «abcdefghijklmnopqrstuvwxyz»\"",
        ])
        assertKept([
            "the bearer of bad news", "Bearer token", "a Bearer authentication is", "bearer ",
            "earer x1234567",
        ])
    }

    func test_mask_hidesPrivateKeys_toTheirEnd() {
        assertMasked([
            "{\"pem\":\"-----BEGIN PRIVATE KEY-----«\\nMIIEvg\\nabc=\\n»-----END PRIVATE KEY-----\\n\"}",
            "-----BEGIN RSA PRIVATE KEY-----«xyz»-----END RSA PRIVATE KEY-----",
            "{\"pem\":\"-----BEGIN EC PRIVATE KEY-----«\\nMIIEvg»\",\"x\":1}",
        ])
        assertKept(["a PRIVATE KEY of mine", "-----BEGIN PUBLIC KEY-----abc-----END PUBLIC KEY-----"])
    }

    // MARK: - Names

    func test_mask_hidesMembers_whoseNamesSaySo() {
        for name in [
            "apiKey", "api_key", "api-key", "APIKEY", "x-goog-api-key", "X-Goog-Api-Key", "GEMINI_API_KEY",
            "access_token", "accessToken", "refresh_token", "refreshToken", "id_token", "authorization",
            "Authorization", "Proxy-Authorization", "cookie", "Set-Cookie", "client_secret", "clientSecret",
            "secret", "private_key", "privateKey", "password", "db_password", "GITHUB_TOKEN", "X-Auth-Token",
            "new_signing_secret", "aws_secret_access_key", "passphrase", "upload_id",
        ] {
            assertMasked(
                [
                    "{\"\(name)\":\"«hunter2»\"}", "{\"\(name)\" : \n \"«a \\\" b \\\\»\", \"x\":\"y\"}",
                    "{'\(name)':'«hunter2»'}",
                    "{\"a\":\"{\\\"\(name)\\\": \\\"«hunter2»\\\", \\\"b\\\":1}\"}",
                    "{\"a\":\"{\\u0022\(name)\\u0022:\\u0022«hunter2»\\u0022}\"}",
                    "{\"\(name)\":[\"«a»\",\"«b»\"],\"x\":[\"y\"]}",
                    "{\"tools\":[{\"type\":\"mcp_server\",\"headers\":{\"\(name)\":\"«x»\"}}]}",
                    "{\"\(name)\":\"«cut off",
                ].map { $0.hasSuffix("off") ? $0 + "»" : $0 })
        }
    }

    func test_mask_keepsNumbersNumbers_andSchemes() {
        XCTAssertEqual(masked("{\"password\":-12345.6e7}"), "{\"password\":-10000.0e0}")
        XCTAssertEqual(masked("{\"password\":0.5,\"x\":0.5}"), "{\"password\":1.0,\"x\":0.5}")
        assertMasked(["{\"Authorization\":\"Basic «YTpi»\"}", "{\"authorization\":\"Bearer «x»\"}"])
        assertKept(["{\"password\":null,\"cookie\":true,\"secret\":{\"type\":\"STRING\"}}"])
    }

    func test_mask_hidesParameters_inURLsAnywhere() {
        assertMasked([
            "see https://h/v1/models?key=«x»", "\"https://h/a?b=c&key=«s3cret»\"", "?key=«abc»",
            "/a?key=«abc»&key=«def»#x", "https://mcp.example/sse?token=«abc»&x=1", "/a?x=1&amp;token=«abc»",
            "https://user:«s3cret»@h/a", "see http://u:«p:w@d»@h:80/ and x@y.z",
            "{\"url\":\"wss://:«abc»@h\"}",
            "a&amp;key=«abc»", "{\"u\":\"https:\\/\\/h?a\\u0026key\\u003d«abc»\\u0026b=c\"}",
            "u?access_token=«a.b»&x",
            "https://h/upload/v1beta/files?upload_id=«ABg5-Ux»&upload_protocol=resumable",
            "x?u=a%3Fkey%3D«abc»%26b",
            "grant_type=x&refresh_token=«abc»&client_secret=«def»", "g?X-Goog-Signature=«0a1b»&x=y",
        ])
        assertKept(["?monkey=1", "/a?keys=1&KEY=2&mykey=3", "a=key", "?page_token=abc&pageToken=def"])
    }

    func test_mask_hidesLinesOfHeads() {
        assertMasked([
            "-H 'x-goog-api-key: «abcdef12»'", "Authorization: Bearer «abcdef12»\r\nHost: h",
            "password: «hunter22»",
        ])
    }

    func test_mask_keepsWhatIsNoSecret() {
        assertKept([
            "The key to success is the right key: patience.", "{\"key\": \"value\", \"token\": \"abcdef12\"}",
            "risk-free and task-oriented-work-for-everybody-2024",
            "sk-learn-is-a-library-for-machine-learning",
            "gemini-2.5-flash-preview-native-audio-dialog-2025", "files/abc-123-def-456-ghi-789-jkl",
            "v1_ChdXQXIyYXVyOUJZV0F2ZElQcC1tYnNBOBIXV0FyMmF1cjlCWVdBdmRJUHAtbWJzQTg",
            "{\"next_page_token\":\"abcdef12\",\"continuation_token\":\"abcdef12\",\"nextPageToken\":\"x\"}",
            "{\"promptTokenCount\":17,\"thoughtSignature\":\"abcdef12\"}",
            "the password: must be long enough",
            "{\"text\":\"the password:\",\"x\":\"abcdef12\"}", "{\"text\":\"say password=\",\"x\":\"y\"}",
            "{\"properties\":{\"password\":{\"type\":\"string\",\"description\":\"a word\"}},\"required\":[\"password\"]}",
            "AIza is how keys begin", "FAQ.thisIsNoKeyButALongNameOfSomething",
            "com.example.someVeryLongPackageName2024",
            "{\"description\":\"a duration\",\"location\":\"New York\",\"monkey\":\"abc\"}",
            "data:image/png;base64,iVBORw0KGgo",
            "4bf92f3577b34da6a3ce929d0e0e4736", "",
        ])
    }

    // MARK: - What is known

    func test_mask_findsKnownSecrets_ofAnyShape_inAnySpelling() {
        assertMasked(
            [
                "«any-key»", "x«any-key»y", "{\"t\":\"«any-key»\",\"n\":\"\\n«any-key»\"}", "«%61ny-key»",
                "«\\u0061ny-key»",
            ],
            known: ["any-key"])
        assertMasked(["a «a/b+c=d» e", "«a\\/b+c=d»", "a%20«a%2Fb%2Bc%3Dd»"], known: ["a/b+c=d"])
        assertMasked(["«schlüssel»"], known: ["schlüssel"])
    }

    func test_mask_doesNotLookForShortSecrets() {
        assertKept(["the test of x", "{\"model\":\"x\"}"], known: ["x", "test", "", "model"])
    }

    /// A key can be chosen so that masking it would break what is around it.
    func test_mask_breaksNoJSON_whateverIsKnown() throws {
        let text = "{\"a\":[1234567,12345678.5,false,null,false],\"b\":\"\\n\\u00e9abcdef \\\"12345678\"}"
        for secret in [
            "1234567", "234567", "8.5,false", "\"a\":[12", "false,null", ",false", "nabcdef", "u00e9abc",
            "0e9abcdef",
            "9abcdef \\", "e9abcdef", "\\\"1234", "}]}]}]", "-12.5e3",
        ] {
            let masked = masked(text, [secret])
            XCTAssertNoThrow(
                try JSONDocument(parsing: Array(masked.utf8), grammar: .strict), "\(secret): \(masked)")
        }
        XCTAssertFalse(masked(text, ["1234567"]).contains("1234567"))
    }

    func test_known_isBounded_inTime() {
        // Quadratic work would take minutes here.
        let text = String(repeating: "a", count: 1_000_000)
        XCTAssertEqual(masked(text, [String(repeating: "a", count: 8000) + "b"]).count, text.count)
        for piece in [
            "password:", "password:\\\"", "Bearer ", "-----BEGIN PRIVATE KEY-----", "eyJhbGciOiJIUzI1NiJ9.",
            "\"", "\\",
        ] {
            _ = masked(String(repeating: piece, count: 200_000 / piece.utf8.count))
        }
    }

    // MARK: - All inputs

    func test_mask_keepsLengthAndJSON_ofRandomTexts() {
        var generator = SeededGenerator(seed: 8)
        let parts = [
            "\"password\"", ":", "\"", "\\\"", "\\", "api_key", "=", "{", "}", "[", "]", ",", "12", "-", " ",
            "\n", "\\u0022",
            "\\u003d", "%22", "'", "Bearer ", RedactorTests.shapes[0], "&key=", "any-key", "x", "\\\\",
            "\"secret\":", "\\n",
            "-----BEGIN PRIVATE KEY-----", "é", "\"a\":\"b\",", "null", "{\"password\":",
        ]
        var parsed = 0
        for _ in 0..<10_000 {
            let count = Int.random(in: 1...12, using: &generator)
            let text = (0..<count).map { _ in parts[Int.random(in: 0..<parts.count, using: &generator)] }
                .joined()
            for whole in [text, "{\"a\":\"\(text)\"}"] {
                let result = masked(whole, ["any-key", "12-12-"])
                guard (try? JSONDocument(parsing: Array(whole.utf8), grammar: .strict)) != nil else {
                    continue
                }
                parsed += 1
                XCTAssertNoThrow(
                    try JSONDocument(parsing: Array(result.utf8), grammar: .strict), "\(whole) → \(result)")
            }
        }
        XCTAssertGreaterThan(parsed, 500)
    }

    func test_mask_keepsLength_ofRandomBytes() {
        var generator = SeededGenerator(seed: 9)
        for _ in 0..<2000 {
            let bytes = (0..<Int.random(in: 0...200, using: &generator)).map { _ in
                UInt8.random(in: 0...255, using: &generator)
            }
            var copy = bytes
            Redactor(secrets: ["abcdef"]).mask(&copy)
            XCTAssertEqual(copy.count, bytes.count)
        }
    }

    func test_text_putsAWordInTheirPlace() {
        let text = Redactor(secrets: ["any-key"]).text("any-key and \(RedactorTests.shapes[0]), ?key=x&a=b")
        XCTAssertEqual(text, "REDACTED and REDACTED, ?key=REDACTED&a=b")
    }
}
