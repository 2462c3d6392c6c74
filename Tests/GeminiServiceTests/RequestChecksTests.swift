// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire
import Synchronization
import XCTest

@testable import GeminiService

final class RequestChecksTests: XCTestCase {
    /// What was told, each with its request's target.
    private final class Notes: Sendable {
        private let lines = Mutex<[String]>([])
        var all: [String] { lines.withLock { $0 } }

        func add(_ head: RequestHead, _ text: String) {
            lines.withLock { $0.append("\(head.target.raw) \(text)") }
        }
    }

    private static let generate = "/v1beta/models/gemini-2.5-flash:generateContent"

    private func error(
        _ method: String = "POST", _ target: String = RequestChecksTests.generate, body: String = makeBody(),
        fields: [HTTPFields.Field] = [], checks: RequestChecks = RequestChecks()
    ) -> APIError? {
        do {
            _ = try makeAnswer(
                method, target, body: body, fields: fields, service: makeService(checks: checks))
            return nil
        } catch {
            return error as? APIError
        }
    }

    // MARK: - Order (CORE 6.1)

    func test_order_isBindingModelValidatorMeaning() {
        let unknown = "/v1beta/models/nonsense:generateContent"
        let wrongField = #"{"contents": [], "x": 1}"#
        let wrongParts = #"{"contents": [{"role": "x", "parts": []}]}"#
        let wrongRole = #"{"contents": [{"role": "x", "parts": [{"text": "a"}]}]}"#
        XCTAssertEqual(
            error(Self.generate, body: wrongField).map(\.message),
            #"Invalid JSON payload received. Unknown name "x": Cannot find field."#
        )
        XCTAssertEqual(error("POST", unknown, body: wrongField)?.status, .invalidArgument)
        XCTAssertEqual(error("POST", unknown, body: wrongParts)?.status, .notFound)
        XCTAssertEqual(
            error(body: wrongParts)?.message,
            "* GenerateContentRequest.contents[0].parts: contents.parts must not be empty.\n"
        )
        XCTAssertEqual(error(body: wrongRole), .badRole("x"))
    }

    private func error(_ target: String, body: String) -> APIError? { error("POST", target, body: body) }

