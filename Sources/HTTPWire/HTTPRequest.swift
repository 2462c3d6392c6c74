// SPDX-License-Identifier: Apache-2.0

/// What stands before a request's body.
///
/// A class, so that handing it on costs one reference count instead of seven.
public final class RequestHead: Sendable {
    public let method: String
    public let target: RequestTarget
    public let fields: HTTPFields

    public init(method: String, target: RequestTarget, fields: HTTPFields) {
        self.method = method
        self.target = target
        self.fields = fields
    }
}

/// A request that has arrived whole.
public struct HTTPRequest: Sendable {
    public let head: RequestHead
    public let body: Body
    public let arrival: Arrival

    /// What followed the head.
    public enum Body: Sendable {
        /// All of it; empty where there was none.
        case bytes([UInt8])
        /// More than the handler had asked for; it was read to its end and thrown away.
        case tooLarge(limit: Int)
        /// Taken as it arrived.
        case received(any BodyReceiver)
    }

    public init(head: RequestHead, body: Body, arrival: Arrival = Arrival()) {
        self.head = head
        self.body = body
        self.arrival = arrival
    }
}
