// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Puts many cases to a client, several at a time.
public struct SuiteRunner: Sendable {
    private let runner: CaseRunner
    private let jobs: Int

    /// - Parameter jobs: how many cases at a time; most of them wait.
    public init(
        _ server: any CaseServer, _ driver: any ClientDriver, jobs: Int = 8,
        _ options: CaseRunner.Options = CaseRunner.Options()
    ) {
        runner = CaseRunner(server, driver, options)
        self.jobs = max(1, jobs)
    }

    /// - Parameters:
    ///   - run: tells several runs with one server apart; of letters and digits.
    ///   - progress: gets each result as it comes out, one at a time, on any thread.
    /// - Returns: the results in the order of the cases.
    public func results(
        of cases: [ConformanceCase], run: String = "1",
        progress: @escaping @Sendable (CaseResult) -> Void = { _ in }
    ) -> [CaseResult] {
        // It holds a value that takes room: the thread sanitizer would take an empty one's place for its neighbour's.
        let gate = Monitor(false)
        // Those that wait for long come first, so that they aren't what is waited for at the end.
        let order = cases.indices.sorted { one, other in
            (cases[other].budget, one) < (cases[one].budget, other)
        }
        let results = Crew.map(order, jobs: jobs) { [runner] index in
            let result = runner.result(of: cases[index], run: run)
            gate.withLock { _ in progress(result) }
            return result
        }
        return zip(order, results).sorted { $0.0 < $1.0 }.map(\.1)
    }
}
