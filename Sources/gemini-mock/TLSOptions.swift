// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import GeminiMock
import Logging
import MicroHTTP

/// What to serve HTTPS with; for every command that starts a server.
struct TLSOptions: ParsableArguments {
    @Flag(
        help: """
            Serve HTTPS too, for generativelanguage.googleapis.com, localhost, 127.0.0.1 and ::1, with a certificate of an \
            authority of this user's own; gemini-mock ca tells which.
            """)
    var tls = false

    @Option(
        help: ArgumentHelp(
            "Another host or address that the certificate of --tls is for. Repeatable.", valueName: "name"))
    var tlsName: [String] = []

    @Option(
        help: ArgumentHelp(
            "Serve HTTPS too, with the certificate in this file (PEM; those that vouch for it behind it).",
            valueName: "file"))
    var tlsCert: String?

    @Option(help: ArgumentHelp("The certificate's private key (PEM, without a password).", valueName: "file"))
    var tlsKey: String?

    @Option(
        help: ArgumentHelp("Port of HTTPS; any free one without it, or with 0.", valueName: "port"),
        transform: NumberOption.port)
    var tlsPort: UInt16?

    func validate() throws {
        guard (tlsCert == nil) == (tlsKey == nil) else {
            throw ValidationError("--tls-cert and --tls-key belong together.")
        }
        guard !tls || tlsCert == nil else {
            throw ValidationError("--tls makes a certificate, --tls-cert brings one: say one of them.")
        }
        _ = try AuthorityAccess.names(tlsName)
    }

    /// - Parameter isImplied: whether another option asks for HTTPS, with `--tls` unless there is `--tls-cert`.
    func checkUse(isImplied: Bool = false) throws {
        guard tlsName.isEmpty || usesAuthority(isImplied) else {
            throw ValidationError("--tls-name is of no use without --tls.")
        }
        guard tlsPort == nil || usesAuthority(isImplied) || tlsCert != nil else {
            throw ValidationError("--tls-port is of no use without --tls, or --tls-cert and --tls-key.")
        }
    }

    /// - Throws: the exit codes of `AuthorityAccess`; why is told.
    func apply(to configuration: inout MockServer.Configuration, isImplied: Bool = false) throws {
        guard let certificate = try certificate(configuration.logger, isImplied: isImplied) else { return }
        configuration.certificate = certificate
        configuration.tlsPort = Int(tlsPort ?? 0)
        if usesAuthority(isImplied) {
            configuration.authorityFile = try AuthorityAccess.folder().certificateFile
        }
    }

    /// The names of the certificate, but for the usual ones.
    func names() throws -> [TLSName] { try AuthorityAccess.names(tlsName) }

    private func usesAuthority(_ isImplied: Bool) -> Bool { tls || isImplied && tlsCert == nil }

    /// Nil without HTTPS.
    ///
    /// - Throws: the exit codes of `AuthorityAccess`; why is told.
    func certificate(_ logger: Logger, isImplied: Bool = false) throws -> TLSCertificate? {
        if usesAuthority(isImplied) {
            return try AuthorityAccess.certificate(for: AuthorityAccess.names(tlsName), logger)
        }
        guard let tlsCert, let tlsKey else { return nil }
        return TLSCertificate(certificateFile: tlsCert, keyFile: tlsKey)
    }
}
