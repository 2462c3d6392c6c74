// SPDX-License-Identifier: Apache-2.0

/// The authorities that this system trusts.
enum SystemAuthorities {
    /// Of Debian and Ubuntu, Fedora and its kin (two), SUSE, Alpine and macOS, Homebrew (two).
    private static let files = [
        "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt",
        "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", "/etc/ssl/ca-bundle.pem", "/etc/ssl/cert.pem",
        "/opt/homebrew/etc/ca-certificates/cert.pem", "/usr/local/etc/ca-certificates/cert.pem",
    ]

    /// In bytes; they are a quarter of a megabyte.
    static let largestFile = 8 << 20

    /// All in PEM, with the end of a line behind the last; empty where there are none.
    static func pem() -> [UInt8] {
        for file in files {
            guard let bytes = try? WholeFile.read(file, atMost: largestFile), !bytes.isEmpty,
                bytes.count <= largestFile
            else { continue }
            return bytes.last == UInt8(ascii: "\n") ? bytes : bytes + [UInt8(ascii: "\n")]
        }
        return []
    }
}
