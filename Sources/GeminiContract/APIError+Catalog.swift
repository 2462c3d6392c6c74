// SPDX-License-Identifier: Apache-2.0

import HTTPWire

// Every literal that the API refuses with, each with the place where it was observed ("CORE" is the project's
// collection of wire facts; what is assumed and not observed stands in ASSUMPTIONS.md).

// MARK: - Credentials

extension APIError {
    static let service = JSON.Member("service", "generativelanguage.googleapis.com")

    /// Neither key nor token. CORE 1.3, seen 2026-07 and 2026-10: no details.
    public static let noCredential = APIError(
        .permissionDenied,
        "Method doesn't allow unregistered callers (callers without established identity). "
            + "Please use API Key or other form of API consumer identity to call this API."
    )

    /// A key that isn't registered. CORE 1.3, seen 2026-08-19; keys of the 2026 form (`AQ.…`) have words of their own.
    public static func unknownKey(_ key: String) -> APIError {
        let message =
            key.hasPrefix("AQ.")
            ? "API Key not found. Please pass a valid API key."
            : "API key not valid. Please pass a valid API key."
        return APIError(
            .invalidArgument, message,
            details: [
                ErrorDetail.errorInfo(reason: "API_KEY_INVALID", metadata: [service]),
                ErrorDetail.localizedMessage(message),
            ]
        )
    }

    /// A bearer token that isn't registered. CORE 1.3: the words are seen, the reason is assumed.
    public static let unknownToken = APIError(
        .unauthenticated,
        "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid "
            + "authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.",
        details: [
            ErrorDetail.errorInfo(reason: "ACCESS_TOKEN_TYPE_UNSUPPORTED", metadata: [service])
        ]
    )

    /// Two credentials in one request. CORE 1.2, seen (sipeed/picoclaw#2548).
    public static let severalCredentials = APIError(
        .invalidArgument, "Multiple authentication credentials received. Please pass only one."
    )
}

// MARK: - The body as a whole

extension APIError {
    /// CORE 6.4, seen 2024–25.
    public static func tooLarge(limit: Int) -> APIError {
        APIError(.invalidArgument, "Request payload size exceeds the limit: \(limit) bytes.")
    }

    /// CORE 6.2: one violation without a field, with the same words.
    public static func malformed(_ error: JSONSyntaxError) -> APIError {
        let message = "Invalid JSON payload received. \(error.message)"
        return APIError(
            .invalidArgument, message, details: [ErrorDetail.badRequest([(nil, message)])]
        )
    }

    /// Values that the fields of the message don't take, all in one answer. CORE 6.3.
    public static func invalidValues(_ violations: [FieldViolation]) -> APIError {
        APIError(
            .invalidArgument, violations.map(\.description).joined(separator: "\n"),
            details: [ErrorDetail.badRequest(violations.map { ($0.field, $0.description) })]
        )
    }

    /// `fields=` with a path that the answer doesn't have. Seen at other Google APIs (Sheets, Places).
    static func noSuchFields(_ path: String) -> APIError {
        APIError(
            .invalidArgument, invalidArgument.message,
            details: [
                ErrorDetail.badRequest([
                    (
                        path,
                        "Error expanding 'fields' parameter. Cannot find matching fields for path '\(path)'."
                    )
                ])
            ]
        )
    }

    /// Lines of the proto validator, each `* Message.path: what is wrong` and a line end inside the message. CORE 6.4.
    public static func validator(_ lines: [String]) -> APIError {
        APIError(.invalidArgument, lines.map { "* \($0)\n" }.joined())
    }
}

// MARK: - Names

extension APIError {
    /// A model that isn't there, asked to do something. CORE 6.5: generateContent and streamGenerateContent have the
    /// words of mid-2026, the others the older ones; batchEmbedContents reports embedContent.
    public static func modelNotFound(_ name: String, version: String, method: String) -> APIError {
        let isGenerate = method == "generateContent" || method == "streamGenerateContent"
        let list = isGenerate ? "ModelService.ListModels" : "ListModels"
        return modelNotFound(name, version: version, method: method, list: list)
    }

    /// - Parameter list: the method that lists the models, as the words of that time call it.
    static func modelNotFound(_ name: String, version: String, method: String, list: String) -> APIError {
        APIError(
            .notFound,
            "\(name) is not found for API version \(version), or is not supported for \(method). "
                + "Call \(list) to see the list of available models and their supported methods."
        )
    }

