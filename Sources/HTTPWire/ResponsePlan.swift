// SPDX-License-Identifier: Apache-2.0

/// What stands before an answer's body.
public struct ResponseHead: Sendable, Equatable {
    /// The HTTP status, 200 to 599.
    public var status: Int
    /// The fields in the order in which they are sent. Length and transfer coding are the socket side's
    /// business.
    public var fields: [HTTPFields.Field]

    public init(status: Int, fields: [HTTPFields.Field]) {
        self.status = status
        self.fields = fields
    }
}

/// One thing that can happen on the wire after the head. There will never be many: a fault is a function from
/// plan to plan, so the socket side needs to know only these.
public enum WireAction: Sendable, Equatable {
    /// Writes bytes of the body, in one write (in a chunked body: one chunk).
    case send([UInt8])
    /// Does nothing for a while, by the server's clock; other connections go on. Waits that follow each other are counted
    /// from the end of the one before, so that a stream keeps its pace.
    case wait(Duration)
    /// Does nothing for a while by real time, whatever the server's clock shows: for what looks now and then whether something
    /// has happened. A wait behind it is counted from its end. Where live actions have a wake-up, that ends it earlier.
    case nap(Duration)
    /// Ends the connection in the middle of the body, in order (FIN).
    case truncate
    /// Breaks the connection (RST).
    case reset
    /// Asks, each time it comes to it, what happens next: for what isn't decided yet when the plan is made.
    case live(LiveActions)
    /// The whole of a plan that isn't known yet (`ResponsePlan.pending`); plays as nothing anywhere else.
    case pending(PendingPlan)
}

/// Actions that are decided one by one while they are played. The value itself never changes, so that a plan can still
/// be kept and played twice; where a player stands is the player's business.
public final class LiveActions: Sendable, Equatable {
    /// Ends their naps before their time; nil where nothing does.
    public let wakeUp: WakeUp?
    private let following: @Sendable (inout Int) -> WireAction?

    /// - Parameters:
    ///   - wakeUp: ends their naps before their time; `following` resets it before it looks.
    ///   - following: what happens next, nil at the end. It gets a position, 0 at first, which it moves on as
    ///     it likes; called on the library's threads, so it mustn't wait, and never gives another `live`.
    public init(wokenBy wakeUp: WakeUp? = nil, _ following: @escaping @Sendable (inout Int) -> WireAction?) {
        self.wakeUp = wakeUp
        self.following = following
    }

    public func next(_ position: inout Int) -> WireAction? { following(&position) }

    public static func == (one: LiveActions, other: LiveActions) -> Bool { one === other }
}

/// All that will be put on the wire for one request: a value, so it can be compared, kept and changed.
public struct ResponsePlan: Sendable, Equatable {
    /// How the end of the body is told.
    public enum Framing: Sendable, Equatable {
        /// `Content-Length`, the sum of what is sent.
        case length
        /// `Transfer-Encoding: chunked`.
        case chunked
        /// Not at all: the actions are all that goes over the wire, from the status line on. The head isn't sent. With the
        /// last action the connection ends in order, after everything sent has arrived; `raw(for:)` makes such a plan.
        case raw
        /// Not yet known, as nothing of the plan is: `pending` tells what it waits for. No wire script has such a plan.
        case pending
    }

    public var head: ResponseHead
    public var framing: Framing
    /// What happens after the head, in order; then the body is complete.
    public var actions: [WireAction]
    /// What to tell as `Content-Length` where live actions send the body of a `length` plan, and how much of it is sent; nil for
    /// the sum of what the other actions send. A body that ends before it breaks the connection.
    public var announcedLength: Int?
    /// How long nothing is sent at all, by the server's clock. What comes then keeps the connection as any answer does.
    public var delay: Duration = .zero
    /// Who wants to know what becomes of it; no part of what is compared.
    public var witness: (any DeliveryWitness)?

    public init(head: ResponseHead, framing: Framing = .length, actions: [WireAction]) {
        self.head = head
        self.framing = framing
        self.actions = actions
    }

    /// A plan that sends one body at once.
    public init(status: Int, fields: [HTTPFields.Field], body: [UInt8]) {
        self.init(
            head: ResponseHead(status: status, fields: fields), actions: body.isEmpty ? [] : [.send(body)])
    }

    public static func == (one: ResponsePlan, other: ResponsePlan) -> Bool {
        one.head == other.head && one.framing == other.framing && one.actions == other.actions
            && one.delay == other.delay && one.announcedLength == other.announcedLength
    }

    /// Number of body bytes that the plan sends, live actions left out.
    public var bodyLength: Int {
        actions.reduce(0) { sum, action in
            if case .send(let bytes) = action { sum + bytes.count } else { sum }
        }
    }

    /// The body as one piece, waits and breaks left out.
    public var body: [UInt8] {
        actions.flatMap { action -> [UInt8] in
            if case .send(let bytes) = action { bytes } else { [] }
        }
    }
}
