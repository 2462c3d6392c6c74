// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import GeminiContract

/// Each literal as the exact body that goes out.
final class APIErrorCatalogTests: XCTestCase {
    /// An error body with the members in the real order; `details` goes in as it stands.
    private func body(_ code: Int, _ status: String, _ message: String, details: String? = nil) -> String {
        let end = details.map { ",\n    \"details\": [\n\($0)\n    ]" } ?? ""
        return """
            {
              "error": {
                "code": \(code),
                "message": "\(message)",
                "status": "\(status)"\(end)
              }
            }
            """
    }

    private func check(
        _ error: APIError?, _ expected: String, file: StaticString = #filePath, line: UInt = #line
    ) {
        XCTAssertEqual(error.map { makeText($0.body) }, expected, file: file, line: line)
    }

    // MARK: - Credentials (CORE 1.2, 1.3)

    func test_noCredential_hasNoDetails() {
        check(
            .noCredential,
            body(
                403, "PERMISSION_DENIED",
                "Method doesn't allow unregistered callers (callers without established identity). "
                    + "Please use API Key or other form of API consumer identity to call this API."
            )
        )
    }

    func test_unknownKey_hasWordsOfItsKind() {
        for (key, message) in [
            ("AIzaSyNothing", "API key not valid. Please pass a valid API key."),
            ("whatever", "API key not valid. Please pass a valid API key."),
            ("", "API key not valid. Please pass a valid API key."),
            ("AQ.Ab8nothing", "API Key not found. Please pass a valid API key."),
        ] {
            check(
                .unknownKey(key),
                body(
                    400, "INVALID_ARGUMENT", message,
                    details: """
                              {
                                "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                                "reason": "API_KEY_INVALID",
                                "domain": "googleapis.com",
                                "metadata": {
                                  "service": "generativelanguage.googleapis.com"
                                }
                              },
                              {
                                "@type": "type.googleapis.com/google.rpc.LocalizedMessage",
                                "locale": "en-US",
                                "message": "\(message)"
                              }
                        """
                )
            )
        }
    }

    func test_unknownToken_hasErrorInfo() {
        check(
            .unknownToken,
            body(
                401, "UNAUTHENTICATED",
                "Request had invalid authentication credentials. Expected OAuth 2 access token, "
                    + "login cookie or other valid authentication credential. See "
                    + "https://developers.google.com/identity/sign-in/web/devconsole-project.",
                details: """
                          {
                            "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                            "reason": "ACCESS_TOKEN_TYPE_UNSUPPORTED",
                            "domain": "googleapis.com",
                            "metadata": {
                              "service": "generativelanguage.googleapis.com"
                            }
                          }
                    """
            )
        )
    }

    func test_severalCredentials_hasNoDetails() {
        check(
            .severalCredentials,
            body(
                400, "INVALID_ARGUMENT", "Multiple authentication credentials received. Please pass only one."
            )
        )
    }

    // MARK: - The body as a whole (CORE 6.2 to 6.4)

    func test_tooLarge_tellsLimit() {
        check(
            .tooLarge(limit: 20_971_520),
            body(400, "INVALID_ARGUMENT", "Request payload size exceeds the limit: 20971520 bytes.")
        )
    }

    func test_malformed_tellsItTwice_withoutField() throws {
        var found: JSONSyntaxError?
        do {
            _ = try JSONDocument(parsing: Array("{model:gemini-3.5-flash,mes".utf8))
        } catch {
            found = error
        }
        let message =
            #"Invalid JSON payload received. Unexpected token.\n{model:gemini-3.5-flash,mes\n       ^"#
        check(
            .malformed(try XCTUnwrap(found)),
            body(
                400, "INVALID_ARGUMENT", message,
                details: """
                          {
                            "@type": "type.googleapis.com/google.rpc.BadRequest",
                            "fieldViolations": [
                              {
                                "description": "\(message)"
                              }
                            ]
                          }
                    """
            )
        )
    }

