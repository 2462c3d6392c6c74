// SPDX-License-Identifier: Apache-2.0

/// Takes a request's body as it arrives, so that a large one needn't be held. One request's, and used by the thread of its
/// connection alone; released without `finish` where the client leaves before the end.
public protocol BodyReceiver: AnyObject, Sendable {
    /// Whether more bytes are of use. Those that aren't are read and thrown away, up to a bound, so that a refusal
    /// reaches a client that looks at the answer only after it has sent all.
    var wantsMore: Bool { get }

    /// Takes the bytes that come next; they are valid during the call.
    func receive(_ bytes: UnsafeRawBufferPointer)

    /// The body is complete.
    func finish() -> HTTPRequest.Body
}
