// SPDX-License-Identifier: Apache-2.0

import GeminiMock
import HTTPWire

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Looks at a server's scenario files over and over, on a thread of its own that lives as long as the process.
final class ScenarioWatch: Sendable {
    /// Microseconds between two looks: a person doesn't notice, and a look costs some system calls.
    private static let pause: UInt32 = 250_000

    private let server: MockServer

    init(_ server: MockServer) {
        self.server = server
    }

    func start() {
        _ = WorkerThread { self.look() }
    }

    private func look() -> Never {
        while true {
            usleep(ScenarioWatch.pause)
            switch server.reloadScenarios() {
            case .unchanged: continue
            case .loaded(let changes):
                Output.error("gemini-mock: scenarios read again: \(changes.joined(separator: ", "))")
            case .refused(let problems):
                for problem in problems { Output.error(problem) }
                Output.error("gemini-mock: scenarios stay as they were, because of the above")
            }
        }
    }
}
