// SPDX-License-Identifier: Apache-2.0

import GeminiMock

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
        let unmanaged = Unmanaged.passRetained(self)
        #if canImport(Glibc)
            var thread = pthread_t()
        #else
            var thread: pthread_t?
        #endif
        let failed = pthread_create(&thread, nil, watchScenarios, unmanaged.toOpaque())
        precondition(failed == 0, "no thread can be had")
    }

    fileprivate func look() -> Never {
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

/// A C call-back must be a global function.
private func watchScenarios(_ watch: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let watch else { return nil }
    Unmanaged<ScenarioWatch>.fromOpaque(watch).takeRetainedValue().look()
}
