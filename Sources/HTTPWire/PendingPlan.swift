// SPDX-License-Identifier: Apache-2.0

/// A plan that isn't known yet, for what waits for something to happen: the socket side asks for it every few milliseconds
/// of real time, whatever the server's clock shows, while the connection sleeps. Who leaves meanwhile isn't answered.
public final class PendingPlan: Sendable, Equatable {
    /// The longest time that anything is asked for.
    public static let longest = Duration.seconds(60)

    /// The same where a wake-up says when to ask: such waits cost next to nothing.
    public static let longestWithWakeUp = Duration.seconds(3600)

    /// How long to ask, in real time.
    public let time: Duration
    /// When to ask before the next few milliseconds are over, and then seldom without it; nil where nothing says so.
    public let wakeUp: WakeUp?
    private let look: @Sendable () -> ResponsePlan?
    private let giveUp: @Sendable () -> ResponsePlan

    /// Both closures are called on the library's threads, so they mustn't wait; neither gives another pending plan.
    ///
    /// - Parameters:
    ///   - time: how long to ask, `longest` at most.
    ///   - wakeUp: says when to ask; it is reset before `look` is asked.
    ///   - look: gives the plan once it is known. It is asked at once, then again and again, and once more at the end.
    ///   - giveUp: gives the plan for when the time is over.
    public init(
        within time: Duration, wokenBy wakeUp: WakeUp? = nil, _ look: @escaping @Sendable () -> ResponsePlan?,
        otherwise giveUp: @escaping @Sendable () -> ResponsePlan
    ) {
        let longest = wakeUp == nil ? PendingPlan.longest : PendingPlan.longestWithWakeUp
        self.time = max(.zero, min(time, longest))
        self.wakeUp = wakeUp
        self.look = look
        self.giveUp = giveUp
    }

    /// - Parameter isLast: whether the time is over.
    /// - Returns: nil where the plan isn't known; never at the last time.
    public func plan(isLast: Bool) -> ResponsePlan? {
        wakeUp?.reset()
        return look() ?? (isLast ? giveUp() : nil)
    }

    /// The same wait for another plan.
    public func mapped(_ change: @escaping @Sendable (ResponsePlan) -> ResponsePlan) -> PendingPlan {
        PendingPlan(within: time, wokenBy: wakeUp) { [look] in
            look().map(change)
        } otherwise: { [giveUp] in
            change(giveUp())
        }
    }

    public static func == (one: PendingPlan, other: PendingPlan) -> Bool { one === other }
}

extension ResponsePlan {
    /// A plan that isn't known yet.
    public static func pending(_ pending: PendingPlan) -> ResponsePlan {
        ResponsePlan(
            head: ResponseHead(status: 200, fields: []), framing: .pending, actions: [.pending(pending)])
    }

    /// What the plan waits for; nil where it is known.
    public var pending: PendingPlan? {
        guard framing == .pending, case .pending(let pending)? = actions.first else { return nil }
        return pending
    }
}