    func test_invalidValues_tellsAll_oneLineEach() {
        let first =
            "Invalid value at 'contents[0].parts[1].inline_data.data' (TYPE_BYTES), "
            + #"Base64 decoding failed for \"data:image/jpeg;base64,/9j\""#
        check(
            .invalidValues([
                .base64("data:image/jpeg;base64,/9j", at: "contents[0].parts[1].inline_data.data"),
                FieldViolation(field: "b", description: "second"),
            ]),
            body(
                400, "INVALID_ARGUMENT", first + #"\nsecond"#,
                details: """
                          {
                            "@type": "type.googleapis.com/google.rpc.BadRequest",
                            "fieldViolations": [
                              {
                                "field": "contents[0].parts[1].inline_data.data",
                                "description": "\(first)"
                              },
                              {
                                "field": "b",
                                "description": "second"
                              }
                            ]
                          }
                    """
            )
        )
    }

    func test_validator_hasStarAndLineEnd_forEachLine() {
        check(
            .validator(["GenerateContentRequest.contents: contents is not specified"]),
            body(400, "INVALID_ARGUMENT", #"* GenerateContentRequest.contents: contents is not specified\n"#)
        )
        check(.validator(["a", "b"]), body(400, "INVALID_ARGUMENT", #"* a\n* b\n"#))
    }

    // MARK: - Names (CORE 5.5, 6.5)

    func test_modelNotFound_namesVersionAndMethod() {
        for (method, list) in [
            ("generateContent", "ModelService.ListModels"),
            ("streamGenerateContent", "ModelService.ListModels"),
            ("countTokens", "ListModels"), ("embedContent", "ListModels"),
        ] {
            check(
                .modelNotFound("models/gemini-3.6-flahs", version: "v1beta", method: method),
                body(
                    404, "NOT_FOUND",
                    "models/gemini-3.6-flahs is not found for API version v1beta, or is not "
                        + "supported for \(method). Call \(list) to see the list "
                        + "of available models and their supported methods."
                )
            )
        }
    }

    func test_noSuchModel_hasWordsOfItsOwn() {
        check(
            .noSuchModel("models/invalid-model", version: "v1beta"),
            body(404, "NOT_FOUND", "Model is not found: models/invalid-model for api version v1beta")
        )
    }

    func test_noSuchMethod_namesNothing() {
        check(.noSuchMethod, body(404, "NOT_FOUND", "Requested entity was not found."))
    }

    // MARK: - Contents (CORE 4.2, 6.4, 6.7)

    func test_badRole_tellsMoreOfSystem() {
        check(.badRole("assistant"), body(400, "INVALID_ARGUMENT", "Please use a valid role: user, model."))
        check(
            .badRole("system"),
            body(
                400, "INVALID_ARGUMENT",
                #"Content with system role is not supported.\nPlease use a valid role: user, model."#
            )
        )
    }

    func test_candidateCount_tellsValue() {
        check(
            .candidateCount(9),
            body(
                400, "INVALID_ARGUMENT",
                "The value of candidateCount must be between 1 and 8 inclusive, but 9 was given."
            )
        )
    }

    func test_cachedContent_hasWordsOfItsOwn() {
        check(
            .cachedContentClash,
            body(
                400, "INVALID_ARGUMENT",
                "CachedContent can not be used with GenerateContent request setting system_instruction, tools or "
                    + #"tool_config.\n\nProposed fix: move those values to CachedContent from GenerateContent request."#
            )
        )
        check(
            .cachedContentNotFound,
            body(403, "PERMISSION_DENIED", "CachedContent not found (or permission denied)")
        )
    }

    func test_tooManyTokens_tellsLimit() {
        check(
            .tooManyTokens(limit: 1_048_576),
            body(
                400, "INVALID_ARGUMENT",
                "The input token count exceeds the maximum number of tokens allowed (1048576)."
            )
        )
    }

    func test_deadlineTooShort_tellsDeadline() {
        check(
            .deadlineTooShort(seconds: "4"),
            body(
                400, "INVALID_ARGUMENT",
                "Manually set deadline 4s is too short. Minimum allowed deadline is 10s."
            )
        )
    }

    func test_batchTooLarge_tellsLimit() {
        check(
            .batchTooLarge(limit: 100),
            body(
                400, "INVALID_ARGUMENT",
                #"* BatchEmbedContentsRequest.requests: at most 100 requests can be in one batch\n"#
            )
        )
    }

    func test_internalError_tellsNothing() {
        check(.internalError, body(500, "INTERNAL", "Internal error encountered."))
    }
}
