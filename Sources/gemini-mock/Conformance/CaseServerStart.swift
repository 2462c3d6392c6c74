// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Conformance
import ConformanceServer
import GeminiMock
import ScenarioEngine

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// How commands start what plays the server's part, and what they say where that fails.
enum CaseServerStart {
    /// - Throws: exit code 65 for mistakes in what a case's server is to do, 69 where it can't listen; why is told.
    static func server(
        _ suites: [ConformanceSuite],
        configuration change: (inout MockServer.Configuration) -> Void = { _ in }
    ) throws -> MockCaseServer {
        do {
            return try MockCaseServer(suites, configuration: change)
        } catch let error as ScenarioProblems {
            Output.error(error.description)
        } catch let error as MockServerError where !error.scenarioProblems.isEmpty {
            for problem in error.scenarioProblems { Output.error(problem) }
        } catch {
            Output.error("gemini-mock: \(error)")
            throw ExitCode(EX_UNAVAILABLE)
        }
        throw ExitCode(EX_DATAERR)
    }
}
