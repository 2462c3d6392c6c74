// SPDX-License-Identifier: Apache-2.0

import HTTPWire

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A certificate, with those that vouch for it behind it, and its private key, both in PEM.
public struct TLSCertificate: Sendable {
    private enum Source: Sendable {
        case file(String)
        case bytes([UInt8])

        var path: String? {
            if case .file(let path) = self { path } else { nil }
        }
    }

    private let certificate: Source
    private let key: Source

    /// In files, which are read when a server starts.
    public init(certificateFile: String, keyFile: String) {
        certificate = .file(certificateFile)
        key = .file(keyFile)
    }

    public init(certificate: [UInt8], key: [UInt8]) {
        self.certificate = .bytes(certificate)
        self.key = .bytes(key)
    }

    /// Reads both and looks whether they can be used together.
    ///
    /// - Throws: `HTTPServerError`, with the file's name.
    func loaded() throws(HTTPServerError) -> LoadedCertificate {
        let (certificatePEM, keyPEM) = (
            try TLSCertificate.read(certificate, TLSCertificate.certificateName),
            try TLSCertificate.read(key, TLSCertificate.keyName)
        )
        let loaded = LoadedCertificate(certificate: certificatePEM, key: keyPEM)
        if let reason = loaded.problemOfCertificate {
            throw .unusable(
                TLSCertificate.certificateName, certificate.path, "is no certificate in PEM", reason)
        }
        if let reason = loaded.problemOfKey {
            throw .unusable(
                TLSCertificate.keyName, key.path, "is no private key in PEM without a password", reason)
        }
        if let reason = loaded.problemOfPair {
            let whose = certificate.path.map { "the certificate in \($0)" } ?? "the certificate"
            throw .unusable(TLSCertificate.keyName, key.path, "isn't that of \(whose)", reason)
        }
        return loaded
    }

    private static let certificateName = "the TLS certificate"
    private static let keyName = "the TLS key"
    /// Longer than any chain of certificates.
    private static let largestFile = 1 << 20

    private static func read(_ source: Source, _ name: String) throws(HTTPServerError) -> [UInt8] {
        switch source {
        case .bytes(let bytes): return bytes
        case .file(let path):
            let descriptor = open(path, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { throw .unreadable(name, path, errno: errno) }
            defer { close(descriptor) }
            guard let bytes = OpenFile.bytes(of: descriptor, atMost: largestFile) else {
                throw .unreadable(name, path, errno: errno)
            }
            return bytes
        }
    }
}
