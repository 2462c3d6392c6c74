// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import GeminiMock
import Logging
import MicroHTTP
import RecordReplay
import Recorder

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

struct RecordCommand: ParsableCommand {
    /// What becomes of a recording that is there.
    enum Mode: String, CaseIterable, ExpressibleByArgument {
        case none
        case once
        case new
        case all
    }

    static let configuration = CommandConfiguration(
        commandName: "record",
        abstract: "Pass requests on to a real server, and record what passes by.",
        discussion: """
            It listens like serve, or as long as the command behind -- runs. Each request goes to the upstream as it is, \
            the caller's key included; each answer comes back as it arrives. What has passed by is redacted and written \
            to a folder, which serve --recording answers from. Nothing else is ever sent to the upstream.

            --mode once records where there is no recording yet, and answers from the one that is there, as serve \
            --recording --strict does; none never records. new passes everything on and adds the requests that the \
            recording doesn't have; all puts a new recording in its place, at the end.

            Proxies (HTTPS_PROXY, NO_PROXY) and SSL_CERT_FILE are honoured. Clients need no certificate: they talk to \
            this machine by HTTP.

            Exit codes: 0 interrupted, or the command's own; 64 bad usage, 65 mistakes in the recording or a certificate \
            that can't be used, 66 an unreadable file, 69 can't listen or no libcurl, 73 the recording can't be written.
            """
    )

    @Option(
        help: ArgumentHelp(
            "Where requests go, such as https://generativelanguage.googleapis.com.", valueName: "url"))
    var upstream: String

    @Option(help: ArgumentHelp("The folder of the recording.", valueName: "folder"))
    var to: String

    @Option(help: "What becomes of a recording that is there.")
    var mode = Mode.once

    @OptionGroup var access: UpstreamOptions

    @Option(help: "Address to listen on.")
    var host = "127.0.0.1"

    @Option(
        help: "Port to listen on; 0 is any free one. 8787 without a command, any free one with it.",
        transform: NumberOption.port)
    var port: UInt16?

    @OptionGroup var tls: TLSOptions

    @OptionGroup var secrets: SecretOptions

    @Option(help: "What to log; debug tells each request.")
    var logLevel: Logger.Level = .notice

    @Flag(
        help: "Print one line of JSON instead of words: baseURL, port, pid, version; with HTTPS tlsBaseURL.")
    var json = false

    @Argument(
        parsing: .postTerminator,
        help: ArgumentHelp("Behind --: a program and its arguments.", valueName: "command"))
    var command: [String] = []

    func validate() throws {
        try tls.checkUse()
        guard UpstreamAddress(upstream) != nil else {
            throw ValidationError("--upstream is no http or https URL of a host: \(upstream)")
        }
    }

    func run() throws {
        let configuration = try serverConfiguration()
        let folder = RecordingFolder(to)
        let replays = mode == .none || mode == .once && folder.hasRecording
        // Before any thread is started, so that all of them inherit what is blocked.
        let passed = command.isEmpty ? nil : PassedSignals()
        let signals = command.isEmpty ? TerminationSignals() : nil
        let limits = DescriptorLimits()
        func serve(_ url: String, _ tlsURL: String?, _ port: Int) throws -> Int32 {
            if let passed { return try runCommand(url, tlsURL, passed, limits) }
            Output.line(greeting(url, tlsURL, port, replays: replays))
            signals?.wait()
            return 0
        }
        if replays {
            let server = try ServerStart.server(replayConfiguration(configuration))
            defer { server.stop() }
            let exitCode = try serve(server.baseURL, server.tlsBaseURL, server.port)
            if exitCode != 0 { throw ExitCode(exitCode) }
            return
        }
        let (writer, sink) = try openRecording(folder)
        let server = try start(configuration, sink)
        defer { server.stop() }
        let exitCode = try serve(server.baseURL, server.tlsBaseURL, server.port)
        server.stop()
        try finish(writer, server.counts, exitCode)
    }

    /// The same server with nothing behind it but the recording.
    private func replayConfiguration(_ recording: RecordingServer.Configuration) -> MockServer.Configuration {
        var configuration = MockServer.Configuration()
        configuration.host = recording.host
        configuration.port = recording.port
        configuration.certificate = recording.certificate
        configuration.tlsPort = recording.tlsPort
        configuration.recordings = [MockRecording(path: to)]
        configuration.refusesUnmatched = true
        configuration.logger = recording.logger
        return configuration
    }

    private func serverConfiguration() throws -> RecordingServer.Configuration {
        guard let address = UpstreamAddress(upstream) else { throw ExitCode(EX_USAGE) }
        var configuration = RecordingServer.Configuration(upstream: address, folder: to)
        configuration.logger = ServerStart.logger(logLevel)
        configuration.host = host
        configuration.port = Int(port ?? (command.isEmpty ? 8787 : 0))
        configuration.certificate = try tls.certificate(configuration.logger)
        configuration.tlsPort = Int(tls.tlsPort ?? 0)
        configuration.redaction = try secrets.redaction()
        try access.apply(to: &configuration)
        return configuration
    }

