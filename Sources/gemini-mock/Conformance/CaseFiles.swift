// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ConformanceServer

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Files that people write for the suite, as commands read them.
enum CaseFiles {
    /// - Throws: exit code 65 for mistakes in a file, 66 for one that can't be read; which are told.
    static func read<Content>(_ body: () throws -> Content) throws -> Content {
        do {
            return try body()
        } catch let error as SuiteFile.Unreadable {
            Output.error("gemini-mock: \(error.description)")
            throw ExitCode(EX_NOINPUT)
        } catch {
            Output.error("\(error)")
            throw ExitCode(EX_DATAERR)
        }
    }
}
