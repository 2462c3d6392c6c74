// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// A request that the client under test has sent, and what it got. Times are since the case began.
public struct WireExchange: Sendable, Equatable {
    public let request: Request
    /// Nil where the request never came whole.
    public let answer: Answer?

    public struct Request: Sendable, Equatable {
        public let method: String
        /// As it stood on the request line.
        public let target: String
        /// In the order in which they came.
        public let fields: [HTTPFields.Field]
        /// The body, or its beginning.
        public let body: [UInt8]
        /// How many bytes the body had.
        public let length: Int
        /// When its head was there.
        public let at: Duration
        /// When all of it was there.
        public let whole: Duration

        public init(
            method: String, target: String, fields: [HTTPFields.Field] = [], body: [UInt8] = [],
            length: Int? = nil, at: Duration = .zero, whole: Duration? = nil
        ) {
            (self.method, self.target, self.fields, self.body) = (method, target, fields, body)
            (self.length, self.at, self.whole) = (length ?? body.count, at, whole ?? at)
        }

        /// The value of the first field of that name; case doesn't matter.
        public func field(_ name: String) -> String? {
            let wanted = name.lowercased()
            return fields.first { $0.name.lowercased() == wanted }?.value
        }
    }

    public struct Answer: Sendable, Equatable {
        /// 0 where the connection was closed without any.
        public let status: Int
        public let fields: [HTTPFields.Field]
        /// The body, or its beginning; not compressed.
        public let body: [UInt8]
        /// How many bytes the body had.
        public let length: Int
        /// When it began to be sent.
        public let at: Duration
        /// How much of the body was sent when, the first thousand; empty where all was sent at once.
        public let writes: [Write]
        /// When nothing more was sent; nil as long as it goes on.
        public let ended: Duration?
        public let ending: DeliveryEnding?

        public init(
            status: Int, fields: [HTTPFields.Field] = [], body: [UInt8] = [], length: Int? = nil,
            at: Duration = .zero, writes: [Write] = [], ended: Duration? = nil,
            ending: DeliveryEnding? = .complete
        ) {
            (self.status, self.fields, self.body, self.length) = (status, fields, body, length ?? body.count)
            (self.at, self.writes, self.ended, self.ending) = (at, writes, ended, ending)
        }
    }

    /// A piece of an answer's body.
    public struct Write: Sendable, Equatable {
        public let at: Duration
        public let bytes: Int

        public init(at: Duration, bytes: Int) { (self.at, self.bytes) = (at, bytes) }
    }

    public init(_ request: Request, _ answer: Answer?) { (self.request, self.answer) = (request, answer) }

    /// When nothing more was sent of the answer, or, where it goes on, when it began.
    var end: Duration { answer.map { $0.ended ?? $0.at } ?? request.whole }
}

/// What has passed between the client under test and the server in one case, in the order in which requests came.
public struct WireLog: Sendable, Equatable {
    public var exchanges: [WireExchange]
    /// Whether something isn't there any more: nobody may judge by what is left.
    public var isIncomplete: Bool

    public init(_ exchanges: [WireExchange] = [], isIncomplete: Bool = false) {
        (self.exchanges, self.isIncomplete) = (exchanges, isIncomplete)
    }

    /// Whether the server still sends something.
    public var isOpen: Bool { exchanges.contains { $0.answer != nil && $0.answer?.ended == nil } }
}
