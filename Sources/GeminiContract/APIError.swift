// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// A refusal by the API: a `google.rpc.Status` with its HTTP status (CORE 6.0).
public struct APIError: Error, Sendable, Equatable {
    /// The canonical codes and the HTTP status that each goes with (CORE 6.0).
    public enum Status: String, Sendable {
        case invalidArgument = "INVALID_ARGUMENT"
        case failedPrecondition = "FAILED_PRECONDITION"
        case outOfRange = "OUT_OF_RANGE"
        case unauthenticated = "UNAUTHENTICATED"
        case permissionDenied = "PERMISSION_DENIED"
        case notFound = "NOT_FOUND"
        case alreadyExists = "ALREADY_EXISTS"
        case aborted = "ABORTED"
        case resourceExhausted = "RESOURCE_EXHAUSTED"
        case cancelled = "CANCELLED"
        case unknown = "UNKNOWN"
        case `internal` = "INTERNAL"
        case dataLoss = "DATA_LOSS"
        case unimplemented = "UNIMPLEMENTED"
        case unavailable = "UNAVAILABLE"
        case deadlineExceeded = "DEADLINE_EXCEEDED"

        public var http: Int {
            switch self {
            case .invalidArgument, .failedPrecondition, .outOfRange: 400
            case .unauthenticated: 401
            case .permissionDenied: 403
            case .notFound: 404
            case .alreadyExists, .aborted: 409
            case .resourceExhausted: 429
            case .cancelled: 499
            case .unknown, .internal, .dataLoss: 500
            case .unimplemented: 501
            case .unavailable: 503
            case .deadlineExceeded: 504
            }
        }
    }

    public let status: Status
    public let message: String
    /// `google.protobuf.Any` values, each with its `@type`; left out of the body where there are none.
    public let details: [JSON]
    /// The code in the shape of the Interactions API, where the status' own isn't meant.
    public let code: String?

    public init(_ status: Status, _ message: String, details: [JSON] = [], code: String? = nil) {
        self.status = status
        self.message = message
        self.details = details
        self.code = code
    }

    /// `{"error": {code, message, status, details}}`, pretty-printed, without the final line end.
    public var body: [UInt8] { body(.pretty) }

    /// What a stream that has begun ends with (CORE 4.7): the object as it stands behind the last event, without `data: `.
    public var midStream: [UInt8] { body + [UInt8(ascii: "\n")] }

    /// The same as an event, as it was reported of 2026 (CORE 4.7): JavaScript and Go don't notice it.
    public var midStreamEvent: [UInt8] { Array("data: ".utf8) + body(.singleLine) + Array("\r\n\r\n".utf8) }

    /// What stands instead of the elements of an array (CORE 4.6).
    public var arrayBody: [UInt8] { Array("[".utf8) + body + Array("\n]".utf8) }

    private func body(_ style: JSONStyle) -> [UInt8] {
        var writer = JSONWriter(style)
        writer.object { writer in
            writer.key("error")
            writer.object { writer in
                writer.member("code", status.http)
                writer.member("message", message)
                writer.member("status", status.rawValue)
                if !details.isEmpty { writer.member("details", .array(details)) }
            }
        }
        return writer.bytes
    }
}

/// The detail messages of `google.rpc` that the API sends.
enum ErrorDetail {
    static func errorInfo(reason: String, metadata: [JSON.Member]) -> JSON {
        [
            "@type": "type.googleapis.com/google.rpc.ErrorInfo",
            "reason": .string(reason),
            "domain": "googleapis.com",
            "metadata": .object(metadata),
        ]
    }

    static func help(_ links: [(description: String, url: String)]) -> JSON {
        [
            "@type": "type.googleapis.com/google.rpc.Help",
            "links": .array(
                links.map { ["description": .string($0.description), "url": .string($0.url)] }
            ),
        ]
    }

    /// - Parameter violations: each with the members quotaMetric, quotaId, quotaDimensions, quotaValue.
    static func quotaFailure(_ violations: [JSON]) -> JSON {
        ["@type": "type.googleapis.com/google.rpc.QuotaFailure", "violations": .array(violations)]
    }

    static func retryInfo(seconds: Int) -> JSON {
        ["@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": .string("\(seconds)s")]
    }

    /// A wait to the nanosecond, in the form of protobuf's JSON: no decimals, 3, 6 or 9.
    static func retryInfo(_ delay: Duration) -> JSON {
        let (seconds, attoseconds) = max(delay, .zero).components
        let digits = String(attoseconds / 1_000_000_000 + 1_000_000_000).dropFirst()
        let count = [0, 3, 6].first { digits.dropFirst($0).allSatisfy { $0 == "0" } } ?? 9
        let decimals = count == 0 ? "" : ".\(digits.prefix(count))"
        return [
            "@type": "type.googleapis.com/google.rpc.RetryInfo",
            "retryDelay": .string("\(seconds)\(decimals)s"),
        ]
    }

    static func localizedMessage(_ message: String) -> JSON {
        [
            "@type": "type.googleapis.com/google.rpc.LocalizedMessage",
            "locale": "en-US",
            "message": .string(message),
        ]
    }

    /// - Parameter violations: each with the path of its field, or nil where it is about the whole body.
    static func badRequest(_ violations: [(field: String?, description: String)]) -> JSON {
        [
            "@type": "type.googleapis.com/google.rpc.BadRequest",
            "fieldViolations": .array(
                violations.map { violation in
                    let description = JSON.Member("description", .string(violation.description))
                    return .object(
                        violation.field.map { [JSON.Member("field", .string($0)), description] } ?? [
                            description
                        ]
                    )
                }
            ),
        ]
    }
}
