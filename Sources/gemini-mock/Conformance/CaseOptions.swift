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

    @Option(
        name: .customLong("suite-file"),
        help: ArgumentHelp(
            "A suite of your own, in place of the built-in one of its name. May be given often.",
            valueName: "path"))
    var suiteFiles: [String] = []

    /// The suites that there are, with those of `--suite-file`.
    ///
    /// - Throws: exit code 65 for mistakes in a file, 66 for one that can't be read; which are told.
    func suites() throws -> [ConformanceSuite] {
        var suites = try EmbeddedSuites.read()
        for path in suiteFiles {
            let own = try CaseFiles.read { try SuiteFile.read(path) }
            suites.removeAll { $0.name == own.name }
            suites.append(own)
        }
        return suites
    }

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
