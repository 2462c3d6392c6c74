// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import GeminiMock

/// What to serve HTTPS with; for every command that starts a server.
struct TLSOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Serve HTTPS too, with the certificate in this file (PEM; those that vouch for it behind it).",
            valueName: "file"))
    var tlsCert: String?

    @Option(help: ArgumentHelp("The certificate's private key (PEM, without a password).", valueName: "file"))
    var tlsKey: String?

    @Option(help: ArgumentHelp("Port of HTTPS; any free one without it, or with 0.", valueName: "port"))
    var tlsPort: UInt16?

    func validate() throws {
        guard (tlsCert == nil) == (tlsKey == nil) else {
            throw ValidationError("--tls-cert and --tls-key belong together.")
        }
        guard tlsPort == nil || tlsCert != nil else {
            throw ValidationError("--tls-port is of no use without --tls-cert and --tls-key.")
        }
    }

    func apply(to configuration: inout MockServer.Configuration) {
        guard let certificate else { return }
        configuration.certificate = certificate
        configuration.tlsPort = Int(tlsPort ?? 0)
    }

    /// Nil without HTTPS.
    var certificate: TLSCertificate? {
        guard let tlsCert, let tlsKey else { return nil }
        return TLSCertificate(certificateFile: tlsCert, keyFile: tlsKey)
    }
}
