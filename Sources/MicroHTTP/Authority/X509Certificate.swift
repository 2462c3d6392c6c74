// SPDX-License-Identifier: Apache-2.0

import CGnuTLS

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A certificate of GnuTLS. For one thread, as long as it is made or read.
final class X509Certificate {
    let certificate: gnutls_x509_crt_t

    private init(empty operation: String) throws(TLSAuthorityError) {
        var certificate: gnutls_x509_crt_t?
        try GnuTLSResult.check(gnutls_x509_crt_init(&certificate), operation)
        guard let certificate else { throw .library(operation, "no memory") }
        self.certificate = certificate
    }

    deinit { gnutls_x509_crt_deinit(certificate) }

    // MARK: Read

    convenience init(pem: [UInt8]) throws(TLSAuthorityError) {
        try self.init(empty: "read a certificate")
        let result = GnuTLSResult.withDatum(pem) { datum in
            gnutls_x509_crt_import(certificate, &datum, GNUTLS_X509_FMT_PEM)
        }
        try GnuTLSResult.check(result, "read the certificate")
    }

    func pem() throws(TLSAuthorityError) -> [UInt8] {
        defer { withExtendedLifetime(self) {} }
        return try GnuTLSResult.text("write a certificate") {
            gnutls_x509_crt_export2(certificate, GNUTLS_X509_FMT_PEM, $0)
        }
    }

    /// In seconds since 1970.
    var expires: Int { withExtendedLifetime(self) { gnutls_x509_crt_get_expiration_time(certificate) } }

    /// SHA-1 of the public key, as which authorities are told apart (RFC 5280 4.2.1.2).
    func keyID() throws(TLSAuthorityError) -> [UInt8] {
        defer { withExtendedLifetime(self) {} }
        var (id, size) = ([UInt8](repeating: 0, count: 20), 20)
        try GnuTLSResult.check(gnutls_x509_crt_get_key_id(certificate, 0, &id, &size), "tell a key's number")
        return Array(id.prefix(size))
    }

    func belongs(to key: X509Key) throws(TLSAuthorityError) -> Bool {
        defer { withExtendedLifetime((self, key)) {} }
        var (id, size) = ([UInt8](repeating: 0, count: 20), 20)
        try GnuTLSResult.check(gnutls_x509_privkey_get_key_id(key.key, 0, &id, &size), "tell a key's number")
        return try keyID() == Array(id.prefix(size))
    }

    /// The names that it may vouch for; none where it isn't bound to any.
    func permittedNames() throws(TLSAuthorityError) -> [TLSName] {
        defer { withExtendedLifetime(self) {} }
        return try X509Constraints(of: certificate).permitted
    }

    // MARK: Made

    /// What stands in every certificate.
    struct Terms {
        let name: String
        /// In seconds since 1970.
        let begins: Int
        let expires: Int
        let key: X509Key
    }

    /// One that vouches for `permitted` and nothing else, for servers alone; signed by itself.
    static func authority(_ terms: Terms, permitted: [TLSName]) throws(TLSAuthorityError) -> X509Certificate {
        let made = try X509Certificate(terms)
        defer { withExtendedLifetime(made) {} }
        let certificate = made.certificate
        let making = "make an authority"
        // No authority below it.
        try GnuTLSResult.check(gnutls_x509_crt_set_basic_constraints(certificate, 1, 0), making)
        let usage = UInt32(GNUTLS_KEY_KEY_CERT_SIGN | GNUTLS_KEY_CRL_SIGN)
        try GnuTLSResult.check(gnutls_x509_crt_set_key_usage(certificate, usage), making)
        try GnuTLSResult.check(
            gnutls_x509_crt_set_key_purpose_oid(certificate, GNUTLS_KP_TLS_WWW_SERVER, 0), making)
        try X509Constraints.set(permitted, on: certificate)
        try made.sign(by: made, terms.key)
        return made
    }

    /// One for a server, signed by an authority.
    static func leaf(
        _ terms: Terms, names: [TLSName], by authority: X509Certificate, _ authorityKey: X509Key
    ) throws(TLSAuthorityError) -> X509Certificate {
        let made = try X509Certificate(terms)
        defer { withExtendedLifetime(made) {} }
        let certificate = made.certificate
        let making = "make a certificate"
        try GnuTLSResult.check(gnutls_x509_crt_set_basic_constraints(certificate, 0, -1), making)
        try GnuTLSResult.check(
            gnutls_x509_crt_set_key_usage(certificate, UInt32(GNUTLS_KEY_DIGITAL_SIGNATURE)), making)
        try GnuTLSResult.check(
            gnutls_x509_crt_set_key_purpose_oid(certificate, GNUTLS_KP_TLS_WWW_SERVER, 0), making)
        for name in names {
            let kind =
                switch name {
                case .host: GNUTLS_SAN_DNSNAME
                case .address: GNUTLS_SAN_IPADDRESS
                }
            let bytes = name.bytes
            try GnuTLSResult.check(
                gnutls_x509_crt_set_subject_alt_name(
                    certificate, kind, bytes, UInt32(bytes.count), UInt32(GNUTLS_FSAN_APPEND)), making)
        }
        try made.sign(by: authority, authorityKey)
        return made
    }

    private convenience init(_ terms: Terms) throws(TLSAuthorityError) {
        let making = "make a certificate"
        try self.init(empty: making)
        defer { withExtendedLifetime((self, terms)) {} }
        try GnuTLSResult.check(gnutls_x509_crt_set_version(certificate, 3), making)
        var serial = [UInt8](repeating: 0, count: 16)
        try GnuTLSResult.check(gnutls_rnd(GNUTLS_RND_NONCE, &serial, serial.count), making)
        // A number above 0, as long as it says (RFC 5280 4.1.2.2).
        serial[0] = serial[0] & 0x3F | 0x40
        try GnuTLSResult.check(gnutls_x509_crt_set_serial(certificate, serial, serial.count), making)
        try GnuTLSResult.check(gnutls_x509_crt_set_activation_time(certificate, terms.begins), making)
        try GnuTLSResult.check(gnutls_x509_crt_set_expiration_time(certificate, terms.expires), making)
        for (oid, text) in [
            (GNUTLS_OID_X520_ORGANIZATION_NAME, "gemini-mock"), (GNUTLS_OID_X520_COMMON_NAME, terms.name),
        ] {
            try GnuTLSResult.check(
                gnutls_x509_crt_set_dn_by_oid(certificate, oid, 0, text, UInt32(text.utf8.count)), making)
        }
        try GnuTLSResult.check(gnutls_x509_crt_set_key(certificate, terms.key.key), making)
        // Python 3.13 and later want both (RFC 5280 4.2.1.1, 4.2.1.2).
        let id = try keyID()
        try GnuTLSResult.check(gnutls_x509_crt_set_subject_key_id(certificate, id, id.count), making)
    }

    private func sign(by issuer: X509Certificate, _ key: X509Key) throws(TLSAuthorityError) {
        // Swift may let go of them once their pointers are read.
        defer { withExtendedLifetime((issuer, key)) {} }
        let id = try issuer.keyID()
        try GnuTLSResult.check(
            gnutls_x509_crt_set_authority_key_id(certificate, id, id.count), "sign a certificate")
        try GnuTLSResult.check(
            gnutls_x509_crt_sign2(certificate, issuer.certificate, key.key, GNUTLS_DIG_SHA256, 0),
            "sign a certificate")
    }
}
