// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import RecordReplay

/// A request that is passed on: takes its body as it arrives, and gives the upstream's answer as it arrives.
final class ProxiedRequest: BodyReceiver, DeliveryWitness {
    private let transfer: Transfer
    private let exchange: PassingExchange
    private let pool: TransferPool
    /// What the client gets where no answer comes.
    private let refusal: @Sendable (String) -> ResponsePlan
    /// Makes of the upstream's fields those that the client gets.
    private let led: @Sendable ([HTTPFields.Field]) -> [HTTPFields.Field]

    init(
        _ transfer: Transfer, _ exchange: PassingExchange, _ pool: TransferPool,
        led: @escaping @Sendable ([HTTPFields.Field]) -> [HTTPFields.Field],
        refusal: @escaping @Sendable (String) -> ResponsePlan
    ) {
        self.transfer = transfer
        self.exchange = exchange
        self.pool = pool
        self.led = led
        self.refusal = refusal
    }

    // MARK: - The request

    /// What the upstream doesn't want any more is recorded yet.
    var wantsMore: Bool { !transfer.hasFailed }

    func nextStep() -> BodyStep {
        let room = transfer.room
        return room > 0 ? .take(atMost: room) : .wait(.milliseconds(1))
    }

    func receive(_ bytes: UnsafeRawBufferPointer) {
        if transfer.send(bytes) { pool.attend(to: transfer) }
        exchange.requestBody.append(bytes)
    }

    func finish() -> HTTPRequest.Body {
        exchange.requestIsWhole()
        if transfer.endBody() { pool.attend(to: transfer) }
        return .received(self)
    }

    /// The client doesn't want the answer any more.
    func cancel() {
        transfer.cancel()
        pool.attend(to: transfer)
    }

    // MARK: - The answer

    func plan() -> ResponsePlan {
        let pending = PendingPlan(within: PendingPlan.longestWithWakeUp, wokenBy: transfer.wakeUp) {
            [self] in
            switch transfer.outcome {
            case .success(let head): answer(head)
            case .failure(let reason): refusal(reason.why)
            case nil: nil
            }
        } otherwise: { [self] in
            refusal("no answer has come within an hour")
        }
        var plan = ResponsePlan.pending(pending)
        plan.witness = self
        return plan
    }

    private func answer(_ head: AnswerHead) -> ResponsePlan {
        let responseHead = ResponseHead(status: head.status, fields: led(head.endToEndFields))
        let isLength = head.framing == .length
        var plan = ResponsePlan(head: responseHead, framing: isLength ? .length : .chunked, actions: [])
        if isLength, let length = head.length, exchange.method != "HEAD" {
            if let body = transfer.wholeBody(), body.count == length {
                plan.actions = body.isEmpty ? [] : [.send(body)]
                return plan
            }
            plan.announcedLength = length
        } else if isLength, exchange.method != "HEAD" {
            return plan
        }
        if exchange.method == "HEAD" { plan.announcedLength = head.length }
        plan.actions = [.live(LiveActions(wokenBy: transfer.wakeUp) { [self] _ in next() })]
        return plan
    }

    private func next() -> WireAction? {
        transfer.wakeUp.reset()
        let (step, isDue) = transfer.next()
        if isDue { pool.attend(to: transfer) }
        switch step {
        case .bytes(let bytes): return .send(bytes)
        case .nothingYet: return .nap(PendingPlan.longestWithWakeUp)
        case .ended(.complete): return nil
        case .ended(.reset): return .reset
        case .ended(.truncated), .ended(.failed), .ended(.cancelled): return .truncate
        }
    }

    func sent(_ bytes: UnsafeRawBufferPointer, at time: Int64) {}

    func ended(_ ending: DeliveryEnding, at time: Int64) {
        if ending != .complete { cancel() }
    }
}

/// A request that isn't passed on.
final class RefusedRequest: BodyReceiver {
    let plan: ResponsePlan

    init(_ plan: ResponsePlan) { self.plan = plan }

    var wantsMore: Bool { false }
    func receive(_ bytes: UnsafeRawBufferPointer) {}
    func finish() -> HTTPRequest.Body { .received(self) }
}
