// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Puts cases to programs that take one after the other, or several at a time: started once, where a command is started for
/// each case. What an interpreter needs to start is paid once.
///
/// There are as many of them as are needed at a time. One that dies or goes silent is ended and another takes its place.
public final class WorkerDriver: ClientDriver {
    private struct Pool {
        var workers: [Worker] = []
        var hello: WorkerProcess.Hello?
        /// Whether the first one is being started: how many cases it takes at a time isn't known yet.
        var isStarting = false
        /// Why none has ever come up: the next wouldn't either.
        var failure: String?
    }

    private struct Worker {
        let process: WorkerProcess
        let capacity: Int
        var busy = 0
    }

    private let words: [String]
    private let environment: [String]
    private let pool = Monitor(Pool())
    /// How long one may take until it has said what it is.
    private static let start = Duration.seconds(30)

    /// - Parameters:
    ///   - words: the program, a path or a name to be looked up in `PATH`, and its arguments.
    ///   - environment: each `NAME=VALUE`.
    public init(_ words: [String], environment: [String]) {
        self.words = words
        self.environment = environment + ["GEMINI_MOCK_WORKER=1"]
    }

    deinit { end() }

    /// What the client calls itself; nil as long as none has said it.
    public var client: (name: String?, version: String?) {
        pool.withLock { ($0.hello?.client, $0.hello?.version) }
    }

    /// Ends all of them.
    public func end() {
        let workers = pool.withLock { pool in
            defer { pool.workers = [] }
            return pool.workers
        }
        for worker in workers { worker.process.end("the run is over") }
    }

    public func perform(_ job: CaseJob) -> ClientReport {
        let (report, isAlone) = once(job)
        // Where another case has brought it down, this one has done nothing wrong.
        if case .died = report.outcome, !isAlone { return once(job).report }
        return report
    }

    private func once(_ job: CaseJob) -> (report: ClientReport, isAlone: Bool) {
        let process: WorkerProcess
        do {
            process = try worker()
        } catch {
            return (ClientReport(.notJudgeable(error.description)), true)
        }
        let id = job.address.name
        // With what it says meanwhile of other cases, where it has some.
        let before = process.printedCount
        let answer = process.answer(to: line(job, id: id), id: id, until: .now + job.time)
        // What it has ended by counts, not that it is ended now.
        let outcome =
            answer.map { TaskResult.outcome($0) } ?? process.ending.map { .died($0) } ?? ClientOutcome.silent
        let isAlone = release(process, isLost: answer == nil)
        return (ClientReport(outcome, output: process.printed(since: before)), isAlone)
    }

    private func line(_ job: CaseJob, id: String) -> JSON {
        var members = [
            JSON.Member("id", .string(id)), JSON.Member("base_url", .string(job.address.baseURL)),
            JSON.Member("api_key", .string(job.address.key)),
        ]
        if case .object(let task) = job.task { members += task }
        return .object(members)
    }

    /// One that has room, a new one where none has.
    private func worker() throws(CaseProcess.Failure) -> WorkerProcess {
        let (free, failure) = pool.wait(while: \.isStarting) { pool -> (WorkerProcess?, String?) in
            pool.workers.removeAll { $0.busy == 0 && $0.process.ending != nil }
            let index = pool.workers.firstIndex { $0.busy < $0.capacity && $0.process.ending == nil }
            if let index {
                pool.workers[index].busy += 1
                return (pool.workers[index].process, nil)
            }
            pool.isStarting = pool.hello == nil && pool.failure == nil
            return (nil, pool.hello == nil ? pool.failure : nil)
        }
        if let free { return free }
        if let failure { throw CaseProcess.Failure(description: failure) }
        do {
            let (process, hello) = try started()
            pool.signal { pool in
                pool.isStarting = false
                pool.hello = pool.hello ?? hello
                pool.workers.append(Worker(process: process, capacity: hello.parallel, busy: 1))
            }
            return process
        } catch {
            pool.signal { ($0.isStarting, $0.failure) = (false, error.description) }
            throw error
        }
    }

    private func started() throws(CaseProcess.Failure) -> (WorkerProcess, WorkerProcess.Hello) {
        let process = try WorkerProcess(words, environment: environment)
        if let hello = process.hello(until: .now + WorkerDriver.start) { return (process, hello) }
        let how = process.ending ?? "silence for \(TimeText.text(WorkerDriver.start))"
        process.end("it said nothing")
        let lines = process.printed.split(whereSeparator: \.isNewline).joined(separator: " ")
        throw CaseProcess.Failure(
            description: "the worker hasn’t said what it is in its first line (\(how))"
                + (lines.isEmpty ? "" : "; it printed: \(ValueText.cut(lines))"))
    }

    /// - Parameter isLost: whether it hasn't answered: one with nobody else waiting for it is ended, as nobody knows what
    ///   it does.
    /// - Returns: whether nobody else waited for it.
    private func release(_ process: WorkerProcess, isLost: Bool) -> Bool {
        let others = pool.withLock { pool -> Int in
            guard let index = pool.workers.firstIndex(where: { $0.process === process }) else { return 0 }
            pool.workers[index].busy -= 1
            let others = pool.workers[index].busy
            if isLost, others == 0 { pool.workers.remove(at: index) }
            return others
        }
        if isLost, others == 0 { process.end("it was silent") }
        return others == 0
    }
}
