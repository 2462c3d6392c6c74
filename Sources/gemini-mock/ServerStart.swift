// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import GeminiMock
import Logging

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// How commands start a server, and what they say where that fails.
enum ServerStart {
    /// - Throws: exit code 65 for mistakes in scenario files and for certificates that can't be used, 66 for those that can't
    ///   be read, 69 where it can't listen or use the data folder; why is told.
    static func server(_ configuration: MockServer.Configuration) throws -> MockServer {
        do {
            return try MockServer.start(configuration)
        } catch {
            guard error.scenarioProblems.isEmpty else {
                for problem in error.scenarioProblems { Output.error(problem) }
                throw ExitCode(EX_DATAERR)
            }
            Output.error("gemini-mock: \(error)")
            switch error.certificateProblem {
            case .unreadable: throw ExitCode(EX_NOINPUT)
            case .unusable: throw ExitCode(EX_DATAERR)
            case nil: throw ExitCode(EX_UNAVAILABLE)
            }
        }
    }

    static func logger(_ level: Logger.Level) -> Logger {
        var logger = Logger(label: "gemini-mock") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = level
        return logger
    }
}
