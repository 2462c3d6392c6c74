// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import GeminiMock
import Logging
import MicroHTTP

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The way of the commands to this user's authority. What fails is told; exit code 64 for a name that it may not vouch for, 65
/// where its files aren't used, 69 where they can't be read or written.
enum AuthorityAccess {
    /// - Throws: exit code 69.
    static func folder() throws -> AuthorityFolder {
        let environment = CommandEnvironment.inherited
        guard
            let folder = AuthorityFolder.standard(
                dataHome: environment["XDG_DATA_HOME"], home: environment["HOME"])
        else {
            Output.error(
                "gemini-mock: neither HOME nor XDG_DATA_HOME says where the authority is kept; set one of them"
            )
            throw ExitCode(EX_UNAVAILABLE)
        }
        return folder
    }

    /// Made where there is none yet.
    static func authority(for names: [TLSName], _ logger: Logger?) throws -> TLSAuthority {
        let folder = try folder()
        return try told {
            let (authority, origin) = try folder.authority(for: names)
            switch origin {
            case .found: break
            case .made: logger?.notice("made \"\(authority.name)\": \(folder.certificateFile)")
            case .renewed:
                logger?.warning(
                    "\"\(authority.name)\" was about to expire; `gemini-mock ca install` brings the new one to where it is installed"
                )
            }
            return authority
        }
    }

    static func certificate(for names: [TLSName], _ logger: Logger) throws -> TLSCertificate {
        let authority = try authority(for: names, logger)
        return try told { try authority.certificate(for: names, now: time(nil)) }
    }

    /// What clients are told to trust a server by; nil where its certificate is somebody else's affair.
    static func files(of configuration: MockServer.Configuration) throws -> TrustFiles? {
        configuration.authorityFile == nil ? nil : TrustFiles(try folder())
    }

    static func replaced(for names: [TLSName]) throws -> TLSAuthority {
        let folder = try folder()
        return try told { try folder.replace(for: names) }
    }

    /// - Throws: `ValidationError`.
    static func names(_ texts: [String]) throws -> [TLSName] {
        try texts.map { text in
            guard let name = TLSName(text) else {
                throw ValidationError("--tls-name is no host and no address: \(text)")
            }
            return name
        }
    }

    private static func told<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as TLSAuthorityError {
            Output.error("gemini-mock: \(error)")
            switch error.code {
            case .nameNotPermitted: throw ExitCode(EX_USAGE)
            case .fileUnsafe: throw ExitCode(EX_DATAERR)
            case .folderUnusable, .libraryFailed: throw ExitCode(EX_UNAVAILABLE)
            }
        }
    }
}
