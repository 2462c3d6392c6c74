// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// One request and its answer, as they went over the wire, but for credentials.
public struct RecordedExchange: Sendable, Equatable {
    public var request: RecordedRequest
    public var answer: RecordedAnswer

    public init(request: RecordedRequest, answer: RecordedAnswer) {
        self.request = request
        self.answer = answer
    }
}

public struct RecordedRequest: Sendable, Equatable {
    public var method: String
    /// Path and query as they stood on the request line, without scheme and host; credentials are `REDACTED`.
    public var target: String
    /// In their order, repeats and spelling kept. `Host`, and what tells length and framing, aren't among them.
    public var fields: [HTTPFields.Field]
    public var body: RecordedBody

    public init(
        method: String, target: String, fields: [HTTPFields.Field] = [], body: RecordedBody = RecordedBody([])
    ) {
        self.method = method
        self.target = target
        self.fields = fields
        self.body = body
    }
}

public struct RecordedAnswer: Sendable, Equatable {
    /// How the end of the body was told.
    public enum Framing: String, Sendable, CaseIterable {
        case length
        case chunked
        /// By the end of the connection.
        case close
    }

    /// How the answer has ended.
    public enum Ending: String, Sendable, CaseIterable {
        case complete
        /// The connection ended in order before the body's end.
        case truncated
        case reset
    }

    /// That an answer can have: interim ones (1xx) are none, nor is what RFC 9110 (15) doesn't know.
    public static let statuses = 200...599

    public var status: Int
    /// In their order, repeats and spelling kept; without what tells length and framing.
    public var fields: [HTTPFields.Field]
    public var framing: Framing
    /// As it was sent: compressed where `Content-Encoding` says so.
    public var body: RecordedBody
    /// Where the body was cut into writes (in a chunked body: its chunks), and when each came; empty where that isn't known.
    /// The counts are those of the body's bytes.
    public var writes: [Write]
    public var ending: Ending

    public struct Write: Sendable, Equatable {
        /// Since the request had been sent whole; in microseconds.
        public var at: Int
        /// In bytes.
        public var count: Int

        public init(at: Int, count: Int) {
            self.at = at
            self.count = count
        }
    }

    public init(
        status: Int, fields: [HTTPFields.Field] = [], framing: Framing = .length,
        body: RecordedBody = RecordedBody([]), writes: [Write] = [], ending: Ending = .complete
    ) {
        self.status = status
        self.fields = fields
        self.framing = framing
        self.body = body
        self.writes = writes
        self.ending = ending
    }
}

/// The bytes of a body, or what is known of bytes that were left out.
public struct RecordedBody: Sendable, Equatable {
    /// Nil where they were left out.
    public var bytes: [UInt8]?
    /// How many there are, or were.
    public var length: Int
    /// Of all of them, in lower-case hex; only where they were left out.
    public var sha256: String?

    public init(_ bytes: [UInt8]) {
        self.bytes = bytes
        length = bytes.count
    }

    /// A body that isn't kept.
    public init(leftOut length: Int, sha256: String) {
        self.length = length
        self.sha256 = sha256
    }
}
