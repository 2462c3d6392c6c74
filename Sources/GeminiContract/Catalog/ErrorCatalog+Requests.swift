// SPDX-License-Identifier: Apache-2.0

import HTTPWire

extension ErrorCatalog {
    /// What is wrong with a request (CORE 6.2–6.4). Those that say what was sent have an example in them.
    static let requests: [ErrorEntry] = [
        ErrorEntry(
            "payload-too-large", "CORE 6.4, seen 2024–25", status: { _ in .tooLarge(limit: 20_971_520) }),
        ErrorEntry(
            "payload-too-large-2026", "CORE 6.4, seen in fixtures of 2026",
            status: { _ in .tooLarge(limit: 104_857_600) }),
        ErrorEntry("json-malformed", "CORE 6.2, seen 2026", status: { _ in .malformed(malformedExample) }),
        ErrorEntry(
            "unknown-field", "CORE 6.3, seen",
            status: { _ in
                .invalidValues([
                    .unknownName("stream", at: "generation_config", because: "Cannot find field.")
                ])
            }
        ),
        ErrorEntry(
            "invalid-value", "CORE 6.3, seen",
            status: { _ in
                .invalidValues([
                    .invalid(
                        at: "generation_config.thinking_config.thinking_budget", type: "TYPE_INT32",
                        "\"high\"")
                ])
            }
        ),
        ErrorEntry(
            "base64-invalid", "CORE 6.3, seen",
            status: { _ in
                .invalidValues([
                    .base64("data:image/jpeg;base64,AAAA", at: "contents[0].parts[1].inline_data.data")
                ])
            }
        ),
        ErrorEntry(
            "oneof-set-twice", "CORE 6.3, form seen",
            status: { _ in .invalidValues([.oneof("data", at: "contents[0].parts[0]", name: "inlineData")]) }
        ),
        ErrorEntry(
            "contents-missing", "CORE 6.4, seen 2026-09-03 (vercel/ai#3775)",
            status: { _ in .validator(["GenerateContentRequest.contents: contents is not specified"]) }
        ),
        ErrorEntry(
            "parts-empty", "CORE 6.4, seen (coze-studio#46)",
            status: { _ in
                .validator(["GenerateContentRequest.contents[0].parts: contents.parts must not be empty."])
            }
        ),
        ErrorEntry(
            "part-empty", "CORE 6.4, seen (genkit#3816)",
            status: { _ in
                .validator([
                    "GenerateContentRequest.contents[0].parts[0].data: "
                        + "required oneof field 'data' must have one initialized field"
                ])
            }
        ),
        line("safety-category-invalid", "CORE 6.4, seen (gcli2api#355)") { $0.add(safetyCategoryAt: 0) },
        line("function-name-invalid", "CORE 6.4, seen (google-gemini/gemini-cli#7869)") {
            $0.add(functionName: "tools[0].function_declarations[0]")
        },
        line("stop-sequences-too-many", "seen (continuedev/continue#2702); path assumed") {
            $0.add(stopSequencesOver: 5)
        },
        line("temperature-out-of-range", "seen 2026-08-29 in public sources") {
            $0.add(config: "temperature", "temperature must be in the range [0.0, 2.0].")
        },
        line("max-output-tokens-negative", "seen 2026 in public sources") {
            $0.add(config: "max_output_tokens", "max_output_tokens must be positive.")
        },
        line("response-mime-type-invalid", "seen 2026 with gemini-3.5-flash") {
            $0.add(wrongResponseMimeType: ())
        },
        line("schema-without-json", "CORE 4.2, words assumed") {
            $0.add(schemaWithoutJSON: "response_schema")
        },
        ErrorEntry(
            "batch-too-large", "seen (langchainjs#4491, weaviate#11277)",
            status: { _ in .batchTooLarge(limit: 100) }
        ),
        ErrorEntry("role-invalid", "CORE 4.2, seen", status: { _ in .badRole("assistant") }),
        ErrorEntry("role-system", "CORE 4.2, seen in public logs", status: { _ in .badRole("system") }),
        ErrorEntry("candidate-count-invalid", "words assumed", status: { _ in .candidateCount(9) }),
        ErrorEntry(
            "candidates-unsupported", "seen 2026 with gemini-3.7-flash",
            status: { _ in .plain("Multiple candidates is not enabled for this model") }
        ),
        ErrorEntry(
            "mime-type-unsupported", "CORE 6.4, seen (googleapis/python-genai#744)",
            status: { .unsupportedType($0.mimeType) }
        ),
        ErrorEntry(
            "invalid-argument", "CORE 6.4, seen (googleapis/js-genai#862)",
            status: { _ in .invalidArgument }
        ),
        ErrorEntry(
            "audio-too-long", "CORE 5.3, limit documented, words assumed",
            status: { _ in .tooMuchAudio(seconds: 36_000, limit: 34_200) }
        ),
        ErrorEntry(
            "image-unprocessable", "CORE 6.4, seen; exact words assumed",
            status: { _ in
                .plain(
                    "Unable to process input image. Please retry or report in "
                        + "https://developers.generativeai.google/guide/troubleshooting")
            }
        ),
        ErrorEntry(
            "url-unfetchable", "CORE 6.4, words assumed",
            status: { _ in .plain("Cannot fetch content from the provided URL.") }
        ),
        ErrorEntry(
            "cached-content-clash", "CORE 6.4, seen; tail as quoted", status: { _ in .cachedContentClash }),
        ErrorEntry(
            "cached-content-not-found", "CORE 6.4, seen in public logs",
            status: { _ in .cachedContentNotFound }),
        ErrorEntry(
            "function-calling-with-json", "CORE 6.4, words assumed",
            status: { _ in
                .plain("Function calling with a response mime type: 'application/json' is unsupported")
            }
        ),
        ErrorEntry(
            "thinking-level-unsupported", "CORE 6.4, words assumed",
            status: { _ in .plain("Thinking level is not supported for this model.") }
        ),
        ErrorEntry(
            "interactions-only", "CORE 6.4, seen in public logs",
            status: { _ in .plain("This model only supports Interactions API.") }
        ),
        ErrorEntry(
            "token-limit", "CORE 6.4, seen 2026 with gemini-3.8-flash",
            status: { _ in .tooManyTokens(limit: 1_048_576) }
        ),
        ErrorEntry(
            "token-limit-2025", "CORE 6.4, seen mid-2025 (google-gemini/gemini-cli#4231)",
            status: { _ in
                .plain(
                    "The input token count (3475108) exceeds the maximum number of tokens allowed (1048576).")
            }
        ),
        ErrorEntry(
            "deadline-too-short", "CORE 6.7, seen 2026-08 and 2026-09",
            status: { _ in .deadlineTooShort(seconds: "4") }
        ),
    ]

    private static let malformedExample = JSONSyntaxError(
        message: "Unexpected token.\n{model:gemini-3.5-flash,mes\n       ^", offset: 7
    )

    /// A line of the validator.
    private static func line(
        _ name: String, _ source: String, _ add: @escaping @Sendable (inout RequestProblems) -> Void
    ) -> ErrorEntry {
        ErrorEntry(
            name, source,
            status: { _ in
                var problems = RequestProblems(message: "GenerateContentRequest")
                add(&problems)
                return problems.refusal ?? .internalError
            }
        )
    }
}

extension APIError {
    /// A refusal of what was sent, without details.
    fileprivate static func plain(_ message: String) -> APIError { APIError(.invalidArgument, message) }
}
