// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// What is wrong with a request whose values fit its fields, collected so that one answer tells as much as the real one.
public struct RequestProblems: Sendable {
    /// A problem takes three bytes to cause and a hundred to tell, so there must be an end to them.
    private static let maximumCount = 1000

    /// What the validator's lines begin with.
    var message: String
    /// Where the message stands in the body: empty, or a path with a dot behind it.
    var prefix: String
    /// What binding has found out about the base64 in the body.
    private let base64: Base64Shapes
    /// Values that their fields don't take, where nobody has bound the body: reported first, and alone.
    private var violations: [FieldViolation] = []
    /// Lines of the proto validator.
    private var lines: [String] = []
    /// The first thing that only a look at the whole request finds wrong.
    private var meaning: APIError?

    /// - Parameters:
    ///   - message: the name of the message, such as `GenerateContentRequest`.
    ///   - base64: of the body as it was bound; what isn't in it is checked here.
    public init(message: String, prefix: String = "", base64: Base64Shapes = Base64Shapes()) {
        self.message = message
        self.prefix = prefix
        self.base64 = base64
    }

    /// The refusal that the real service would send; nil where it would answer. First what a value is, then what the
    /// validator says, all of it, then what the request means (CORE 6.1).
    public var refusal: APIError? {
        if !violations.isEmpty { return .invalidValues(violations) }
        return lines.isEmpty ? meaning : .validator(lines)
    }

    /// - Throws: the refusal, if there is one.
    func check() throws(APIError) {
        if let refusal { throw refusal }
    }

    /// Whether so much is wrong that there is no use in reading on.
    var isFull: Bool { lines.count + violations.count >= RequestProblems.maximumCount }

    mutating func add(_ line: String) { lines.append("\(message).\(line)") }

    mutating func add(wrongBase64 text: String, at path: String) {
        violations.append(.base64(text, at: prefix + path))
    }

    mutating func add(_ error: APIError) { meaning = meaning ?? error }

    /// The checked base64 of a string; nil where it isn't base64.
    func shape(of text: JSONView) -> Base64Text.Shape? {
        base64.shape(at: text.position) ?? text.withStringBytes { Base64Text($0)?.shape } ?? nil
    }
}
