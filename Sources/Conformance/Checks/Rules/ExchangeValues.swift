// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// A header field: `header: x-goog-api-key`.
struct HeaderValue: ExchangeValue {
    static let keyword = "header"
    private let name: String

    init?(_ value: LocatedJSON, _ problems: CaseProblemList) {
        guard let name = problems.text(value) else { return nil }
        self.name = name
    }

    func text(of requests: String) -> String { "\(name) of \(requests)" }

    func value(in exchange: WireExchange) -> JSON? { exchange.request.field(name).map { .string($0) } }
}

/// A parameter of the query: `query: alt`.
struct QueryValue: ExchangeValue {
    static let keyword = "query"
    private let name: String

    init?(_ value: LocatedJSON, _ problems: CaseProblemList) {
        guard let name = problems.text(value) else { return nil }
        self.name = name
    }

    func text(of requests: String) -> String { "the parameter \(name) of \(requests)" }

    func value(in exchange: WireExchange) -> JSON? {
        RequestTarget(exchange.request.target).queryValue(name).map { .string($0) }
    }
}

/// A value in the JSON body: `body: /contents/0/role`.
struct BodyValue: ExchangeValue {
    static let keyword = "body"
    private let path: JSONPath

    init?(_ value: LocatedJSON, _ problems: CaseProblemList) {
        guard let path = JSONPath(value, problems) else { return nil }
        self.path = path
    }

    func text(of requests: String) -> String {
        "\(path.text.isEmpty ? "the body" : path.text) in \(requests)"
    }

    func value(in exchange: WireExchange) -> JSON? { path.value(inBody: exchange.request.body) }
}

/// A value in the JSON body of the answer: `answer: /file/sha256Hash`. It tells what the server has made of what the client
/// sent.
struct AnswerValue: ExchangeValue {
    static let keyword = "answer"
    private let path: JSONPath

    init?(_ value: LocatedJSON, _ problems: CaseProblemList) {
        guard let path = JSONPath(value, problems) else { return nil }
        self.path = path
    }

    func text(of requests: String) -> String { "\(path.text) in the answers to \(requests)" }

    func value(in exchange: WireExchange) -> JSON? {
        exchange.answer.flatMap { path.value(inBody: $0.body) }
    }
}

extension JSONPath {
    /// - Returns: nil where the body is no JSON, or has nothing there.
    fileprivate func value(inBody body: [UInt8]) -> JSON? {
        (try? JSONDocument(parsing: body, grammar: .strict)).flatMap { value(in: JSON($0.root)) }
    }
}
