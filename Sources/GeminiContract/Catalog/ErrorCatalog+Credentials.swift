// SPDX-License-Identifier: Apache-2.0

import HTTPWire

extension ErrorCatalog {
    /// Who may call (CORE 1.2, 1.3).
    static let credentials: [ErrorEntry] = [
        ErrorEntry("no-credential", "CORE 1.3, seen 2026-07 and 2026-10-03", status: { _ in .noCredential }),
        ErrorEntry(
            "several-credentials", "CORE 1.2, seen (sipeed/picoclaw#2548)",
            status: { _ in .severalCredentials }),
        ErrorEntry("api-key-invalid", "CORE 1.3, seen 2026-08-19", status: { _ in .unknownKey("") }),
        ErrorEntry(
            "api-key-not-found", "CORE 1.3, seen 2026 (google-gemini/gemini-cli#25198)",
            status: { _ in .unknownKey("AQ.") }
        ),
        ErrorEntry("api-key-expired", "CORE 1.3, seen in public logs", status: { _ in .expiredKey }),
        ErrorEntry("api-key-leaked", "CORE 1.3, seen in public logs", status: { _ in .leakedKey }),
        ErrorEntry(
            "service-disabled", "CORE 1.3, form of 2026 seen; values assumed",
            status: { .serviceDisabled($0) }),
        ErrorEntry("service-disabled-2024", "CORE 1.3, seen 2024", status: { .serviceDisabled2024($0) }),
        ErrorEntry(
            "api-key-service-blocked", "CORE 1.3, seen 2026",
            status: {
                let method = "google.ai.generativelanguage.\($0.version).ModelService.ListModels"
                return .blockedKey(
                    "Requests to this API generativelanguage.googleapis.com method \(method) are blocked.",
                    reason: "API_KEY_SERVICE_BLOCKED", $0,
                    [
                        JSON.Member("apiName", "generativelanguage.googleapis.com"),
                        JSON.Member("methodName", .string(method)),
                    ]
                )
            }
        ),
        ErrorEntry(
            "api-key-referrer-blocked", "CORE 1.3, seen 2026",
            status: {
                .blockedKey(
                    "Requests from referer <empty> are blocked.", reason: "API_KEY_HTTP_REFERRER_BLOCKED", $0,
                    [JSON.Member("httpReferrer", "<empty>")]
                )
            }
        ),
        ErrorEntry(
            "api-key-android-blocked", "CORE 1.3, seen 2026",
            status: {
                .blockedKey(
                    "Requests from this Android client application <empty> are blocked.",
                    reason: "API_KEY_ANDROID_APP_BLOCKED", $0
                )
            }
        ),
        ErrorEntry(
            "api-key-ios-blocked", "CORE 1.3, seen 2026",
            status: {
                .blockedKey(
                    "Requests from this iOS client application <empty> are blocked.",
                    reason: "API_KEY_IOS_APP_BLOCKED",
                    $0
                )
            }
        ),
        ErrorEntry(
            "api-key-ip-blocked", "CORE 1.3, seen 2026",
            status: {
                .blockedKey(
                    "The provided API key has an IP address restriction. The originating IP address of the call "
                        + "(\($0.address)) violates this restriction.",
                    reason: "API_KEY_IP_ADDRESS_BLOCKED", $0
                )
            }
        ),
        ErrorEntry("project-suspended", "CORE 1.3, seen 2026", status: { .suspendedProject($0) }),
        ErrorEntry("oauth-required", "CORE 1.3, seen in public logs", status: { .oauthRequired($0) }),
        ErrorEntry("token-invalid", "CORE 1.3, words seen; reason assumed", status: { _ in .unknownToken }),
        ErrorEntry("token-expired", "CORE 1.3, words seen; reason assumed", status: { _ in .expiredToken }),
        ErrorEntry("location-unsupported", "CORE 6.4, seen", status: { _ in .locationUnsupported }),
        ErrorEntry("billing-country", "CORE 6.4, seen in public logs", status: { .billingCountry($0) }),
        ErrorEntry("paid-only", "CORE 6.4, seen", status: { _ in .paidOnly }),
    ]
}

extension APIError {
    /// CORE 1.3, seen.
    static let expiredKey = keyRefused(
        "API key expired. Please renew the API key.", reason: "API_KEY_INVALID", status: .invalidArgument,
        metadata: [service]
    )

    /// CORE 1.3, seen: no details are known.
    static let leakedKey = APIError(
        .permissionDenied, "Your API key was reported as leaked. Please use another API key."
    )

