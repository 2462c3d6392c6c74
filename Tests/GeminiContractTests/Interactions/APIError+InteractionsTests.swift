// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import XCTest

final class APIErrorInteractionsTests: XCTestCase {
    func test_codes_followFromWhatIsWrong() {
        for (error, http, code) in [
            (.noCredential, 401, "authentication"), (.unknownKey("x"), 401, "authentication"),
            (.unknownToken, 401, "authentication"), (.severalCredentials, 400, "invalid_request"),
            (.tooLarge(limit: 5), 400, "invalid_request"), (.internalError, 500, "api_error"),
            (.noSuchEntity, 404, "not_found"), (.interactionModelNotFound("x"), 404, "model_not_found"),
            (.notRunning, 400, "failed_precondition"),
            (.notImitated("voices", endpoint: "neighbours"), 501, "not_implemented"),
            (.legacyInteractions, 400, "invalid_request"),
            (APIError(.permissionDenied, "x"), 403, "permission_denied"),
        ] as [(APIError, Int, String)] {
            XCTAssertEqual(error.interactionCode.http, http, error.message)
            XCTAssertEqual(error.interactionCode.name, code, error.message)
        }
    }

    func test_body_hasTheMessageFirst() {
        XCTAssertEqual(
            makeText(APIError.invalidInteraction.interactionBody),
            #"{"error":{"message":"Request contains an invalid argument.","code":"invalid_request"}}"#
        )
        XCTAssertEqual(
            makeText(APIError.legacyInteractions.interactionBody),
            """
            {"error":{"message":"The legacy Interactions API schema is no longer supported. Please upgrade your client SDK \
            to Python \\u003e= 2.0.0 or JavaScript/TypeScript \\u003e= 2.0.0 to adopt the new 'steps' schema. For details \
            and migration examples, see: \
            https://ai.google.dev/gemini-api/docs/interactions-breaking-changes-may-2026","code":"invalid_request"}}
            """
        )
    }

    func test_query_isNamed() {
        XCTAssertEqual(
            APIError.unknownQuery("strem").message,
            "Invalid JSON payload received. Unknown name \"strem\": Cannot bind query parameter. "
                + "Field 'strem' could not be found in request message."
        )
    }

    func test_withheld_isToldByItsReason() {
        for (reason, isPrompt, code, start) in [
            ("SAFETY", true, "content_blocked", "Input blocked: "),
            ("PROHIBITED_CONTENT", true, "prohibited_content", "Input blocked: "),
            ("RECITATION", false, "recitation", "The answer was withheld: RECITATION."),
            ("OTHER", false, "content_blocked", "The answer was withheld: OTHER."),
            ("TOO_MANY_TOOL_CALLS", false, "too_many_tool_calls", "Model generated too many tool calls. "),
        ] {
            let error = APIError.withheld(reason, isPrompt: isPrompt)
            XCTAssertEqual(error.interactionCode.http, 400)
            XCTAssertEqual(error.interactionCode.name, code)
            XCTAssertTrue(error.message.hasPrefix(start), error.message)
        }
    }
}
