// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import MicroHTTP

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// `gemini-mock ca`: the authority that vouches for the certificates of `--tls`.
struct AuthorityCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ca",
        abstract: "Show the authority behind --tls, or let this system trust it.",
        discussion: """
            It is made once, kept under XDG_DATA_HOME (~/.local/share, on macOS ~/Library/Application Support) for this \
            user alone, and may vouch for nothing but generativelanguage.googleapis.com, localhost, 127.0.0.1, ::1 and \
            what --tls-name named when it was made: who trusts it is in no danger elsewhere.

            Exit codes: 0 done, 64 bad usage or no consent, 65 a file in its folder isn't safe to use, 69 the folder, or \
            the system's list, can't be used.
            """,
        subcommands: [Print.self, Path.self, Install.self, Uninstall.self, Replace.self]
    )

    struct Print: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "print", abstract: "Print the authority's certificate (PEM).")

        func run() throws {
            let authority = try AuthorityAccess.authority(for: [], nil)
            guard Output.write(authority.certificate, to: STDOUT_FILENO) else { throw ExitCode(EX_IOERR) }
        }
    }

    struct Path: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "path",
            abstract: "Print the path of the authority's certificate (PEM), and nothing else.")

        @Flag(
            help: """
                The path of the system's authorities and this one, for variables that replace what a client trusts: \
                SSL_CERT_FILE, REQUESTS_CA_BUNDLE, CURL_CA_BUNDLE.
                """)
        var bundle = false

        func run() throws {
            _ = try AuthorityAccess.authority(for: [], nil)
            let folder = try AuthorityAccess.folder()
            Output.line(bundle ? folder.bundleFile : folder.certificateFile)
        }
    }

    struct Install: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "install",
            abstract: "Let this system trust the authority, once you have agreed.",
            discussion: """
                Debian, Ubuntu and their kin: for all users, by update-ca-certificates. macOS: for this user, in the \
                login keychain. It tells what it is going to do and asks.
                """)

        @OptionGroup var consent: Consent

        func run() throws {
            let authority = try AuthorityAccess.authority(for: [], nil)
            let file = try AuthorityAccess.folder().certificateFile
            let bounds = authority.permitted.map(\.description).joined(separator: ", ")
            try consent.carryOut(
                try TrustStore.here().installing(authority, file),
                "This lets programs trust \"\(authority.name)\" for \(bounds), and nothing else:")
        }
    }

    struct Uninstall: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "uninstall",
            abstract: "Let this system no longer trust the authority. Its files stay.")

        @OptionGroup var consent: Consent

        func run() throws {
            let authority = try AuthorityAccess.authority(for: [], nil)
            let file = try AuthorityAccess.folder().certificateFile
            try consent.carryOut(
                try TrustStore.here().uninstalling(authority, file),
                "This ends the trust in \"\(authority.name)\":")
        }
    }

    struct Replace: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "replace",
            abstract: "Make a new authority in the place of the one that is there.",
            discussion: """
                What trusted the old one doesn't trust the new one; uninstall the old one before, where it is \
                installed. Servers that run go on with the old one.
                """)

        @Option(
            help: ArgumentHelp(
                "A host, with all below it, or an address that it may vouch for, besides the usual. Repeatable.",
                valueName: "name"))
        var tlsName: [String] = []

        func validate() throws { _ = try AuthorityAccess.names(tlsName) }

        func run() throws {
            let authority = try AuthorityAccess.replaced(for: try AuthorityAccess.names(tlsName))
            // Such as "com": whoever has the key could then sign for all of it.
            for name in tlsName where !name.contains(where: { ".:".contains($0) }) && name != "localhost" {
                Output.error(
                    "gemini-mock: warning: the authority may vouch for all hosts below \"\(name)\", too")
            }
            Output.line(
                "\(authority.name) may vouch for \(authority.permitted.map(\.description).joined(separator: ", "))"
            )
        }
    }
}
