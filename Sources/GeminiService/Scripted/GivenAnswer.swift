// SPDX-License-Identifier: Apache-2.0

/// An answer that no endpoint has made: any status with a body as it is to be sent.
public struct GivenAnswer: Sendable, Equatable {
    public enum Body: Sendable, Equatable {
        /// A JSON text without its last line end.
        case json([UInt8])
        case text(String)
        /// A page for people, of which title and sentence are known.
        case page(title: String, sentence: String)
    }

    /// The HTTP status.
    public let status: Int
    public let body: Body
    /// How the endpoint labels what isn't its usual answer.
    public let form: ErrorForm

    public init(status: Int, body: Body, form: ErrorForm) {
        self.status = status
        self.body = body
        self.form = form
    }
}
