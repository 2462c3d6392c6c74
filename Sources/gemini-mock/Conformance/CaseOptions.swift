// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Conformance
import ConformanceServer
import GeminiMock

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Which cases a command is about.
struct CaseOptions: ParsableArguments {
    @Option(help: ArgumentHelp("A suite, such as SSE. May be given often.", valueName: "name"))
    var suite: [String] = []

    @Option(
        name: .customLong("case"),
        help: ArgumentHelp("A case or some, such as SSE-0*. May be given often.", valueName: "glob"))
    var cases: [String] = []

    @Option(
        name: .customLong("set"),
        help: ArgumentHelp("A frozen set of requirements, such as core-2026.11.", valueName: "name"))
    var requirementSet: String?

    /// - Throws: exit code 64 where one isn't there; which is told.
    func chosen(from suites: [ConformanceSuite]) throws -> [ConformanceCase] {
        var choice = CaseChoice()
        (choice.suites, choice.globs) = (suite, cases)
        if let requirementSet {
            choice.set = RequirementSet.all.first { $0.name == requirementSet }
            if choice.set == nil {
                let names = RequirementSet.all.map(\.name).joined(separator: ", ")
                Output.error("gemini-mock: there is no set \(requirementSet), only \(names)")
                throw ExitCode(EX_USAGE)
            }
        }
        do {
            return try choice.cases(of: suites)
        } catch {
            Output.error("gemini-mock: \(error.description)")
            throw ExitCode(EX_USAGE)
        }
    }
}
