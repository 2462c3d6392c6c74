// SPDX-License-Identifier: Apache-2.0

/// Is told what becomes of one answer on the wire. One thread at a time calls it, in order; it must not wait.
///
/// Times are nanoseconds of the monotonic clock, like `Arrival`'s.
public protocol DeliveryWitness: AnyObject, Sendable {
    /// Bytes of the body (of a raw plan: of the answer) were handed to the system. An answer that is handed over whole isn't
    /// told in parts.
    func sent(_ bytes: UnsafeRawBufferPointer, at time: Int64)

    /// Nothing more will be sent. Called once.
    func ended(_ ending: DeliveryEnding, at time: Int64)
}

/// How an answer, or a request that never came to one, has ended.
public enum DeliveryEnding: String, Sendable, CaseIterable {
    /// All of it was sent.
    case complete
    /// It was broken on purpose: truncated or reset, as its plan says.
    case broken
    /// The client was gone before the end.
    case clientLeft
    /// The client neither sent nor took anything for too long.
    case timedOut
    /// The server was stopped.
    case stopped
}

/// When a request came, in nanoseconds of the monotonic clock.
public struct Arrival: Sendable, Equatable {
    /// Its head was there.
    public var head: Int64
    /// Its last byte was there; while it is still coming, that of now.
    public var whole: Int64

    public init(head: Int64 = 0, whole: Int64 = 0) {
        self.head = head
        self.whole = whole
    }
}
