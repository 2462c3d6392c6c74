// SPDX-License-Identifier: Apache-2.0

import Conformance
import Dispatch
import HTTPWire

/// Does the steps of a case with a client, one after the other, and puts what it tells into the protocol's words.
enum AdapterCall {
    /// Waits until the client is done: the driver's thread is there to wait, and stops looking when the time is over.
    static func outcome(of job: CaseJob, _ client: any ClientUnderTest) -> ClientOutcome {
        guard case .array(let steps)? = job.task["steps"] else { return .finished([]) }
        let done = DispatchSemaphore(value: 0)
        let result = Monitor(ClientOutcome.silent)
        Task.detached {
            let outcome = await AdapterCall.outcome(of: steps, client)
            result.withLock { $0 = outcome }
            done.signal()
        }
        done.wait()
        return result.withLock { $0 }
    }

    private static func outcome(of steps: [JSON], _ client: any ClientUnderTest) async -> ClientOutcome {
        var results: [JSON] = []
        for step in steps {
            do {
                let told = try await client.perform(ConformanceStep(json: step))
                results.append(.object([JSON.Member("ok", true)] + told.members))
            } catch let reason as UnsupportedStep {
                return .unsupported(reason.reason)
            } catch {
                // What comes after a step that has failed would ask for something else.
                return .finished(results + [failure(error)])
            }
        }
        return .finished(results)
    }

    private static func failure(_ error: any Error) -> JSON {
        let failure =
            error as? StepFailure ?? StepFailure(kind: "\(type(of: error))", message: "\(error)")
        var members = [
            JSON.Member("class", .string(failure.kind)), JSON.Member("message", .string(failure.message)),
        ]
        if let http = failure.http { members.append(JSON.Member("http", .int(http))) }
        if let status = failure.status { members.append(JSON.Member("status", .string(status))) }
        return .object(
            [JSON.Member("ok", false), JSON.Member("error", .object(members))] + failure.partial.members)
    }
}
