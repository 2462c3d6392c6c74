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

    /// - Throws: exit code 65 for mistakes in a file, 66 for one that can't be read; which are told.
    func profile() throws -> ClientProfile {
        try CaseFiles.read {
            var profile = try client.map { try ClientFile.read($0) } ?? ClientProfile(command: command)
            if worker { profile.isWorker = true }
            if let name { profile.name = name }
            profile.lacks += lacks
            if let knownFailures { profile.known = try ClientFile.knownFailures(knownFailures) }
            return profile
        }
    }
}
