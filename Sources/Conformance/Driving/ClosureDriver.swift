// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// A client in this process: a closure that does what a job says. It runs on a thread of its own, which goes on by itself
/// where its time is over: nobody can end it.
public struct ClosureDriver: ClientDriver {
    private let body: @Sendable (CaseJob) -> ClientOutcome

    public init(_ body: @escaping @Sendable (CaseJob) -> ClientOutcome) { self.body = body }

    /// What a result by the protocol says: `{"steps": […]}`, one result, or `{"unsupported": …}`.
    public static func outcome(_ result: JSON) -> ClientOutcome { TaskResult.outcome(result) }

    public func perform(_ job: CaseJob) -> ClientReport {
        let box = ClosureCall(body, job)
        guard box.start() else { return ClientReport(.notJudgeable("no thread can be started")) }
        return ClientReport(box.outcome(until: .now + job.time) ?? .silent)
    }
}

/// A closure on a thread.
final class ClosureCall: Sendable {
    private let body: @Sendable (CaseJob) -> ClientOutcome
    private let job: CaseJob
    private let result = Monitor<ClientOutcome?>(nil)

    init(_ body: @escaping @Sendable (CaseJob) -> ClientOutcome, _ job: CaseJob) {
        (self.body, self.job) = (body, job)
    }

    /// - Returns: nil where there is none by then.
    func outcome(until deadline: ContinuousClock.Instant) -> ClientOutcome? {
        result.wait(until: deadline) { $0 }
    }

    func start() -> Bool {
        WorkerThread.detach { [self] in
            let outcome = body(job)
            result.signal { $0 = outcome }
        }
    }
}
