// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import MicroHTTP

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The list of authorities that this system trusts, and the commands that change it.
enum TrustStore {
    /// Debian, Ubuntu and their kin: `update-ca-certificates(8)`.
    case debian(isRoot: Bool)
    /// The login keychain of macOS: `security(1)`.
    case keychain(home: String)

    /// - Throws: exit code 69 where there is none that is known.
    static func here() throws -> TrustStore {
        #if os(macOS)
            return .keychain(home: CommandEnvironment.inherited["HOME"] ?? "")
        #else
            guard SystemCommand.isThere("update-ca-certificates") else {
                Output.error(
                    """
                    gemini-mock: this system has no update-ca-certificates (package ca-certificates); `gemini-mock ca path` \
                    names the file that is to be trusted
                    """)
                throw ExitCode(EX_UNAVAILABLE)
            }
            return .debian(isRoot: geteuid() == 0)
        #endif
    }

    /// - Parameter file: the authority's certificate.
    func installing(_ authority: TLSAuthority, _ file: String) -> [[String]] {
        switch self {
        case .debian(let isRoot):
            asRoot(
                [
                    ["install", "-m", "0644", file, TrustStore.debianFile(authority)],
                    ["update-ca-certificates"],
                ], isRoot)
        case .keychain(let home):
            [["security", "add-trusted-cert", "-r", "trustRoot", "-k", TrustStore.keychain(home), file]]
        }
    }

    func uninstalling(_ authority: TLSAuthority, _ file: String) -> [[String]] {
        switch self {
        case .debian(let isRoot):
            asRoot([["rm", "-f", TrustStore.debianFile(authority)], ["update-ca-certificates"]], isRoot)
        case .keychain(let home):
            [
                ["security", "remove-trusted-cert", file],
                ["security", "delete-certificate", "-c", authority.name, TrustStore.keychain(home)],
            ]
        }
    }

    /// Run as another user, this program would look for another user's authority.
    private func asRoot(_ commands: [[String]], _ isRoot: Bool) -> [[String]] {
        isRoot ? commands : commands.map { ["sudo"] + $0 }
    }

    private static func debianFile(_ authority: TLSAuthority) -> String {
        let name = authority.name.split(separator: " ").joined(separator: "-")
        return "/usr/local/share/ca-certificates/\(name).crt"
    }

    private static func keychain(_ home: String) -> String { "\(home)/Library/Keychains/login.keychain-db" }
}
