// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire
import XCTest

@testable import GeminiService

final class UploadAnswerTests: XCTestCase {
    /// CORE 2.2, recorded: names, order and values.
    func test_start_hasTheRecordedFields() {
        let answer = UploadAnswer.started(id: "I", url: "http://u")
        XCTAssertEqual(
            answer.fields.map { "\($0.name): \($0.value)" },
            [
                "X-Goog-Upload-URL: http://u", "X-Goog-Upload-Control-URL: http://u",
                "X-Goog-Upload-Chunk-Granularity: 8388608",
                "X-Goog-Upload-Header-Content-Type: application/json; charset=UTF-8",
                "X-Goog-Upload-Header-Vary: Origin", "X-Goog-Upload-Header-Vary: Referer",
                "X-Goog-Upload-Header-Vary: X-Origin",
            ])
        XCTAssertEqual(answer.code, 200)
        XCTAssertEqual(answer.id, "I")
        XCTAssertEqual(answer.status, .active)
        XCTAssertEqual(answer.body, .text(""))
    }

    func test_refusals_areTextWithAStatus() {
        for (refusal, code, status, start) in [
            (.terminated, 400, .final, "Upload has already been terminated."),
            (.unknownUpload, 404, nil, "Not Found"),
            (.noCommand, 400, .active, "Invalid request."),
            (.noOffset, 400, .active, "Invalid request."),
            (
                .wrongOffset(expected: 7, got: 9), 400, .active,
                "Invalid request.  The offset must be 7, but it is 9."
            ),
            (.badLength(granularity: 8_388_608), 400, .active, "Invalid request."),
            (
                .tooShort(received: 3, announced: 5), 400, .final,
                "Invalid request.  5 bytes were announced, but 3 came."
            ),
            (.tooLong(announced: 5), 400, .final, "Invalid request.  5 bytes were announced, but more came."),
            (.badMultipart(.missingPart), 400, .final, "Invalid multipart request: it has fewer"),
        ] as [(UploadRefusal, Int, UploadAnswer.Status?, String)] {
            let answer = refusal.answer(id: "I")
            guard case .text(let text) = answer.body else { return XCTFail("no text") }
            XCTAssertTrue(text.hasPrefix(start), text)
            XCTAssertEqual(answer.code, code, text)
            XCTAssertEqual(answer.status, status, text)
            XCTAssertEqual(answer.id, status == nil ? nil : "I", text)
        }
    }

    func test_refusalsByTheAPI_areItsJSON_andFinal() {
        let error = APIError.fileExists("x")
        XCTAssertEqual(
            UploadAnswer(error), UploadAnswer(code: 409, status: .final, body: .json(error.body)))
        XCTAssertEqual(
            UploadRefusal.tooLarge(limit: 9).answer(id: "I"), UploadAnswer(.fileTooLarge(limit: 9)))
    }

    func test_progress_tellsHowMuchIsThere() {
        let answer = UploadAnswer.progress(id: "I", status: .cancelled, received: 17)
        XCTAssertEqual(answer.fields, [HTTPFields.Field("X-Goog-Upload-Size-Received", "17")])
        XCTAssertEqual(answer.status, .cancelled)
        XCTAssertEqual(answer.code, 200)
    }
}
