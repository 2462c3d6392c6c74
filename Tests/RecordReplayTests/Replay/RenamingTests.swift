// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import RecordReplay

final class RenamingTests: XCTestCase {
    private func request(_ method: String, _ target: String, _ body: String = "") -> RecordedRequest {
        RecordedRequest(method: method, target: target, body: RecordedBody(Array(body.utf8)))
    }

    func test_namesOfAnswers_areThoseOfLaterRequests() {
        var names = Renaming()
        names.learn(
            makeAnswer(
                #"{"file": {"name": "files/old", "uri": "https://one/v1beta/files/old", "displayName": "files/x"}}"#
            ),
            makeAnswer(
                #"{"file": {"name": "files/new", "uri": "https://two/v1beta/files/new", "displayName": "files/y"}}"#
            ))
        names.learn(
            makeAnswer(
                "event: a\ndata: {\"event_id\": \"e/1\", \"interaction\": {\"id\": \"v1_old\"}}\n\n",
                type: "text/event-stream"),
            makeAnswer(
                "event: a\ndata: {\"event_id\": \"e/2\", \"interaction\": {\"id\": \"v1_new\"}}\n\n",
                type: "text/event-stream"))
        func sent(_ method: String, _ target: String, _ body: String = "") -> (String, String) {
            let request = names.applied(to: request(method, target, body)).request
            return (request.target, String(decoding: request.body.bytes ?? [], as: UTF8.self))
        }
        XCTAssertEqual(sent("GET", "/v1beta/files/old?a=old").0, "/v1beta/files/new?a=new")
        XCTAssertEqual(sent("GET", "/v1beta/files/old:download").0, "/v1beta/files/new:download")
        XCTAssertEqual(
            sent("GET", "/v1beta/interactions/v1_old?last_event_id=e%2F1&x=").0,
            "/v1beta/interactions/v1_new?last_event_id=e%2F2&x=")
        let body =
            #"{ "fileUri":"https:\/\/one/v1beta/files/old", "n": 1.50, "previous_interaction_id": "v1_old", "text":"about v1_old" }"#
        XCTAssertEqual(
            sent("POST", "/x", body).1,
            #"{ "fileUri":"https://two/v1beta/files/new", "n": 1.50, "previous_interaction_id": "v1_new", "text":"about v1_old" }"#
        )
        XCTAssertTrue(names.knows("/v1beta/files/old"))
        XCTAssertTrue(names.knows("/v1beta/files/old:download"))
        XCTAssertFalse(names.knows("/v1beta/files/other"))
    }

    func test_uploads_goWhereTheAnswerSays() {
        var names = Renaming()
        names.learn(
            makeAnswer(
                "",
                [
                    (
                        "X-Goog-Upload-URL",
                        "https://one/upload/v1beta/files?upload_id=REDACTED-1&upload_protocol=resumable"
                    )
                ]),
            makeAnswer("", [("x-goog-upload-url", "https://elsewhere/put?upload_id=abc")]))
        let step = request(
            "POST", "/upload/v1beta/files?upload_id=REDACTED-1&upload_protocol=resumable", "bytes")
        XCTAssertEqual(names.applied(to: step).url, "https://elsewhere/put?upload_id=abc")
        XCTAssertNil(names.applied(to: request("GET", "/upload")).url)
    }
}
