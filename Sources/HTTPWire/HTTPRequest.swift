// SPDX-License-Identifier: Apache-2.0

/// What stands before a request's body.
///
/// A class, so that handing it on costs one reference count instead of seven.
public final class RequestHead: Sendable {
    public let method: String
    public let target: RequestTarget
    public let fields: HTTPFields
    /// Whether it came from this machine, by an address of the loopback interface. A proxy on this machine lets everybody's
    /// requests look so.
    public let isFromLoopback: Bool
    /// Whether it came over TLS.
    public let isEncrypted: Bool

    public init(
        method: String, target: RequestTarget, fields: HTTPFields, isFromLoopback: Bool = false,
        isEncrypted: Bool = false
    ) {
        self.method = method
        self.target = target
        self.fields = fields
        self.isFromLoopback = isFromLoopback
        self.isEncrypted = isEncrypted
    }
}

/// A request that has arrived whole.
public struct HTTPRequest: Sendable {
    public let head: RequestHead
    public let body: Body
    public let arrival: Arrival
    /// How many bytes followed the head.
    public let length: Int
    /// The first of the bytes that were taken as they arrived, `beginningLength` at most; empty where they were kept.
    public let beginning: [UInt8]

    public static let beginningLength = 3072

    /// What followed the head.
    public enum Body: Sendable {
        /// All of it; empty where there was none.
        case bytes([UInt8])
        /// More than the handler had asked for; it was read to its end and thrown away.
        case tooLarge(limit: Int)
        /// Taken as it arrived.
        case received(any BodyReceiver)
    }

    /// - Parameter length: nil for that of the bytes that were kept.
    public init(
        head: RequestHead, body: Body, arrival: Arrival = Arrival(), length: Int? = nil,
        beginning: [UInt8] = []
    ) {
        self.head = head
        self.body = body
        self.arrival = arrival
        self.beginning = beginning
        if case .bytes(let bytes) = body {
            self.length = length ?? bytes.count
        } else {
            self.length = length ?? 0
        }
    }
}
