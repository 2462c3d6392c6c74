// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// A refusal that can be asked for by its name.
public struct ErrorEntry: Sendable {
    /// In kebab-case; scenario files use it, so it stays.
    public let name: String
    /// Where and when it was observed, or that its words are assumed; first where the project's collection of wire facts has it.
    public let source: String
    private let make: @Sendable (ErrorSubject) -> Answer

    /// What is sent.
    public enum Answer: Sendable, Equatable {
        /// A `google.rpc.Status`.
        case status(APIError)
        /// Another JSON object.
        case object(http: Int, JSON)
        /// The upload server's plain text.
        case text(http: Int, String)
        /// A page for people, of which title and sentence are known.
        case page(http: Int, title: String, sentence: String)

        public var http: Int {
            switch self {
            case .status(let error): error.status.http
            case .object(let http, _), .text(let http, _), .page(let http, _, _): http
            }
        }

        /// What it says, in one or more lines.
        public var message: String {
            switch self {
            case .status(let error): error.message
            case .object(_, let body):
                if case .string(let message) = body["error"]?["message"] { message } else { "" }
            case .text(_, let text): text
            case .page(_, let title, _): title
            }
        }

        /// The body without its final line end; of a page, what is known of it.
        public var body: [UInt8] {
            switch self {
            case .status(let error): error.body
            case .object(_, let body): body.bytes(.pretty)
            case .text(_, let text): Array(text.utf8)
            case .page(_, let title, let sentence): Array("\(title)\n\(sentence)".utf8)
            }
        }
    }

    /// The source without the section of that collection, which only the project has.
    public var evidence: String {
        let isSection = source.hasPrefix("CORE ") || source.hasPrefix("INTERACTIONS ")
        guard isSection, let comma = source.firstIndex(of: ",") else { return source }
        return String(source[comma...].dropFirst(2))
    }

    init(_ name: String, _ source: String, _ make: @escaping @Sendable (ErrorSubject) -> Answer) {
        self.name = name
        self.source = source
        self.make = make
    }

    /// An entry that is a `google.rpc.Status`.
    init(_ name: String, _ source: String, status make: @escaping @Sendable (ErrorSubject) -> APIError) {
        self.init(name, source) { .status(make($0)) }
    }

    public func answer(about subject: ErrorSubject = ErrorSubject()) -> Answer { make(subject) }
}
