// SPDX-License-Identifier: Apache-2.0

import HTTPWire

extension ErrorCatalog {
    /// Trouble of the service's own (CORE 6.7).
    static let service: [ErrorEntry] = [
        ErrorEntry(
            "cancelled", "CORE 6.7, seen (google-gemini/gemini-cli#20309)",
            status: { _ in .cancelled }
        ),
        ErrorEntry("internal", "CORE 6.7, seen 2026-03", status: { _ in .internalError }),
        ErrorEntry(
            "internal-please-report", "CORE 6.7, seen (googleapis/js-genai#650)",
            status: { _ in
                APIError(
                    .internal,
                    "An internal error has occurred. Please retry or report in "
                        + "https://developers.generativeai.google/guide/troubleshooting"
                )
            }
        ),
        ErrorEntry(
            "model-overloaded", "CORE 6.7, seen 2026 in ten projects",
            status: { _ in
                APIError(
                    .unavailable,
                    "This model is currently experiencing high demand. Spikes in demand are usually temporary. Please "
                        + "try again later."
                )
            }
        ),
        ErrorEntry(
            "model-overloaded-2025", "CORE 6.7, seen 2024–25 (google-gemini/gemini-cli#4443)",
            status: { _ in APIError(.unavailable, "The model is overloaded. Please try again later.") }
        ),
        ErrorEntry(
            "service-unavailable", "INTERACTIONS 4, seen at 600 s",
            status: { _ in .serviceUnavailable }
        ),
        ErrorEntry(
            "deadline-unavailable", "CORE 6.7, seen (googleapis/python-genai#1808)",
            status: { _ in APIError(.unavailable, expired) }
        ),
        ErrorEntry(
            "deadline-exceeded", "CORE 6.7, seen (letta#2861)",
            status: { _ in APIError(.deadlineExceeded, expired) }
        ),
        ErrorEntry(
            "timed-out", "CORE 6.7, words assumed",
            status: { _ in APIError(.deadlineExceeded, "The request timed out. Please try again.") }
        ),
        ErrorEntry("bad-gateway", "CORE 6.7, seen at other APIs of Google's") { _ in
            .page(http: 502, title: "Error 502 (Server Error)!!1", sentence: edge)
        },
        ErrorEntry("gateway-timeout", "CORE 6.7, seen at other APIs of Google's") { _ in
            .page(http: 504, title: "Error 504 (Server Error)!!1", sentence: edge)
        },
    ]

    private static let expired = "Deadline expired before operation could complete."
    private static let edge =
        "The server encountered a temporary error and could not complete your request.  Please try again in 30 seconds."
}

extension APIError {
    /// CORE 6.7, seen (google-gemini/gemini-cli#20309).
    static let cancelled = APIError(.cancelled, "The operation was cancelled.")
}

extension APIError {
    /// INTERACTIONS 4, seen at 600 s.
    public static let serviceUnavailable = APIError(.unavailable, "The service is currently unavailable.")
}
