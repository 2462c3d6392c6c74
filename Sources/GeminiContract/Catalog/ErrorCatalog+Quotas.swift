// SPDX-License-Identifier: Apache-2.0

import HTTPWire

extension ErrorCatalog {
    /// 429 (CORE 6.6). The limits are those of recordings where there are any, else made up.
    static let quotas: [ErrorEntry] = [
        ErrorEntry("quota-per-minute", "CORE 6.6, form seen 2026-08", status: { .quota(.perMinute, $0) }),
        ErrorEntry("quota-per-day", "CORE 6.6, seen 2026", status: { .quota(.perDay, $0) }),
        ErrorEntry(
            "quota-tokens-per-minute", "CORE 6.6, form seen 2026-08", status: { .quota(.tokensPerMinute, $0) }
        ),
        ErrorEntry(
            "quota-tokens-per-day", "CORE 6.6, form seen 2026-08", status: { .quota(.tokensPerDay, $0) }),
        ErrorEntry(
            "quota-tokens-paid", "CORE 6.6, seen 2026-08 on a paid tier",
            status: { .quota(.paidTokensPerMinute, $0) }
        ),
        ErrorEntry(
            "quota-none", "CORE 6.6, seen: no value where the limit is 0", status: { .quota(.none, $0) }
        ),
        ErrorEntry(
            "quota-per-day-2025", "CORE 6.6, seen 2025 (google-gemini/gemini-cli#8437)",
            status: { .quota2025(.perDay, $0) }
        ),
        ErrorEntry("rate-limit-exceeded", "CORE 6.6, seen", status: { .rateLimit($0) }),
        ErrorEntry(
            "resource-exhausted", "CORE 6.6, seen (google-gemini/gemini-cli#14811)",
            status: { _ in .resourceExhausted }
        ),
    ]
}

/// A quota of the API, as refusals name it (CORE 6.6).
struct Quota: Sendable {
    /// What is counted, without the service.
    let metric: String
    let id: String
    let limit: Int

    static let perMinute = Quota(
        metric: "generate_content_free_tier_requests",
        id: "GenerateRequestsPerMinutePerProjectPerModel-FreeTier", limit: 5
    )
    static let perDay = Quota(
        metric: "generate_content_free_tier_requests",
        id: "GenerateRequestsPerDayPerProjectPerModel-FreeTier",
        limit: 20
    )
    static let none = Quota(
        metric: "generate_content_free_tier_requests",
        id: "GenerateRequestsPerDayPerProjectPerModel-FreeTier",
        limit: 0
    )
    static let tokensPerMinute = Quota(
        metric: "generate_content_free_tier_input_token_count",
        id: "GenerateContentInputTokensPerModelPerMinute-FreeTier", limit: 250_000
    )
    static let tokensPerDay = Quota(
        metric: "generate_content_free_tier_input_token_count",
        id: "GenerateContentInputTokensPerModelPerDay-FreeTier", limit: 1_000_000
    )
    static let paidTokensPerMinute = Quota(
        metric: "generate_content_paid_tier_input_token_count",
        id: "GenerateContentPaidTierInputTokensPerModelPerMinute", limit: 1_000_000
    )

    var fullMetric: String { "generativelanguage.googleapis.com/\(metric)" }

    /// A violation in the order of the recordings; a limit of 0 isn't told.
    func violation(model: String) -> JSON {
        let members = [
            JSON.Member("quotaMetric", .string(fullMetric)), JSON.Member("quotaId", .string(id)),
            JSON.Member(
                "quotaDimensions", .object([.init("model", .string(model)), .init("location", "global")])),
        ]
        return .object(limit == 0 ? members : members + [.init("quotaValue", .string("\(limit)"))])
    }
}

extension APIError {
    private static let guide = "https://ai.google.dev/gemini-api/docs/rate-limits"
    private static let plan =
        "You exceeded your current quota, please check your plan and billing details. For more information on this "
        + "error, head to: \(guide)."
    private static let help = ErrorDetail.help([("Learn more about Gemini API quotas", guide)])

    /// The words of 2026: Help, QuotaFailure, RetryInfo. CORE 6.6, seen.
    static func quota(_ quota: Quota, _ subject: ErrorSubject) -> APIError {
        APIError(
            .resourceExhausted,
            "\(plan) To monitor your current usage, head to: https://ai.dev/rate-limit. "
                + "\n* Quota exceeded for metric: \(quota.fullMetric), limit: \(quota.limit), model: \(subject.model)"
                + "\nPlease retry in \(subject.retryWords)s.",
            details: [
                help, ErrorDetail.quotaFailure([quota.violation(model: subject.model)]),
                ErrorDetail.retryInfo(seconds: subject.wholeRetrySeconds),
            ]
        )
    }

    /// The words of 2025: QuotaFailure, Help, RetryInfo. CORE 6.6, seen.
    static func quota2025(_ quota: Quota, _ subject: ErrorSubject) -> APIError {
        APIError(
            .resourceExhausted,
            "\(plan)\n* Quota exceeded for metric: \(quota.fullMetric), limit: \(quota.limit)"
                + "\nPlease retry in \(subject.retryWords)s.",
            details: [
                ErrorDetail.quotaFailure([quota.violation(model: subject.model)]), help,
                ErrorDetail.retryInfo(seconds: subject.wholeRetrySeconds),
            ]
        )
    }

    /// No more room for a key's files. CORE 6.6, seen (googleapis/python-genai#1172): no RetryInfo.
    public static func fileStorageQuota(limit: Int) -> APIError {
        let metric = "generativelanguage.googleapis.com/file_storage_bytes"
        return APIError(
            .resourceExhausted,
            "\(plan)\n* Quota exceeded for metric: \(metric), limit: \(limit)",
            details: [
                ErrorDetail.quotaFailure([
                    [
                        "quotaMetric": .string(metric), "quotaId": "FileStorageBytesPerProject",
                        "quotaValue": .string("\(limit)"),
                    ]
                ]), help,
            ]
        )
    }

    /// CORE 6.6, seen (google-gemini/gemini-cli#14811).
    public static let resourceExhausted = APIError(
        .resourceExhausted, "Resource has been exhausted (e.g. check quota)."
    )

    /// Service Control's limit, before the API itself is asked. CORE 6.6, seen.
    static func rateLimit(_ subject: ErrorSubject) -> APIError {
        let consumer = "project_number:\(subject.project)"
        let metadata: KeyValuePairs<String, String> = [
            "quota_metric": "generativelanguage.googleapis.com/generate_content_requests",
            "quota_limit": "GenerateContentRequestsPerMinutePerProjectPerRegion", "quota_limit_value": "60",
            "quota_location": "us-central1", "quota_unit": "1/min/{project}/{region}",
            "service": "generativelanguage.googleapis.com", "consumer": "projects/\(subject.project)",
        ]
        return APIError(
            .resourceExhausted,
            "Quota exceeded for quota metric 'Generate Content API requests per minute' and limit 'GenerateContent "
                + "request limit per minute for a region' of service 'generativelanguage.googleapis.com' for consumer "
                + "'\(consumer)'.",
            details: [
                ErrorDetail.errorInfo(
                    reason: "RATE_LIMIT_EXCEEDED",
                    metadata: metadata.map { JSON.Member($0.key, .string($0.value)) }
                ),
                ErrorDetail.help([
                    (
                        "Request a higher quota limit.",
                        "https://cloud.google.com/docs/quotas/help/request_increase"
                    )
                ]),
            ]
        )
    }
}
