// SPDX-License-Identifier: Apache-2.0

import Foundation
import GeminiContract
import HTTPWire
import XCTest

final class ErrorCatalogTests: XCTestCase {
    func test_names_areKebabAndUnique() {
        let names = ErrorCatalog.entries.map(\.name)
        XCTAssertGreaterThanOrEqual(names.count, 45)
        XCTAssertEqual(Set(names).count, names.count)
        for name in names {
            XCTAssertNotNil(name.wholeMatch(of: /[a-z][a-z0-9]*(-[a-z0-9]+)*/), name)
            XCTAssertEqual(ErrorCatalog.entry(named: name)?.name, name)
        }
        XCTAssertNil(ErrorCatalog.entry(named: "nothing"))
    }

    /// The names that scenario files were promised.
    func test_names_hasThoseThatWerePromised() {
        for name in [
            "quota-per-minute", "quota-per-day", "model-overloaded", "api-key-invalid", "model-not-found",
            "internal",
            "deadline-exceeded", "file-not-found", "file-not-active", "upload-terminated", "token-limit",
        ] {
            XCTAssertNotNil(ErrorCatalog.entry(named: name), name)
        }
    }

    func test_source_tellsWhereFrom() {
        for entry in ErrorCatalog.entries {
            XCTAssertTrue(
                ["seen", "assumed"].contains { entry.source.contains($0) },
                "\(entry.name): \(entry.source)")
        }
    }

    /// Every body, byte for byte, as it was compared with the observations. With GEMINI_MOCK_WRITE_GOLDENS=1 the file is
    /// written instead, and the run fails.
    func test_bodies_areTheGoldenOnes() throws {
        let text = ErrorCatalog.entries.map { entry in
            let answer = entry.answer()
            return "=== \(entry.name) \(answer.http)\n\(makeText(answer.body))\n"
        }.joined()
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Goldens/errors.txt")
        if ProcessInfo.processInfo.environment["GEMINI_MOCK_WRITE_GOLDENS"] == "1" {
            try text.write(to: file, atomically: true, encoding: .utf8)
            return XCTFail("wrote errors.txt: look at it, then run without GEMINI_MOCK_WRITE_GOLDENS")
        }
        let golden = try String(contentsOf: file, encoding: .utf8)
        for (got, wanted) in zip(text.components(separatedBy: "=== "), golden.components(separatedBy: "=== "))
        {
            XCTAssertEqual(got, wanted)
        }
        XCTAssertEqual(text.utf8.count, golden.utf8.count)
    }

    func test_answer_isAboutItsSubject() throws {
        var subject = ErrorSubject()
        subject.model = "gemini-9"
        subject.version = "v1"
        subject.method = "countTokens"
        subject.file = "zzz"
        subject.uri = "http://x/y"
        subject.mimeType = "a/b"
        subject.project = "77"
        subject.retrySeconds = 3.25
        for (name, part) in [
            ("model-not-found", "models/gemini-9 is not found for API version v1,"),
            ("model-not-found-2025", "is not supported for countTokens. Call ListModels"),
            ("model-unknown", "Model is not found: models/gemini-9 for api version v1"),
            ("model-retired", "This model models/gemini-9 is"), ("file-not-found", "the File zzz or"),
            ("file-not-active", "The File zzz is"), ("file-exists", "zzz already exists."),
            ("file-uri-invalid", "file uri: http://x/y"), ("mime-type-unsupported", "MIME type: a/b"),
            ("quota-per-minute", "model: gemini-9\nPlease retry in 3.25s."),
            ("rate-limit-exceeded", "'project_number:77'"), ("billing-country", "projects/77."),
            ("service-disabled", "in project 77 before"),
        ] {
            let answer = try XCTUnwrap(ErrorCatalog.entry(named: name), name).answer(about: subject)
            XCTAssertTrue(answer.message.contains(part), "\(name): \(answer.message)")
        }
        let quota = try XCTUnwrap(ErrorCatalog.entry(named: "quota-per-day")).answer(about: subject)
        guard case .status(let error) = quota else { return XCTFail("no status") }
        XCTAssertEqual(error.details.last?["retryDelay"], "3s")
    }

    func test_answer_standsAnyWait() throws {
        for seconds in [Double.nan, .infinity, -1, 1e300] {
            var subject = ErrorSubject()
            subject.retrySeconds = seconds
            XCTAssertEqual(ErrorCatalog.entry(named: "quota-per-day")?.answer(about: subject).http, 429)
        }
    }

    func test_forms_areThoseOfStreams() {
        let error = APIError(.unavailable, "No.")
        let object =
            "{\n  \"error\": {\n    \"code\": 503,\n    \"message\": \"No.\",\n    \"status\": \"UNAVAILABLE\"\n  }\n}"
        XCTAssertEqual(makeText(error.body), object)
        XCTAssertEqual(makeText(error.midStream), "\(object)\n")
        XCTAssertEqual(makeText(error.arrayBody), "[\(object)\n]")
        XCTAssertEqual(
            makeText(error.midStreamEvent),
            "data: {\"error\": {\"code\": 503,\"message\": \"No.\",\"status\": \"UNAVAILABLE\"}}\r\n\r\n"
        )
    }
}
