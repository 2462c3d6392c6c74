// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// One place of a request's body that is other than was asked for.
public struct JSONDifference: Sendable, Equatable, CustomStringConvertible {
    /// A JSON Pointer (RFC 6901) from the top of the body; empty for all of it.
    public let pointer: String
    /// What was asked for, and what was found, in words: `the text “x”`, `nothing`.
    public let expected: String
    public let got: String

    /// So many are told of one matcher, and of one request in all.
    static let most = 20

    /// - Parameter path: the steps to the place, unescaped.
    init(_ path: [String], expected: String, got: String) {
        let isSecret = path.contains { CredentialFields.isCredential(named: $0) }
        // All that shows of a request goes through there: names of members are a client's, too.
        let details =
            isSecret
            ? Miss.Details(distance: 1, expected: "a certain value", got: "another one")
            : Miss.Details(distance: 1, expected: expected, got: got)
        self.expected = details.expected
        self.got = details.got
        let place = path.map { "/\(JSONPointer.escaped($0))" }.joined()
        pointer = place.isEmpty ? "" : Miss.Details(distance: 1, expected: "", got: place).got
    }

    private init(pointer: String, expected: String, got: String) {
        self.pointer = pointer
        self.expected = expected
        self.got = got
    }

    /// The same without a request's own credentials.
    package func redacted(by redactor: Redactor) -> JSONDifference {
        JSONDifference(
            pointer: redactor.cutText(pointer), expected: redactor.cutText(expected),
            got: redactor.cutText(got))
    }

    /// `/a/0: expected the number 1, got nothing`.
    public var description: String {
        "\(pointer.isEmpty ? "the body" : pointer): expected \(expected), got \(got)"
    }
}
