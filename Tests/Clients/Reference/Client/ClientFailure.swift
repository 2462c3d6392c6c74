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
        canRetry = kind == "network" || kind == "timeout"
    }

    /// What an answer says that is no success.
    init(answer call: Call, _ body: [UInt8]) {
        self.init(status: call.status, body)
        // The details are the service's own word; the header field may be a proxy's.
        if retryAfter == nil, let seconds = call.field("retry-after").flatMap({ Int($0) }) {
            retryAfter = .seconds(seconds)
        }
    }

    init(status http: Int, _ body: [UInt8]) {
        self.init("api", "the service answered \(http)")
        self.http = http
        canRetry = [408, 429, 500, 502, 503, 504].contains(http)
        guard let document = try? JSONDocument(parsing: body, grammar: .strict) else { return }
        var whole = JSON(document.root)
        // Errors of streams come in a list.
        if case .array(let elements) = whole, let first = elements.first { whole = first }
        if let error = whole["error"] { read(error) }
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
        var members = [
            JSON.Member("class", .string(kind)), JSON.Member("message", .string(message)),
            JSON.Member("attempts", .int(attempts)),
        ]
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
