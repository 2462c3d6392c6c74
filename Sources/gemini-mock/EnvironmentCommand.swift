// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import HTTPWire

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// `gemini-mock env`: what `run` sets for its command, for a shell and a server that runs already.
struct EnvironmentCommand: ParsableCommand {
    /// The language of the lines.
    enum Shell: String, CaseIterable, ExpressibleByArgument {
        case sh
        case fish
    }

    static let configuration = CommandConfiguration(
        commandName: "env",
        abstract: "Print the variables that lead clients to a server that runs, for a shell.",
        discussion: """
            eval "$(gemini-mock env)" sets them in a shell, gemini-mock env --shell fish | source in fish. They are those \
            that run sets for its command; with --intercept those by which clients with the API's host compiled in come to a \
            server with --proxy. What is set so already isn't printed, nor is a key that is there.

            Exit codes: 0 done, 64 bad usage, 65 that is no ready line, 66 the file can't be read, 69 no server answers, or \
            it has no proxy.
            """
    )

    @Option(help: ArgumentHelp("The server's URL, by HTTP; its admin API is asked.", valueName: "url"))
    var server = "http://127.0.0.1:8787"

    @Option(
        help: ArgumentHelp(
            "A file with the line that serve --json has printed, or - for standard input, instead of asking.",
            valueName: "file"))
    var ready: String?

    @Option(help: ArgumentHelp("The key of the admin API, where the server wants one.", valueName: "key"))
    var adminKey: String?

    @Flag(help: "Lead https://generativelanguage.googleapis.com to the server, by its proxy.")
    var intercept = false

    @Option(help: "Whose language the lines are in.")
    var shell = Shell.sh

    func validate() throws {
        guard ServerAddress(server) != nil else {
            throw ValidationError("--server is no http URL of a host: \(server)")
        }
        guard adminKey?.utf8.allSatisfy({ 0x21...0x7E ~= $0 }) ?? true else {
            throw ValidationError("--admin-key has characters that no key has.")
        }
    }

    func run() throws {
        let facts = try facts()
        guard let url = facts["baseURL"]?.string else {
            throw EnvironmentCommand.failure(EX_DATAERR, "there is no baseURL in what the server says")
        }
        let before = CommandEnvironment.inherited
        var after = before.pointed(at: url, overTLS: facts["tlsBaseURL"]?.string, keys: nil)
        if intercept {
            guard let proxy = facts["proxyURL"]?.string else {
                throw EnvironmentCommand.failure(
                    EX_UNAVAILABLE, "\(url) has no proxy; it is started with --proxy")
            }
            let files = facts["authorityFile"]?.string.map { TrustFiles(authority: $0) }
            after.intercept(by: proxy, trusting: files)
        }
        for line in EnvironmentCommand.lines(before, after, shell) { Output.line(line) }
    }

    /// What the ready line, or the admin API, says of the server.
    private func facts() throws -> JSONView {
        let text: [UInt8]
        if let ready {
            guard let content = KeyList.contents(of: ready == "-" ? "/dev/stdin" : ready) else {
                throw EnvironmentCommand.failure(
                    EX_NOINPUT, "can't read \(ready): \(String(cString: strerror(errno)))")
            }
            text = Array((content.split(whereSeparator: \.isNewline).first ?? "").utf8)
        } else {
            text = try asked()
        }
        guard let document = try? JSONDocument(parsing: text), document.root["baseURL"] != nil else {
            throw EnvironmentCommand.failure(
                EX_DATAERR, "that isn't what a gemini-mock says when it is ready")
        }
        return document.root
    }

    private func asked() throws -> [UInt8] {
        guard let address = ServerAddress(server) else { throw ExitCode(EX_USAGE) }
        let fields = adminKey.map { ["X-Gemini-Mock-Admin-Key: \($0)"] } ?? []
        guard let (status, body) = address.get("/__admin/ready", fields) else {
            throw EnvironmentCommand.failure(
                EX_UNAVAILABLE, "no server answers at \(server); --server names another")
        }
        guard status == 200 else {
            throw EnvironmentCommand.failure(
                EX_UNAVAILABLE, "the admin API at \(server) answers with \(status)")
        }
        return body
    }

    private static func failure(_ code: Int32, _ why: String) -> ExitCode {
        Output.error("gemini-mock: \(why)")
        return ExitCode(code)
    }

    // MARK: Lines

    private static func lines(_ before: CommandEnvironment, _ after: CommandEnvironment, _ shell: Shell)
        -> [String]
    {
        let names = Set((before.variables + after.variables).map { $0.prefix { $0 != "=" } }.map(String.init))
        let hasKey = CommandEnvironment.keyNames.contains { before[$0] != nil }
        return names.sorted().compactMap { name in
            // A key that is there may be somebody's own, and this may be on a screen.
            if hasKey, CommandEnvironment.keyNames.contains(name) { return nil }
            guard after[name] != before[name] else { return nil }
            return after[name].map { assignment(name, $0, shell) } ?? removal(name, shell)
        }
    }

    private static func assignment(_ name: String, _ value: String, _ shell: Shell) -> String {
        var quoted = ""
        for character in value.unicodeScalars {
            switch (character, shell) {
            case ("'", .sh): quoted += "'\\''"
            case ("'", .fish), ("\\", .fish): quoted += "\\\(character)"
            default: quoted.unicodeScalars.append(character)
            }
        }
        return shell == .sh ? "export \(name)='\(quoted)'" : "set -gx \(name) '\(quoted)'"
    }

    private static func removal(_ name: String, _ shell: Shell) -> String {
        shell == .sh ? "unset \(name)" : "set -e \(name)"
    }
}
