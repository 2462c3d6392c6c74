// SPDX-License-Identifier: Apache-2.0

import CGnuTLS

/// A private key of GnuTLS. For one thread, as long as a certificate is made or read.
final class X509Key {
    let key: gnutls_x509_privkey_t

    private init(empty operation: String) throws(TLSAuthorityError) {
        var key: gnutls_x509_privkey_t?
        try GnuTLSResult.check(gnutls_x509_privkey_init(&key), operation)
        guard let key else { throw .library(operation, "no memory") }
        self.key = key
    }

    deinit { gnutls_x509_privkey_deinit(key) }

    /// A new one: P-256, which every client knows, and which takes no time to make.
    static func make() throws(TLSAuthorityError) -> X509Key {
        let made = try X509Key(empty: "make a key")
        defer { withExtendedLifetime(made) {} }
        // What `GNUTLS_CURVE_TO_BITS` makes of the curve.
        let curve = UInt32(bitPattern: 1 << 31) | GNUTLS_ECC_CURVE_SECP256R1.rawValue
        try GnuTLSResult.check(
            gnutls_x509_privkey_generate(made.key, GNUTLS_PK_ECDSA, curve, 0), "make a key")
        return made
    }

    /// - Parameter pem: the first key in it is taken.
    convenience init(pem: [UInt8]) throws(TLSAuthorityError) {
        try self.init(empty: "read a key")
        let result = GnuTLSResult.withDatum(pem) { datum in
            gnutls_x509_privkey_import2(key, &datum, GNUTLS_X509_FMT_PEM, nil, 0)
        }
        try GnuTLSResult.check(result, "read the key")
    }

    /// PKCS #8, without a password.
    func pem() throws(TLSAuthorityError) -> [UInt8] {
        defer { withExtendedLifetime(self) {} }
        return try GnuTLSResult.text("write a key") {
            gnutls_x509_privkey_export2_pkcs8(key, GNUTLS_X509_FMT_PEM, nil, GNUTLS_PKCS_PLAIN.rawValue, $0)
        }
    }
}
