// SPDX-License-Identifier: Apache-2.0

import GeminiService
import HTTPWire

/// The header fields that every answer has, in the recorded order (CORE 4.4).
///
/// Two recorded fields are left out on purpose: `Alt-Svc`, which would lead a client with a hard-coded host to the live
/// service, and `Transfer-Encoding` on unary answers, where a length will do.
enum AnswerFields {
    /// - Parameters:
    ///   - own: fields of this kind of answer, which come first.
    ///   - now: nanoseconds since 1970.
    ///   - started: when the request had arrived.
    static func all(own: [HTTPFields.Field], now: Int64, started: Int64) -> [HTTPFields.Field] {
        var fields: [HTTPFields.Field] = []
        fields.reserveCapacity(own.count + 9)
        fields += own
        fields += vary
        fields.append(HTTPFields.Field("Date", HTTPDate.text(now / 1_000_000_000)))
        fields += constant
        let milliseconds = max(0, now - started) / 1_000_000
        fields.append(HTTPFields.Field("Server-Timing", "gfet4t7; dur=\(milliseconds)"))
        return fields
    }

    /// The upload server's fields, in its order (CORE 2.2, 2.3). Its fields about Google's own back ends are left out.
    static func upload(_ answer: UploadAnswer, now: Int64) -> [HTTPFields.Field] {
        var fields: [HTTPFields.Field] = []
        var isJSON = false
        if case .json = answer.body { isJSON = true }
        fields.append(isJSON ? json : plainText)
        if let id = answer.id { fields.append(HTTPFields.Field("X-GUploader-UploadID", id)) }
        if let status = answer.status {
            fields.append(HTTPFields.Field("X-Goog-Upload-Status", status.rawValue))
        }
        fields += answer.fields
        if isJSON { fields += vary }
        fields.append(HTTPFields.Field("Date", HTTPDate.text(now / 1_000_000_000)))
        fields.append(HTTPFields.Field("Server", "UploadServer"))
        return fields
    }

    private static let vary = ["Origin", "Referer", "X-Origin"].map { HTTPFields.Field("Vary", $0) }
    private static let constant = [
        HTTPFields.Field("Server", "scaffolding on HTTPServer2"),
        HTTPFields.Field("X-XSS-Protection", "0"),
        HTTPFields.Field("X-Frame-Options", "SAMEORIGIN"),
        HTTPFields.Field("X-Content-Type-Options", "nosniff"),
    ]

    static let json = HTTPFields.Field("Content-Type", "application/json; charset=UTF-8")
    /// Of the Interactions API: recorded without a charset.
    static let bareJSON = HTTPFields.Field("Content-Type", "application/json")
    /// Beside what will never be answered otherwise: clients ask four times more after any 5xx, and needn't wait for it.
    static let retryAtOnce = HTTPFields.Field("Retry-After-Ms", "1")
    static let eventStream = HTTPFields.Field("Content-Type", "text/event-stream")
    static let plainText = HTTPFields.Field("Content-Type", "text/plain; charset=utf-8")
    static let html = HTTPFields.Field("Content-Type", "text/html; charset=UTF-8")
    static let attachment = HTTPFields.Field("Content-Disposition", "attachment")
}
