// SPDX-License-Identifier: Apache-2.0

import HTTPWire

// How the Interactions API refuses (INTERACTIONS 6): a shape of its own, and its own literals. Whatever else refuses
// such a request (credentials, JSON, files) is told in that shape too, with the words it has elsewhere.

// MARK: - The shape

extension APIError {
    /// HTTP status and code. The statuses of `google.rpc` have names of their own here (D-err of 2026-09-20; the rows
    /// that were seen win: `not_implemented` is called `unimplemented` there, `gateway_timeout` `deadline_exceeded`).
    public var interactionCode: (http: Int, name: String) {
        // Seen as 401 here and as 400 by generateContent; a missing key is assumed to be told likewise.
        if self == .noCredential || isUnknownKey { return (401, "authentication") }
        if let code { return (status.http, code) }
        switch status {
        case .invalidArgument: return (400, "invalid_request")
        case .failedPrecondition: return (400, "failed_precondition")
        case .outOfRange: return (416, "out_of_range")
        case .unauthenticated: return (401, "authentication")
        case .permissionDenied: return (403, "permission_denied")
        case .notFound: return (404, "not_found")
        case .alreadyExists: return (409, "already_exists")
        case .aborted: return (409, "aborted")
        case .resourceExhausted: return (429, "too_many_requests")
        case .cancelled: return (499, "cancelled")
        // Those without a name of their own are assumed to be told like `INTERNAL`.
        case .internal, .unknown, .dataLoss: return (500, "api_error")
        case .unimplemented: return (501, "not_implemented")
        case .unavailable: return (503, "service_unavailable")
        case .deadlineExceeded: return (504, "gateway_timeout")
        }
    }

    private var isUnknownKey: Bool { details.contains { $0["reason"] == "API_KEY_INVALID" } }

    /// `{"error":{"message":…,"code":…}}`, message first, on one line (seen).
    public var interactionBody: [UInt8] {
        var writer = JSONWriter(.compact)
        writer.object { writer in
            writer.key("error")
            write(to: &writer)
        }
        return writer.bytes
    }

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("message", message)
            writer.member("code", interactionCode.name)
        }
    }
}

// MARK: - Members and values

extension APIError {
    /// A member that the message doesn't have. Seen four times, with the suggestion three times; the full stop was seen
    /// with and without a place.
    static func unknownParameter(
        _ name: String, at place: InteractionPlace, known: some Sequence<String>
    ) -> APIError {
        let plain = folded(name)
        let meant = known.filter { folded($0) == plain }.min()
        let path = place.path
        return APIError(
            .invalidArgument,
            "Unknown parameter '\(clipped(name))'" + (path.isEmpty ? "." : " at '\(path)'.")
                + (meant.map { " Did you mean '\($0)'?" } ?? "")
        )
    }

    /// `generationConfig` and `generation_config` alike. Only what may be a name is compared.
    private static func folded(_ name: String) -> String {
        name.utf8.count > 100 ? "" : name.filter { $0 != "_" }.lowercased()
    }

    /// A word, or a kind, that isn't in its list. Seen for tools, formats, modalities and input steps.
    static func unsupported(
        _ value: String, at place: InteractionPlace, supported: [String]
    ) -> APIError {
        let (own, parent) = place.name
        return APIError(
            .invalidArgument,
            "The value '\(clipped(value))' is not supported for '\(own)'"
                + (parent.isEmpty ? "." : " at '\(parent)'.")
                + " Supported values: \(supported.map { "'\($0)'" }.joined(separator: ", "))."
        )
    }

    /// A value of the wrong shape. Seen for response_format.
    static func invalidInput(at place: InteractionPlace) -> APIError {
        APIError(.invalidArgument, place.path.isEmpty ? "Invalid input" : "Invalid input at '\(place.path)'")
    }

    /// A value of the wrong type: the first two words were seen for a seed.
    static func expected(_ type: String, at place: InteractionPlace) -> APIError {
        APIError(.invalidArgument, "Expected \(type) at '\(place.path)'")
    }

    /// A refusal isn't to grow with its request.
    private static func clipped(_ text: String) -> String {
        text.unicodeScalars.count > 200
            ? String(String.UnicodeScalarView(text.unicodeScalars.prefix(200))) + "…" : text
    }

    /// The stock words for what is wrong in some way that isn't told; seen for a malformed previous id.
    public static let invalidInteraction = invalidArgument

    /// Seen (enricoros/big-AGI) of response formats.
    static let filmNeedsStore = APIError(
        .invalidArgument, "store=true is required when response format has video delivery set to URI")

    /// Seen.
    static let functionCallingWithoutFunctions = APIError(
        .invalidArgument, "Function calling config is set without function_declarations.")

