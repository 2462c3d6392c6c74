// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// A refusal of the catalogue, with what is to differ.
public struct NamedError: Sendable, Equatable {
    public var name: String
    public var message: String?
    /// How long a client is told to wait.
    public var retryDelay: Duration?

    public init(name: String, message: String? = nil, retryDelay: Duration? = nil) {
        self.name = name
        self.message = message
        self.retryDelay = retryDelay
    }
}

extension ErrorCatalog {
    /// The refusal of that name, changed as told; nil where none is called so.
    ///
    /// A wait stands in the words of those that tell one, and in `RetryInfo`, which is added where it is missing. What is no
    /// `google.rpc.Status` has no room for it.
    public static func answer(_ error: NamedError, about subject: ErrorSubject) -> ErrorEntry.Answer? {
        var subject = subject
        if let delay = error.retryDelay { subject.retrySeconds = max(delay, .zero) / .seconds(1) }
        guard var answer = entry(named: error.name)?.answer(about: subject) else { return nil }
        if let delay = error.retryDelay { answer = answer.retrying(after: delay) }
        if let message = error.message { answer = answer.saying(message) }
        return answer
    }
}

extension ErrorEntry.Answer {
    /// The same with other words. Of a page they are the sentence: its title tells the status.
    fileprivate func saying(_ message: String) -> Self {
        switch self {
        case .status(let error):
            .status(APIError(error.status, message, details: error.details, code: error.code))
        case .object(let http, let body):
            .object(
                http: http,
                body.replacing("error", with: { $0.replacing("message", with: { _ in .string(message) }) }))
        case .text(let http, _): .text(http: http, message)
        case .page(let http, let title, _): .page(http: http, title: title, sentence: message)
        }
    }

    fileprivate func retrying(after delay: Duration) -> Self {
        guard case .status(let error) = self else { return self }
        let retryInfo = ErrorDetail.retryInfo(delay)
        var details = error.details
        if let index = details.firstIndex(where: { $0["@type"] == retryInfo["@type"] }) {
            details[index] = retryInfo
        } else {
            details.append(retryInfo)
        }
        return .status(APIError(error.status, error.message, details: details, code: error.code))
    }
}

extension JSON {
    fileprivate func replacing(_ name: String, with change: (JSON) -> JSON) -> JSON {
        guard case .object(let members) = self else { return self }
        return .object(members.map { $0.name == name ? Member(name, change($0.value)) : $0 })
    }
}
