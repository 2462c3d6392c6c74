// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPWire
import MicroHTTP

/// Reads bodies of `POST` as a test says, and answers with how many bytes arrived.
final class SteppingHandler: RequestHandler {
    private struct Counts {
        var alive = 0
        var asked = 0
        var taken = 0
        var largest = 0
    }

    private let step: @Sendable (_ count: Int, _ asked: Int) -> BodyStep
    private let counts = Monitor(Counts())

    var alive: Int { counts.withLock { $0.alive } }
    var asked: Int { counts.withLock { $0.asked } }
    var taken: Int { counts.withLock { $0.taken } }
    var largest: Int { counts.withLock { $0.largest } }

    /// - Parameter step: what is done next, by how many bytes have been taken and how often it was asked.
    init(step: @escaping @Sendable (_ count: Int, _ asked: Int) -> BodyStep) {
        self.step = step
    }

    func receiver(for head: RequestHead) -> (any BodyReceiver)? {
        head.method == "POST" ? Receiver(self) : nil
    }

    func bodyLimit(for head: RequestHead) -> Int { 1000 }

    func respond(to request: HTTPRequest) -> ResponsePlan {
        guard case .received(let receiver) = request.body else { return make(body: "other") }
        return make(body: "\((receiver as? Receiver)?.count ?? -1)")
    }

    func refuse(_ head: RequestHead, because problem: FramingProblem) -> ResponsePlan { make(status: 400) }

    /// `@unchecked Sendable`: only its connection's thread touches it.
    private final class Receiver: BodyReceiver, @unchecked Sendable {
        private(set) var count = 0
        private var asked = 0
        private let handler: SteppingHandler

        init(_ handler: SteppingHandler) {
            self.handler = handler
            handler.counts.withLock { $0.alive += 1 }
        }

        deinit { handler.counts.withLock { $0.alive -= 1 } }

        var wantsMore: Bool { true }

        func nextStep() -> BodyStep {
            defer { asked += 1 }
            handler.counts.withLock { $0.asked += 1 }
            return handler.step(count, asked)
        }

        func receive(_ bytes: UnsafeRawBufferPointer) {
            count += bytes.count
            handler.counts.withLock {
                $0.taken += bytes.count
                $0.largest = max($0.largest, bytes.count)
            }
        }

        func finish() -> HTTPRequest.Body { .received(self) }
    }
}