    /// Seen 2026-08-19 for `minimal`.
    static func thinkingLevel(_ level: String, allowed: [String]) -> APIError {
        APIError(
            .invalidArgument,
            "'\(level)' is not a supported thinking level for this model. "
                + "Allowed values are: \(allowed.joined(separator: ", "))."
        )
    }

    /// Seen to `e.g. https://w`; the end is assumed.
    static func fileURI(_ uri: String) -> APIError {
        APIError(
            .invalidArgument,
            "Unsupported file URI type: \(clipped(uri)). File URI must be a File API "
                + "(e.g. https://generativelanguage.googleapis.com/files/<id>), Youtube "
                + "(e.g. https://www.youtube.com/watch?v=<id>), or public HTTPS URL."
        )
    }
}

// MARK: - Which one, and how

extension APIError {
    /// Neither is recorded.
    static let modelAndAgent = APIError(
        .invalidArgument, "Only one of 'model' and 'agent' can be specified.")
    static let noModelOrAgent = APIError(.invalidArgument, "Either 'model' or 'agent' must be specified.")
    static let noInput = APIError(.invalidArgument, "Missing required parameter 'input'.")

    /// The code is documented, the words are assumed.
    public static func interactionModelNotFound(_ name: String) -> APIError {
        APIError(.notFound, "The model '\(clipped(name))' was not found.", code: "model_not_found")
    }

    /// Interactions, agents and files that aren't there. Seen for entities in general.
    public static let noSuchEntity = APIError(.notFound, "Requested entity was not found.")

    /// Seen three times.
    static let backgroundNeedsStore = APIError(
        .invalidArgument, "store=true is required for background interactions.")

    /// Seen of deep-research agents.
    static let agentNeedsBackground = APIError(
        .invalidArgument, "Agents are required to use background=true")

    /// Seen of antigravity in May 2026.
    static let agentTakesNoBackground = APIError(
        .invalidArgument, "Agent does not support using background=True and requires store=True")

    /// `not supported for the deep-research-*` was seen, the rest is assumed.
    static func agentTakesNo(_ parameter: String, family: String) -> APIError {
        APIError(.invalidArgument, "'\(parameter)' is not supported for the \(family)-* agents.")
    }

    /// Cancelling what isn't running. The code is assumed, the words are its stock words.
    public static let notRunning = preconditionFailed

    /// What a stream ends with when its run is cancelled: that an error comes was seen, which one is assumed.
    public static let cancelledRun = APIError(
        .failedPrecondition, cancelled.message, code: "cancelled")

    /// An answer or a prompt that is withheld. The codes are documented; the words were seen of a blocked prompt and of
    /// too many calls, the others are ours.
    ///
    /// - Parameter reason: a `finishReason` or a `blockReason`.
    public static func withheld(_ reason: String, isPrompt: Bool) -> APIError {
        if isPrompt {
            return APIError(
                .invalidArgument,
                "Input blocked: This request was blocked by Gemini's filters. They can occasionally trigger by mistake on "
                    + "safe coding, security, or biology-related queries. Please try rephrasing your prompt.",
                code: reason == "PROHIBITED_CONTENT" ? "prohibited_content" : "content_blocked")
        }
        let message =
            reason == "TOO_MANY_TOOL_CALLS"
            ? "Model generated too many tool calls. Please retry the request. If the issue persists, include this error "
                + "message in the retry prompt to allow the model to call a valid number of tools."
            : "The answer was withheld: \(reason)."
        return APIError(
            .invalidArgument, message, code: reason == "OTHER" ? "content_blocked" : reason.lowercased())
    }

    /// Clients older than 2.0. Seen 2026-06-12.
    public static let legacyInteractions = APIError(
        .invalidArgument,
        "The legacy Interactions API schema is no longer supported. Please upgrade your client SDK to "
            + "Python >= 2.0.0 or JavaScript/TypeScript >= 2.0.0 to adopt the new 'steps' schema. For details and "
            + "migration examples, see: https://ai.google.dev/gemini-api/docs/interactions-breaking-changes-may-2026"
    )

    /// A query item that GET doesn't have. Seen (googleapis/python-genai#2661).
    public static func unknownQuery(_ name: String) -> APIError {
        APIError(
            .invalidArgument,
            "Invalid JSON payload received. Unknown name \"\(clipped(name))\": Cannot bind query parameter. "
                + "Field '\(clipped(name))' could not be found in request message."
        )
    }

    /// What isn't imitated: words of our own.
    ///
    /// - Parameter endpoint: what scenarios call it.
    public static func notImitated(_ what: String, endpoint: String) -> APIError {
        APIError(
            .unimplemented,
            "gemini-mock doesn't imitate \(what). A scenario may answer it: when: {endpoint: \(endpoint)}.")
    }
}