    func test_bind_checksEachEndpointsMessage() {
        for (target, body, name) in [
            ("streamGenerateContent?alt=sse", "{}", "contents"), ("countTokens", "{}", "contents"),
        ] {
            let target = "/v1/models/gemini-2.5-flash:\(target)"
            XCTAssertTrue(error(target, body: body)?.message.contains("\(name) is not specified") ?? false)
            XCTAssertEqual(
                error(target, body: #"{"contents": "hi"}"#)?.message,
                #"Invalid value at 'contents' (type.googleapis.com/google.ai.generativelanguage.v1.Content), "hi""#
            )
        }
        for target in ["embedContent", "batchEmbedContents"] {
            XCTAssertEqual(
                error("/v1beta/models/gemini-embedding-001:\(target)", body: #"{"text": "hi"}"#)?.message,
                #"Invalid JSON payload received. Unknown name "text": Cannot find field."#
            )
        }
    }

    // MARK: - Files

    private static let upload = "/upload/v1/files"

    private func startError(_ body: String, _ target: String = RequestChecksTests.upload) -> APIError? {
        error(
            "POST", target, body: body,
            fields: [.init("X-Goog-Upload-Protocol", "resumable"), .init("X-Goog-Upload-Command", "start")]
        )
    }

    private func multipartError(_ metadata: String, checks: RequestChecks = RequestChecks()) -> APIError? {
        error(
            "POST", Self.upload,
            body: "--b\r\nContent-Type: application/json\r\n\r\n\(metadata)\r\n--b\r\n"
                + "Content-Type: text/plain\r\n\r\nhi\r\n--b--\r\n",
            fields: [.init("Content-Type", "multipart/related; boundary=b")], checks: checks
        )
    }

    func test_upload_metadataIsBound_howeverItComes() {
        for (metadata, message) in [
            (#"{"name": "a"}"#, #"Invalid JSON payload received. Unknown name "name": Cannot find field."#),
            (
                #"{"file": {"displayName": 5}}"#,
                "Invalid value at 'file.display_name' (TYPE_STRING), 5"
            ),
            (
                #"{"file": "a"}"#,
                #"Invalid value at 'file' (type.googleapis.com/google.ai.generativelanguage.v1.File), "a""#
            ),
        ] {
            XCTAssertEqual(startError(metadata)?.message, message)
            XCTAssertEqual(multipartError(metadata)?.message, message)
            XCTAssertNil(multipartError(metadata, checks: RequestChecks(mode: .off)), metadata)
        }
        // Each was seen of a client (CORE 2.2).
        for metadata in [
            "{}", #"{"file": {"display_name": "a b"}}"#, #"{"file": {"displayName": "a"}}"#,
            #"{"file": {"mimeType": "audio/mpeg", "sizeBytes": 45, "name": "files/a"}}"#,
            #"{"file": {"mime_type": "audio/mpeg", "size_bytes": "45", "source": "UPLOADED"}}"#,
        ] {
            XCTAssertNil(startError(metadata), metadata)
            XCTAssertNil(multipartError(metadata), metadata)
        }
    }

    func test_upload_metadata_isToldOf_whereOnlyWarned() {
        let notes = Notes()
        XCTAssertNil(multipartError(#"{"x": 1}"#, checks: RequestChecks(mode: .warn, report: notes.add)))
        XCTAssertEqual(notes.all.count, 1)
    }

    func test_files_queryIsBound() {
        for (method, target, message) in [
            ("GET", "/v1beta/files?pageSize=abc", #"Invalid value at 'page_size' (TYPE_INT32), "abc""#),
            (
                "GET", "/v1beta/files/a?pageSize=5",
                #"Invalid JSON payload received. Unknown name "pageSize": Cannot bind query parameter. "#
                    + "Field 'pageSize' could not be found in request message."
            ),
            (
                "DELETE", "/v1beta/files/a?force=1",
                #"Invalid JSON payload received. Unknown name "force": Cannot bind query parameter. "#
                    + "Field 'force' could not be found in request message."
            ),
        ] {
            XCTAssertEqual(error(method, target)?.message, message, target)
        }
        for target in ["/v1/files?pageSize=5&pageToken=x", "/v1/files?page_size=5&fields=files.name"] {
            XCTAssertNil(error("GET", target), target)
        }
        XCTAssertEqual(error("GET", "/v1/files/a?alt=json"), .noSuchFile("a"))
        XCTAssertEqual(error("GET", "/v1/files/a:download?alt=media"), .noSuchFile("a"))
        XCTAssertEqual(error("DELETE", "/v1/files/a?key=k"), .noSuchFile("a"))
        XCTAssertNil(startError("{}", "\(Self.upload)?uploadType=resumable&key=k&prettyPrint=false"))
    }

    // MARK: - Query

    func test_query_isBoundToo() {
        for (target, message) in [
            ("/v1beta/models?pageSize=abc", #"Invalid value at 'page_size' (TYPE_INT32), "abc""#),
            (
                "/v1beta/models?foo=1",
                #"Invalid JSON payload received. Unknown name "foo": Cannot bind query parameter. "#
                    + "Field 'foo' could not be found in request message."
            ),
        ] {
            XCTAssertEqual(error("GET", target)?.message, message, target)
        }
        for target in [
            "/v1beta/models?pageSize=5&pageToken=&alt=json&prettyPrint=false&fields=models.name",
            "/v1beta/models?page_size=5&%24alt=json%3Benum-encoding%3Dint&key=k&$.xgafv=2&quotaUser=a",
        ] {
            XCTAssertNil(error("GET", target), target)
        }
        XCTAssertNil(error("\(Self.generate)?alt=sse&$prettyPrint=0", body: makeBody()))
    }

    // MARK: - Meaning

    func test_cachedContent_isNeverFound() {
        XCTAssertEqual(
            error(body: makeBody(members: #""cachedContent": "cachedContents/x""#)), .cachedContentNotFound)
    }

    func test_tokens_areLimited() {
        let words = String(repeating: "word ", count: 1_100_000)
        XCTAssertEqual(error(body: makeBody(text: words)), .tooManyTokens(limit: 1_048_576))
    }

    func test_deadline_isCheckedWhereAsked() {
        let fields = { (value: String) in [HTTPFields.Field("X-Server-Timeout", value)] }
        let strict = RequestChecks(refusesShortDeadlines: true)
        XCTAssertNil(error(fields: fields("4")))
        XCTAssertEqual(
            error(fields: fields("4"), checks: strict)?.message,
            "Manually set deadline 4s is too short. Minimum allowed deadline is 10s."
        )
        XCTAssertEqual(error(fields: fields("9.5"), checks: strict), .deadlineTooShort(seconds: "9.5"))
        for value in ["10", "600", "soon", ""] {
            XCTAssertNil(error(fields: fields(value), checks: strict), value)
        }
    }

    // MARK: - Modes

    func test_warn_answersAndTells() {
        for (body, told) in [
            (#"{"contents": [{"parts": [{"text": "a"}]}], "x": 1}"#, #"Unknown name "x""#),
            ("{}", "contents is not specified"), (#"{"contents": []}"#, "contents is not specified"),
            ("[]", "Root element must be a message."),
            (#"{"contents": [{"role": "x", "parts": [{"text": "a"}]}]}"#, "valid role"),
            (#"{"contents": {"parts": {"inlineData": {"data": "!"}}}}"#, "Base64 decoding failed"),
            (makeBody(members: #""cachedContent": "cachedContents/x""#), "CachedContent not found"),
            (#"{"contents": {"parts": \#(makeFilePart("files/x"))}}"#, "permission to access the File x"),
            (#"{"contents": {"parts": \#(makeInlinePart([1], type: "png"))}}"#, "Unsupported MIME type: png"),
            (makeBody(members: #""generationConfig": {"candidateCount": 9}"#), "candidateCount"),
        ] {
            let notes = Notes()
            XCTAssertNil(error(body: body, checks: RequestChecks(mode: .warn, report: notes.add)), body)
            XCTAssertTrue(notes.all.first?.contains(told) ?? false, "\(body): \(notes.all)")
            XCTAssertTrue(notes.all.first?.hasPrefix("\(Self.generate) would be refused: 40") ?? false, body)
            XCTAssertNil(
                error(body: body, checks: RequestChecks(mode: .off) { _, text in XCTFail(text) }), body)
            XCTAssertNotNil(error(body: body), body)
        }
        for method in ["countTokens", "embedContent", "batchEmbedContents"] {
            let model = method == "countTokens" ? "gemini-2.5-flash" : "gemini-embedding-001"
            for mode in [RequestChecks.Mode.warn, .off] {
                XCTAssertNil(
                    error(
                        "POST", "/v1beta/models/\(model):\(method)", body: "{}",
                        checks: RequestChecks(mode: mode)),
                    method
                )
            }
        }
    }

    func test_mode_leavesModelsUnknown() {
        for mode in RequestChecks.Mode.allCases {
            XCTAssertEqual(
                error("POST", "/v1beta/models/nonsense:generateContent", checks: RequestChecks(mode: mode))?
                    .status,
                .notFound
            )
        }
    }

    // MARK: - Media

    func test_media_areToldOf_wherePlainlyOfAnotherKind() {
        let png =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
        let wav = Base64Encoding.standard(makeWAV(seconds: 0.1))
        for (mimeType, data, told) in [
            (
                "audio/mp3", png,
                "contents[0].parts[1].inline_data is called audio/mp3 but begins like image/png"
            ),
            ("image/png", png, nil), ("image/jpeg", png, nil), ("audio/mp3", wav, nil),
            ("video/mp4", wav, nil),
            (
                "image/png", wav,
                "contents[0].parts[1].inline_data is called image/png but begins like audio/wav"
            ),
            ("audio/mp3", "AAAA", nil), ("text/plain", png, nil), ("", png, nil),
        ] {
            let notes = Notes()
            let contents =
                #"[{"parts": [{"text": "a"}, {"inlineData": {"mimeType": "\#(mimeType)", "data": "\#(data)"}}]}]"#
            XCTAssertNil(
                error(body: makeBody(contents: contents), checks: RequestChecks(report: notes.add)), mimeType)
            XCTAssertEqual(notes.all, told.map { ["\(Self.generate) \($0)"] } ?? [], mimeType)
        }
    }
}
