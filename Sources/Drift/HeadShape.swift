// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Which header fields answers have, and the values of those that say how an answer is to be read.
struct HeadShape: Sendable, Equatable {
    /// By the name in lower case; the values of those that may differ aren't kept.
    private(set) var fields: [String: Set<String>] = [:]

    init() {}

    init(_ fields: [HTTPFields.Field]) {
        for field in fields {
            let name = field.name.lowercased()
            guard !HeadShape.isVolatile(name) else { continue }
            let value = HeadShape.isTold(name) ? [HeadShape.normal(field.value)] : []
            self.fields[name, default: []].formUnion(value)
        }
    }

    mutating func add(_ other: HeadShape) {
        for (name, values) in other.fields { fields[name, default: []].formUnion(values) }
    }

    /// What is here and not there.
    func news(beyond recorded: HeadShape) -> [DriftFinding] {
        fields.sorted { $0.key < $1.key }.compactMap { name, values in
            guard let known = recorded.fields[name] else {
                return DriftFinding(
                    kind: .newHeader, place: name, recorded: nil, now: HeadShape.text(values),
                    against: [.recording])
            }
            guard !values.isSubset(of: known) else { return nil }
            return DriftFinding(
                kind: .changedHeader, place: name, recorded: HeadShape.text(known),
                now: HeadShape.text(values), against: [.recording])
        }
    }

    /// What is here and nowhere in what came.
    func losses(from live: HeadShape) -> [DriftFinding] {
        fields.sorted { $0.key < $1.key }.filter { live.fields[$0.key] == nil }.map { name, values in
            DriftFinding(
                kind: .vanishedHeader, place: name, recorded: HeadShape.text(values), now: nil,
                against: [.recording])
        }
    }

    private static func text(_ values: Set<String>) -> String? {
        values.isEmpty ? nil : values.sorted().joined(separator: " or ")
    }

    /// Those that come and go with a connection, a cache, a load or the time.
    private static func isVolatile(_ name: String) -> Bool {
        volatile.contains(name) || name.hasPrefix("x-ratelimit-") || name.hasPrefix("x-goog-ext-")
    }

    private static let volatile: Set = [
        "age", "alt-svc", "connection", "content-length", "date", "etag", "expires", "keep-alive",
        "last-modified", "nel", "report-to", "retry-after", "server-timing", "set-cookie", "traceparent",
        "trailer", "transfer-encoding", "via", "x-cloud-trace-context", "x-request-id",
    ]

    /// Those with few values, which clients read or which say how the answer may be used.
    private static func isTold(_ name: String) -> Bool { told.contains(name) }

    private static let told: Set = [
        "access-control-allow-origin", "cache-control", "content-disposition", "content-encoding",
        "content-type",
        "pragma", "server", "vary", "x-content-type-options", "x-frame-options",
        "x-goog-upload-chunk-granularity",
        "x-goog-upload-status", "x-xss-protection",
    ]

    private static func normal(_ value: String) -> String { value.lowercased().filter { $0 != " " } }
}
