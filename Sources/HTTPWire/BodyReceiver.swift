// SPDX-License-Identifier: Apache-2.0

/// Takes a request's body as it arrives, so that a large one needn't be held. One request's, and used by the thread of its
/// connection alone; released without `finish` where the client leaves before the end.
public protocol BodyReceiver: AnyObject, Sendable {
    /// Whether more bytes are of use. Those that aren't are read and thrown away, up to a bound, so that a refusal
    /// reaches a client that looks at the answer only after it has sent all.
    var wantsMore: Bool { get }

    /// What to do next, asked while there are bytes that are wanted: before each `receive`, and after each wait. It mustn't
    /// wait itself.
    func nextStep() -> BodyStep

    /// Takes the bytes that come next; they are valid during the call.
    func receive(_ bytes: UnsafeRawBufferPointer)

    /// Whether to break the connection (RST) when the body is complete, instead of finishing.
    var breaksAtEnd: Bool { get }

    /// The body is complete.
    func finish() -> HTTPRequest.Body
}

extension BodyReceiver {
    /// Takes all that is there.
    public func nextStep() -> BodyStep { .take(atMost: .max) }

    public var breaksAtEnd: Bool { false }
}

/// How a body is read on.
public enum BodyStep: Sendable, Equatable {
    /// Hands over that many of the bytes that are there, at least one, and asks again while some are left.
    case take(atMost: Int)
    /// Reads nothing for a while, by the server's clock. What the client sends meanwhile stays where it is, until TCP holds
    /// the client back. Waits that follow each other keep their pace, as those of an answer do.
    case wait(Duration)
    /// Breaks the connection (RST).
    case reset
    /// Finishes the receiver and answers now, while the client still sends; then the connection ends. The rest of the body
    /// is read and thrown away for a while, so that the answer arrives.
    case answer
}