    /// A model that isn't there, asked for itself. CORE 5.5, seen 2026-10-03.
    public static func noSuchModel(_ name: String, version: String) -> APIError {
        APIError(.notFound, "Model is not found: \(name) for api version \(version)")
    }

    /// A method that the resource doesn't have. CORE 6.5.
    public static let noSuchMethod = APIError(.notFound, "Requested entity was not found.")
}

// MARK: - Contents

extension APIError {
    /// CORE 4.2, seen.
    public static func badRole(_ role: String) -> APIError {
        let hint = "Please use a valid role: user, model."
        return APIError(
            .invalidArgument, role == "system" ? "Content with system role is not supported.\n\(hint)" : hint
        )
    }

    /// The range is that of the documentation; the words are assumed.
    public static func candidateCount(_ count: Int) -> APIError {
        APIError(
            .invalidArgument,
            "The value of candidateCount must be between 1 and 8 inclusive, but \(count) was given."
        )
    }

    /// A cached content, and what would have to be in it. CORE 6.4, seen; the tail as it was quoted.
    public static let cachedContentClash = APIError(
        .invalidArgument,
        "CachedContent can not be used with GenerateContent request setting system_instruction, tools or tool_config."
            + "\n\nProposed fix: move those values to CachedContent from GenerateContent request."
    )

    /// CORE 6.4, seen.
    public static let cachedContentNotFound = APIError(
        .permissionDenied, "CachedContent not found (or permission denied)"
    )

    /// CORE 6.4: the newest of three forms, seen 2026 with gemini-3.8-flash.
    public static func tooManyTokens(limit: Int) -> APIError {
        APIError(
            .invalidArgument, "The input token count exceeds the maximum number of tokens allowed (\(limit))."
        )
    }

    /// A deadline under 10 s. CORE 6.7, seen 2026-08 and 2026-09.
    public static func deadlineTooShort(seconds: String) -> APIError {
        APIError(
            .invalidArgument,
            "Manually set deadline \(seconds)s is too short. Minimum allowed deadline is 10s."
        )
    }

    /// More embeddings in a batch than there may be. Seen in langchain-ai/langchainjs#4491 (2024) and
    /// weaviate/weaviate#11277 (2026-05).
    static func batchTooLarge(limit: Int) -> APIError {
        .validator(["BatchEmbedContentsRequest.requests: at most \(limit) requests can be in one batch"])
    }

    /// CORE 6.7, seen 2026-03.
    public static let internalError = APIError(.internal, "Internal error encountered.")
}

// MARK: - Lines of the validator

extension RequestProblems {
    /// CORE 6.4, seen (google-gemini/gemini-cli#7869).
    mutating func add(functionName place: String) {
        add(
            "\(place).name: Invalid function name. Must start with a letter or an underscore. Must be alphameric "
                + "(a-z, A-Z, 0-9), underscores (_), dots (.) or dashes (-), with a maximum length of 64."
        )
    }

    /// CORE 6.4, seen.
    mutating func add(safetyCategoryAt index: Int) {
        let categories = SafetySettings.categories.map { "HarmCategory.\($0.key)" }.joined(separator: ", ")
        add("safety_settings[\(index)]: element predicate failed: $.category in (\(categories))")
    }

    /// Of the generation config. Seen for `temperature` (2026-08-29) and `max_output_tokens` (2026) in public sources.
    mutating func add(config field: String, _ what: String) { add("generation_config.\(field): \(what)") }

    /// More stop sequences than there may be. The words are seen (continuedev/continue#2702), the path is assumed.
    mutating func add(stopSequencesOver limit: Int) {
        add(config: "stop_sequences", "the number of stop_sequences must not exceed \(limit)")
    }

    /// Seen with gemini-3.5-flash in 2026.
    mutating func add(wrongResponseMimeType: Void) {
        add(
            config: "response_mime_type",
            "allowed mimetypes are `text/plain`, `application/json`, `application/xml`, `application/yaml` and "
                + "`text/x.enum`."
        )
    }

    /// A schema for an answer that isn't JSON. CORE 4.2; the words are assumed.
    mutating func add(schemaWithoutJSON field: String) {
        add(config: field, "only allowed when response mime_type is 'application/json'")
    }
}