    /// - Throws: exit code 73; why is told.
    private func openRecording(_ folder: RecordingFolder) throws -> (RecordingWriter, any ExchangeSink) {
        do {
            let recording = Recording(name: folder.name, upstream: upstream, made: RecordCommand.now)
            let earlier = mode == .new && folder.hasRecording ? try folder.read() : nil
            let writer = try RecordingWriter(recording, to: folder, mode: mode == .new ? .append : .replace)
            RecordCommand.tell(writer.recovery, in: to)
            return (writer, earlier.map { NewExchanges(besides: $0, to: writer) } ?? writer)
        } catch {
            Output.error("gemini-mock: \(error)")
            throw ExitCode(EX_CANTCREAT)
        }
    }

    /// Tells what was found of a recorder that was killed.
    static func tell(_ recovery: RecordingWriter.Recovery?, in folder: String) {
        switch recovery {
        case .added(let count):
            let exchanges = count == 1 ? "1 exchange" : "\(count) exchanges"
            Output.error(
                "gemini-mock: \(exchanges) of a recorder that was killed \(count == 1 ? "is" : "are") in \(folder) now"
            )
        case .besides(_, let file), .unreadable(let file):
            Output.error("gemini-mock: what a recorder that was killed has left is in \(file)")
        case nil: break
        }
    }

    /// - Throws: exit code 65 or 66 for certificates, 69; why is told.
    private func start(_ configuration: RecordingServer.Configuration, _ sink: any ExchangeSink) throws
        -> RecordingServer
    {
        do {
            return try RecordingServer(configuration, to: sink)
        } catch {
            Output.error("gemini-mock: \(error)")
            guard case .cannotListen(let error) = error else { throw ExitCode(EX_UNAVAILABLE) }
            switch error.code {
            case .certificateUnreadable: throw ExitCode(EX_NOINPUT)
            case .certificateUnusable: throw ExitCode(EX_DATAERR)
            case .addressUnknown, .addressInUse, .addressNotPermitted, .libraryFailed:
                throw ExitCode(EX_UNAVAILABLE)
            }
        }
    }

    private func runCommand(
        _ url: String, _ tlsURL: String?, _ signals: PassedSignals, _ limits: DescriptorLimits?
    ) throws -> Int32 {
        let environment = CommandEnvironment.inherited.pointed(at: url, overTLS: tlsURL, keys: nil)
        let raised = DescriptorLimits()
        limits?.set()
        defer { raised?.set() }
        do {
            return try CommandProcess(command, environment: environment.variables, signals: signals)
                .exitCode()
        } catch {
            Output.error("gemini-mock: \(error.description)")
            throw ExitCode(error.exitCode)
        }
    }

    /// - Throws: the exit code where it isn't 0.
    private func finish(_ writer: RecordingWriter, _ counts: (recorded: Int, lost: Int), _ exitCode: Int32)
        throws
    {
        guard counts.recorded > 0 || mode == .new else {
            // An earlier recording isn't worth less than nothing.
            writer.discard()
            Output.error("gemini-mock: nothing was recorded")
            throw ExitCode(exitCode != 0 ? exitCode : counts.lost > 0 ? EX_CANTCREAT : 0)
        }
        if counts.lost > 0, mode != .new, RecordingFolder(to).hasRecording {
            // Half of a new one isn't worth more than all of an earlier one.
            let part = writer.leave()
            Output.error(
                """
                gemini-mock: \(counts.lost) exchanges couldn't be recorded, so the earlier recording in \(to) is as it was; \
                the others are in \(part)
                """)
            throw ExitCode(exitCode == 0 ? EX_CANTCREAT : exitCode)
        }
        do {
            try writer.finish()
        } catch {
            Output.error("gemini-mock: \(error)")
            throw ExitCode(exitCode == 0 ? EX_CANTCREAT : exitCode)
        }
        let count = writer.count == 1 ? "1 exchange is" : "\(writer.count) exchanges are"
        Output.error("gemini-mock: \(count) in \(to)")
        if counts.lost > 0 { Output.error("gemini-mock: \(counts.lost) exchanges couldn't be recorded") }
        if exitCode != 0 { throw ExitCode(exitCode) }
        if counts.lost > 0 { throw ExitCode(EX_CANTCREAT) }
    }

    private func greeting(_ url: String, _ tlsURL: String?, _ port: Int, replays: Bool) -> String {
        if json {
            let tls = tlsURL.map { #","tlsBaseURL":"\#($0)""# } ?? ""
            return """
                {"baseURL":"\(url)","port":\(port),"pid":\(getpid()),"version":"\(geminiMockVersion)"\(tls)}
                """
        }
        let urls = ([url] + [tlsURL].compactMap(\.self)).joined(separator: " and ")
        let what = replays ? "replays \(to) on \(urls)" : "records what passes \(urls)"
        return """
            gemini-mock \(geminiMockVersion) \(what) (Ctrl-C to stop). Point Google's clients at it:
            export GOOGLE_GEMINI_BASE_URL=\(url)
            """
    }

    /// RFC 3339, in whole seconds.
    static var now: String {
        var seconds = time(nil)
        var parts = tm()
        gmtime_r(&seconds, &parts)
        func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return """
            \(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))\
            T\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))Z
            """
    }
}
