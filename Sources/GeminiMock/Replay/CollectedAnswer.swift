// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// An upstream's answer that is held back until all of it is there: faults are about whole answers.
final class CollectedAnswer: Sendable {
    private struct State {
        /// Once its head is there; with what has come of its body.
        var plan: ResponsePlan?
        /// What else comes.
        var rest: LiveActions?
        var position = 0
        var count = 0
    }

    /// Of longer ones faults see the beginning, in bytes.
    private static let limit = 64 * 1024 * 1024

    private let coming: PendingPlan
    private let state = Monitor(State())

    init(_ coming: PendingPlan) {
        self.coming = coming
    }

    /// The whole of it, changed.
    func plan(_ change: @escaping @Sendable (ResponsePlan) -> ResponsePlan) -> PendingPlan {
        PendingPlan(within: coming.time, wokenBy: coming.wakeUp) { [self] in
            state.withLock { whole(&$0, isLast: false) }.map(change)
        } otherwise: { [self] in
            change(
                state.withLock { whole(&$0, isLast: true) } ?? ResponsePlan(status: 504, fields: [], body: [])
            )
        }
    }

    /// - Parameter isLast: whether what is there by now must do.
    private func whole(_ state: inout State, isLast: Bool) -> ResponsePlan? {
        if state.plan == nil { begin(&state, isLast: isLast) }
        guard var plan = state.plan else { return nil }
        while let rest = state.rest {
            guard state.count < CollectedAnswer.limit, !isLast else {
                plan.actions.append(CollectedAnswer.remaining(rest, from: state.position))
                return plan
            }
            switch rest.next(&state.position) {
            case .nap: return nil
            case nil:
                state.rest = nil
                state.plan?.announcedLength = nil
            case .send(let bytes)?:
                state.count += bytes.count
                state.plan?.actions.append(.send(bytes))
            case let end?:
                state.rest = nil
                state.plan?.actions.append(end)
            }
            plan = state.plan ?? plan
        }
        return plan
    }

    private func begin(_ state: inout State, isLast: Bool) {
        guard var plan = coming.plan(isLast: isLast) else { return }
        if case .live(let rest)? = plan.actions.last {
            plan.actions.removeLast()
            state.rest = rest
        }
        state.plan = plan
    }

    private static func remaining(_ rest: LiveActions, from start: Int) -> WireAction {
        .live(
            LiveActions(wokenBy: rest.wakeUp) { position in
                if position == 0 { position = start }
                return rest.next(&position)
            })
    }
}
