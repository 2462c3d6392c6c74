// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Conformance
import ConformanceServer

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Which client is judged, and what is known of it.
struct ClientOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A file that says all of the following: name, version, command, worker, lacks, jobs, patience, knownFailures.",
            valueName: "file"))
    var client: String?

    @Flag(help: "The command is a worker: it gets cases on its standard input, a line of JSON each.")
    var worker = false

    @Option(help: ArgumentHelp("What to call the client in reports.", valueName: "text"))
    var name: String?

    @Option(
        help: ArgumentHelp(
            "What the client can't do, such as upload. May be given often.", valueName: "feature"))
    var lacks: [String] = []

    @Option(
        help: ArgumentHelp("Which cases the client is known to fail, and why.", valueName: "file"))
    var knownFailures: String?

    @Argument(
        parsing: .postTerminator,
        help: ArgumentHelp("Behind --: the program and its arguments.", valueName: "command"))
    var command: [String] = []

    func validate() throws {
        guard command.isEmpty != (client == nil) else {
            throw ValidationError("A client is named by --client, or its command stands behind --.")
        }
    }

    /// - Parameter suites: those that there are, whether or not they are asked.
    /// - Throws: exit code 64 for a feature that isn't known, 65 for mistakes in a file, 66 for one that can't be read; which
    ///   are told.
    func profile(of suites: [ConformanceSuite]) throws -> ClientProfile {
        for word in lacks {
            guard let (problem, suggestion) = ClientFeature.problem(word, of: suites) else { continue }
            let near = suggestion.map { " (did you mean \($0)?)" } ?? ""
            Output.error("gemini-mock: --lacks: \(problem)\(near)")
            throw ExitCode(EX_USAGE)
        }
        return try CaseFiles.read {
            var profile =
                try client.map { try ClientFile.read($0, of: suites) } ?? ClientProfile(command: command)
            if worker { profile.isWorker = true }
            if let name { profile.name = name }
            profile.lacks += lacks
            if let knownFailures { profile.known = try ClientFile.knownFailures(knownFailures, of: suites) }
            return profile
        }
    }
}
