// SPDX-License-Identifier: Apache-2.0

/// What no good client sends, and what is to come of it. Behind most of them stands `next`, a good request on the same
/// connection: it gets its own answer or none, never another one's.
struct HostileRequest {
    enum Outcome: Equatable {
        /// Answered by us with these statuses, in order; then comes the answer to `next`.
        case served([Int])
        /// Answered by us with these, then the connection is closed; nothing of `next` is looked at.
        case servedAndClosed([Int])
        /// The front end's 400 page, and the connection is closed.
        case refused
        /// The library's own page, which has no Content-Type, and the connection is closed.
        case library(Int)
        /// The same; its head comes twice, the second one as a part of the body (0.9.75).
        case libraryTwice(Int)
        /// The library closes the connection without a word.
        case closed
        /// Nothing comes until the rest does: the time-out ends it.
        case waits
    }

    let name: String
    let bytes: [UInt8]
    let outcome: Outcome
    /// Whether nothing more is sent on that connection (FIN).
    var isHalfClosed = false

    init(_ name: String, _ bytes: [UInt8], _ outcome: Outcome) {
        self.name = name
        self.bytes = bytes
        self.outcome = outcome
    }

    init(_ name: String, _ text: String, _ outcome: Outcome) {
        self.init(name, Array(text.utf8), outcome)
    }

    /// The same, with the end of what the client sends behind it.
    var halfClosed: HostileRequest {
        var request = self
        request.isHalfClosed = true
        return request
    }

    static let all = lines + lengths + codings + chunks + hosts + targets + versions + methods + expectations

    // MARK: Parts

    static let usual = "Host: x\r\nx-goog-api-key: made-up\r\n"
    static let model = "/v1beta/models/gemini-3.5-flash"
    /// 39 bytes; 27 in the sixteens that chunks are counted in.
    static let body = #"{"contents":[{"parts":[{"text":"a"}]}]}"#
    static let next = "GET \(model) HTTP/1.1\r\n\(usual)Connection: close\r\n\r\n"

    /// A good request but for `fields`, and `next`.
    static func get(_ fields: String) -> String { "GET \(model) HTTP/1.1\r\n\(usual)\(fields)\r\n\(next)" }

    static func post(_ fields: String, _ body: String = body, next: String = next) -> String {
        "POST \(model):countTokens HTTP/1.1\r\n\(usual)\(fields)\r\n\(body)\(next)"
    }

    /// A good request but for its first line, and `next`.
    static func line(_ line: String, _ fields: String = usual) -> String { "\(line)\r\n\(fields)\r\n\(next)" }

    static func chunked(_ body: String) -> String { post("Transfer-Encoding: chunked\r\n", body) }

    static func long(_ count: Int) -> String { String(repeating: "a", count: count) }
}
