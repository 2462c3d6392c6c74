// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import ScenarioEngine

/// A request that was received and what was answered, without credentials. A value: what becomes of the answer later isn't
/// in it.
public struct JournalEntry: Sendable {
    /// From 1, in the order in which the requests had come whole.
    public let id: Int
    /// The id of the first request of the operation that it is a step of: an upload's requests have one, those about an
    /// interaction, and a request with those that were sent again since it failed.
    public let operation: Int
    /// When it had come whole, by the server's clock: nanoseconds since 1970.
    public let time: Int64
    /// Whose it was: a name that the request gave, `project:P`, or `key:` with the beginning of the key's SHA-256. Nil where
    /// it was refused before that was known.
    public let tenant: String?
    /// The method, as the API spells it; nil where the path is none of the API's.
    public let endpoint: String?
    public let request: Request
    /// Nil where the request never came whole.
    public let answer: Answer?
    /// What has decided the answer.
    public let source: AnswerSource
    /// Whether there were stubs and none matched, answered or not.
    public let isUnmatched: Bool
    /// The stubs that came nearest to a request that none matched, three at most.
    public let nearMisses: [NearMiss]
    /// What the real service would have refused, or what somebody may want to know.
    public let warnings: [String]
    /// The faults that were armed for the answer, by their names in scenario files.
    public let faults: [String]
    /// The file that an upload's last request has brought.
    public let file: (id: String, sha256: String)?
    public let timing: Timing

    /// What was received.
    public struct Request: Sendable {
        public let method: String
        /// As it stood on the request line, credentials replaced by `REDACTED`.
        public let target: String
        public let fields: [HTTPFields.Field]
        public let body: JournalBody
    }

    /// What was sent, or is being sent.
    public struct Answer: Sendable {
        public let status: Int
        public let fields: [HTTPFields.Field]
        public let framing: ResponsePlan.Framing
        /// Uncompressed; of a raw answer all from the status line on.
        public let body: JournalBody
        /// Where in the body each write of a stream ends, as far as the body is kept; one of all where there is but one.
        public let writeEnds: [Int]
    }

    /// Microseconds, by the monotonic clock, since the request's head had come.
    public struct Timing: Sendable {
        /// When the request had come whole.
        public let received: Int
        /// When the answer was known.
        public let answered: Int
        /// The writes of a stream, the first of them.
        public let writes: [Write]
        /// How many writes there were.
        public let writeCount: Int
        /// When nothing more was sent; nil as long as it goes on.
        public let ended: Int?
        public let ending: DeliveryEnding?
        /// When that was, in nanoseconds of the monotonic clock: what tells how far requests are apart, wherever the
        /// server's clock was moved to.
        package let head: Int64
    }

    public struct Write: Sendable, Equatable {
        public let at: Int
        public let bytes: Int
    }
}

/// What has decided an answer.
public enum AnswerSource: Sendable, Equatable {
    /// The server by itself.
    case builtIn
    case stub(StubIdentity)
    /// A stub that has no reply left.
    case spentStub(StubIdentity)
    /// There are stubs, none matched, and that is refused.
    case noStub
    /// What was recorded; exchanges count from 1.
    case recording(name: String, exchange: Int)
    /// There are recordings, nothing in them or in scenarios matched, and that is refused.
    case noRecording
    /// The upstream, to which misses are passed on.
    case upstream
    /// Nobody: the request never came whole.
    case none
}
