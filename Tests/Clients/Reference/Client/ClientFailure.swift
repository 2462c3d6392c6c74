// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Why a client couldn't do what it was to do.
struct ClientFailure: Error {
    /// `api`, `network`, `timeout`, `protocol`, `truncated`, `refused`.
    var kind: String
    var message: String
    /// The status of the answer; nil where there was none.
    var http: Int?
    /// `error.status` of the answer, such as `RESOURCE_EXHAUSTED`.
    var status: String?
    /// `error.details` of the answer, as they came.
    var details: [JSON] = []
    /// How long the service wants to be left alone.
    var retryAfter: Duration?
    /// Whether it may go better another time.
    var canRetry = false
    /// How often it was tried.
    var attempts = 1
    /// What is known besides, such as the text that had come.
    var more: [JSON.Member] = []

    init(_ kind: String, _ message: String) {
        (self.kind, self.message) = (kind, message)
        // Who has waited in vain doesn't wait as long again.
        canRetry = kind == "network"
    }

    /// What an answer says that is no success.
    init(answer call: Call, _ body: [UInt8], _ flaws: Set<Flaw>) {
        self.init(status: call.status, body, flaws)
        if flaws.contains(.ignoresRetryInfo) { retryAfter = nil }
        // The details are the service's own word; the header field may be a proxy's.
        if retryAfter == nil, !flaws.contains(.ignoresRetryAfter),
            let seconds = call.field("retry-after").flatMap({ Int($0) })
        {
            retryAfter = .seconds(seconds)
        }
    }

    private init(status http: Int, _ body: [UInt8], _ flaws: Set<Flaw>) {
        self.init("api", "the service answered \(http)")
        self.http = http
        canRetry = [408, 429, 500, 502, 503, 504].contains(http)
        guard let document = try? JSONDocument(parsing: body, grammar: .strict) else {
            if flaws.contains(.wantsJSONErrors) { self = ClientFailure("protocol", "the answer is no JSON") }
            return
        }
        var whole = JSON(document.root)
        // Errors of streams come in a list.
        if case .array(let elements) = whole, let first = elements.first {
            if flaws.contains(.wantsErrorObject) { self = ClientFailure("protocol", "the answer is a list") }
            whole = flaws.contains(.wantsErrorObject) ? [:] : first
        }
        if let error = whole["error"] { read(error) }
        if flaws.contains(.retriesDailyQuota), http == 429, !canRetry { (canRetry, retryAfter) = (true, nil) }
        let types = details.compactMap { $0["@type"]?.text }
        if flaws.contains(.wantsDetails) && types.isEmpty
            || flaws.contains(.wantsKnownDetails) && types.contains(where: { $0.contains("New") })
        {
            self = ClientFailure("protocol", "the details aren’t what they should be")
            canRetry = false
        }
    }

    /// What stands in `error`.
    init(_ error: JSON) {
        self.init("api", "the service reported an error")
        read(error)
    }

    private mutating func read(_ error: JSON) {
        if let text = error["message"]?.text { message = text }
        // The Interactions API has a word for a code, and no status.
        status = error["status"]?.text ?? error["code"]?.text
        if http == nil { http = error["code"]?.number }
        details = error["details"]?.list ?? []
        for detail in details {
            if let text = detail["retryDelay"]?.text, text.hasSuffix("s"),
                let seconds = Double(text.dropLast())
            {
                retryAfter = .microseconds(Int64(seconds * 1e6))
            }
            // What is used up for the day isn't there again in a minute.
            let ids = detail["violations"]?.list.compactMap { $0["quotaId"]?.text } ?? []
            if ids.contains(where: { $0.contains("PerDay") }) { canRetry = false }
        }
    }

    func result(_ flaws: Set<Flaw>) -> JSON {
        let isBare = flaws.contains(.statusOnly)
        var members = [
            JSON.Member("class", .string(kind)), JSON.Member("message", .string(isBare ? kind : message)),
        ]
        if !flaws.contains(.hidesAttempts) { members.append(JSON.Member("attempts", .int(attempts))) }
        let details = isBare || flaws.contains(.hidesDetails) ? [] : details
        if let http, !flaws.contains(.hidesHTTP) { members.append(JSON.Member("http", .int(http))) }
        if let status, !flaws.contains(.hidesStatus) {
            members.append(JSON.Member("status", .string(status)))
        }
        if let reason = details.compactMap({ $0["reason"]?.text }).first {
            members.append(JSON.Member("reason", .string(reason)))
        }
        if let retryAfter { members.append(JSON.Member("retry_after", .double(retryAfter / .seconds(1)))) }
        let violations = details.flatMap { $0["fieldViolations"]?.list ?? [] }
        if !violations.isEmpty {
            members.append(JSON.Member("fields", .array(violations.compactMap { $0["field"] })))
        }
        if !details.isEmpty { members.append(JSON.Member("details", .array(details))) }
        return .object([JSON.Member("ok", false), JSON.Member("error", .object(members))] + more)
    }
}
