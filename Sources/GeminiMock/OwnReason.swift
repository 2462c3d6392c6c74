// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire

/// Why the mock by itself refuses what the real service may take: `reason` of the `ErrorInfo`, whose `domain` is `gemini-mock`,
/// by which programs can tell such refusals from the API's.
enum OwnReason: String, CaseIterable {
    case noStubMatches = "NO_STUB_MATCHES"
    case stubIsSpent = "STUB_IS_SPENT"
    case noRecordingMatches = "NO_RECORDING_MATCHES"
    case bodyWasTooLong = "BODY_WAS_TOO_LONG"
    case bodyWasUnsearchable = "BODY_WAS_UNSEARCHABLE"
    case bodyWasNotImported = "BODY_WAS_NOT_IMPORTED"
    case badTenantName = "BAD_TENANT_NAME"
    case unknownScenario = "UNKNOWN_SCENARIO"
}

extension APIError {
    /// A 400, which clients don't send again.
    static func own(_ reason: OwnReason, _ message: String) -> APIError {
        let detail: JSON = [
            "@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": .string(reason.rawValue),
            "domain": "gemini-mock",
        ]
        return APIError(.invalidArgument, "gemini-mock: \(message)", details: [detail])
    }
}
