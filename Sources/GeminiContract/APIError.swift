// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// A refusal by the API: a `google.rpc.Status` with its HTTP status (CORE 6.0).
public struct APIError: Error, Sendable, Equatable {
    /// The canonical codes and the HTTP status that each goes with (CORE 6.0).
    public enum Status: String, Sendable {
        case invalidArgument = "INVALID_ARGUMENT"
        case failedPrecondition = "FAILED_PRECONDITION"
        case unauthenticated = "UNAUTHENTICATED"
        case permissionDenied = "PERMISSION_DENIED"
        case notFound = "NOT_FOUND"
        case alreadyExists = "ALREADY_EXISTS"
        case resourceExhausted = "RESOURCE_EXHAUSTED"
        case `internal` = "INTERNAL"
        case unimplemented = "UNIMPLEMENTED"

        public var http: Int {
            switch self {
            case .invalidArgument, .failedPrecondition: 400
            case .unauthenticated: 401
            case .permissionDenied: 403
            case .notFound: 404
            case .alreadyExists: 409
            case .resourceExhausted: 429
            case .internal: 500
            case .unimplemented: 501
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
    public var body: [UInt8] {
        var writer = JSONWriter(.pretty)
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
