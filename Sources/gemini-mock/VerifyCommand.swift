// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Drift
import HTTPWire
import RecordReplay
import Recorder

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Send recorded requests to a real server again, and tell where its answers look otherwise.",
        discussion: """
            The requests of each recording go to the upstream in their order, with the key in GOOGLE_API_KEY or \
            GEMINI_API_KEY; ids of files, uploads and interactions become those of the answers that come. Compared are \
            shapes: members, types, words of lists, the status, header fields; with the recording, and with what \
            gemini-mock knows of the API. What is said, ids, times and counts may differ. Each finding is a line on \
            standard output.

            Calls cost what they cost, and make what they make. A request that would delete or cancel something that \
            this run hasn't made isn't sent. Proxies (HTTPS_PROXY, NO_PROXY) and SSL_CERT_FILE are honoured.

            Exit codes: 0 nothing looks otherwise, 1 something does, 2 something couldn't be verified, 64 bad usage, 65 \
            mistakes in a recording, 66 an unreadable path, 69 no libcurl, 74 the report can't be written.
            """
    )

    @Option(
        help: ArgumentHelp(
            "Where requests go, such as https://generativelanguage.googleapis.com.", valueName: "url"))
    var upstream: String

    @Option(
        help: ArgumentHelp(
            "Trust the upstream that these authorities vouch for (PEM), and no other.", valueName: "file"))
    var upstreamCa: String?

    @Option(
        help: ArgumentHelp("How long each answer may take. (default: 60)", valueName: "seconds"),
        transform: NumberOption.whole(in: 1...86_400))
    var timeout = 60

    @Option(
        help: ArgumentHelp(
            """
            Don't tell drift there: in a member of the body by its JSON Pointer, * for any name or index, or in the header \
            field of that name. May be given often.
            """, valueName: "place"))
    var ignore: [String] = []

    @Flag(help: "Print one JSON object instead of lines; Recordings/README.md tells its members.")
    var json = false

    @Option(help: ArgumentHelp("Write what is found to this file too, as a JUnit report.", valueName: "file"))
    var junit: String?

    @Argument(help: ArgumentHelp("Folders of recordings, or with some.", valueName: "path"))
    var paths: [String]

    func validate() throws {
        guard UpstreamAddress(upstream) != nil else {
            throw ValidationError("--upstream is no http or https URL of a host: \(upstream)")
        }
        guard IgnoredDrift(ignore) != nil else {
            throw ValidationError(
                "--ignore takes a JSON Pointer, such as /candidates/*/mood, or the name of a header field.")
        }
    }

    func run() throws {
        let recordings = try paths.flatMap(read)
        guard let key = UpstreamAccess.key else {
            Output.error(
                "gemini-mock: there is no key in GOOGLE_API_KEY or GEMINI_API_KEY to ask the upstream with")
            throw ExitCode(VerifyCommand.unverified)
        }
        let client = try makeClient(key)
        defer { client.stop() }
        let ignored = IgnoredDrift(ignore) ?? IgnoredDrift()
        let verifier = Verifier(seconds: timeout, ignoring: ignored) { client.answer(to: $0, at: $1) }
        var report = DriftReport(upstream: upstream)
        for (path, recording) in recordings {
            report.recordings.append(verifier.verify(recording, path: path))
        }
        if json {
            Output.line(String(decoding: report.json.bytes(.pretty), as: UTF8.self))
        } else {
            for line in report.lines { Output.line(line) }
        }
        if let junit, let why = JUnitReport(report).write(to: junit) {
            Output.error("gemini-mock: can't write the report \(junit): \(why)")
            throw ExitCode(EX_IOERR)
        }
        switch report.verdict {
        case .none: break
        case .drift: throw ExitCode(1)
        case .unverified: throw ExitCode(VerifyCommand.unverified)
        }
    }

    private static let unverified: Int32 = 2

    /// - Throws: exit code 65 or 66; why is told.
    private func read(_ path: String) throws -> [(path: String, recording: Recording)] {
        let folders = RecordingCheck.folders(at: path)
        guard !folders.isEmpty else {
            Output.error("gemini-mock: there is no recording in \(path)")
            throw ExitCode(EX_NOINPUT)
        }
        return try folders.map { folder in
            do {
                return (folder.path, try folder.read())
            } catch {
                Output.error("\(error)")
                throw ExitCode(EX_DATAERR)
            }
        }
    }

    private func makeClient(_ key: String) throws -> UpstreamClient {
        guard let address = UpstreamAddress(upstream) else { throw ExitCode(EX_USAGE) }
        var configuration = UpstreamClient.Configuration(upstream: address, key: key)
        configuration.authorityFile = try UpstreamAccess.authorityFile(upstreamCa)
        configuration.seconds = timeout
        do {
            return try UpstreamClient(configuration)
        } catch {
            Output.error("gemini-mock: \(error)")
            throw ExitCode(EX_UNAVAILABLE)
        }
    }
}