    private static func activationURL(_ project: String) -> String {
        "https://console.developers.google.com/apis/api/generativelanguage.googleapis.com/overview?project=\(project)"
    }

    private static func disabledMessage(_ product: String, _ project: String) -> String {
        "\(product) has not been used in project \(project) before or it is disabled. Enable it by visiting "
            + "\(activationURL(project)) then retry. If you enabled this API recently, wait a few minutes for the "
            + "action to propagate to our systems and retry."
    }

    /// CORE 1.3, the form of 2026.
    static func serviceDisabled(_ subject: ErrorSubject) -> APIError {
        let message = disabledMessage("Gemini API", subject.project)
        let url = activationURL(subject.project)
        return APIError(
            .permissionDenied, message,
            details: [
                ErrorDetail.errorInfo(
                    reason: "SERVICE_DISABLED",
                    metadata: [
                        service, consumer(subject), JSON.Member("activationUrl", .string(url)),
                        JSON.Member("serviceTitle", "Gemini API"),
                        JSON.Member("containerInfo", .string(subject.project)),
                    ]
                ),
                ErrorDetail.localizedMessage(message),
                ErrorDetail.help([("Google developers console API activation", url)]),
            ]
        )
    }

    /// CORE 1.3, the form of 2024.
    static func serviceDisabled2024(_ subject: ErrorSubject) -> APIError {
        APIError(
            .permissionDenied, disabledMessage("Generative Language API", subject.project),
            details: [
                ErrorDetail.help([
                    ("Google developers console API activation", activationURL(subject.project))
                ]),
                ErrorDetail.errorInfo(
                    reason: "SERVICE_DISABLED", metadata: [service, consumer(subject)]),
            ]
        )
    }

    /// CORE 1.3: what a key's restrictions keep out.
    static func blockedKey(
        _ message: String, reason: String, _ subject: ErrorSubject, _ more: [JSON.Member] = []
    ) -> APIError {
        keyRefused(
            message, reason: reason, status: .permissionDenied, metadata: [service, consumer(subject)] + more
        )
    }

    /// CORE 1.3, seen.
    static func suspendedProject(_ subject: ErrorSubject) -> APIError {
        keyRefused(
            "Permission denied: Consumer 'api_key:\(subject.key)' has been suspended.",
            reason: "CONSUMER_SUSPENDED", status: .permissionDenied,
            metadata: [service, consumer(subject)]
        )
    }

    /// A key where only OAuth will do. CORE 1.3, seen.
    static func oauthRequired(_ subject: ErrorSubject) -> APIError {
        APIError(
            .unauthenticated,
            "API keys are not supported by this API. Expected OAuth2 access token or other authentication credentials "
                + "that assert a principal. See https://cloud.google.com/docs/authentication",
            details: [
                ErrorDetail.errorInfo(
                    reason: "CREDENTIALS_MISSING",
                    metadata: [
                        service,
                        JSON.Member(
                            "method",
                            .string(
                                "google.ai.generativelanguage.\(subject.version).FileService.RegisterFiles")),
                    ]
                )
            ]
        )
    }

    /// CORE 1.3: the words are seen, the reason is assumed.
    static let expiredToken = APIError(
        .unauthenticated, unknownToken.message,
        details: [ErrorDetail.errorInfo(reason: "ACCESS_TOKEN_EXPIRED", metadata: [service])]
    )

    /// CORE 6.4, seen; no details for outsiders.
    static let locationUnsupported = APIError(
        .failedPrecondition, "User location is not supported for the API use."
    )

    /// CORE 6.4, seen.
    static func billingCountry(_ subject: ErrorSubject) -> APIError {
        APIError(
            .permissionDenied,
            "Access to generativelanguage.googleapis.com is restricted from your billing country and was denied for "
                + "projects/\(subject.project)."
        )
    }

    /// A method that the free tier doesn't have. CORE 6.4, seen.
    static let paidOnly = preconditionFailed

    private static func consumer(_ subject: ErrorSubject) -> JSON.Member {
        JSON.Member("consumer", .string("projects/\(subject.project)"))
    }

    private static func keyRefused(
        _ message: String, reason: String, status: Status, metadata: [JSON.Member]
    ) -> APIError {
        APIError(
            status, message,
            details: [
                ErrorDetail.errorInfo(reason: reason, metadata: metadata),
                ErrorDetail.localizedMessage(message),
            ]
        )
    }
}
