// SPDX-License-Identifier: Apache-2.0

import CGnuTLS
import Foundation

/// A certificate for `localhost` and 127.0.0.1 and the authority that vouches for it, made once for all tests of a process
/// and never stored.
public struct TestCertificate: Sendable {
    /// All in PEM.
    public let authority: [UInt8]
    public let certificate: [UInt8]
    public let key: [UInt8]

    public static let shared = TestCertificate()
    /// Another one, whose key doesn't fit.
    public static let other = TestCertificate()

    private init() {
        let (authorityKey, leafKey) = (TestCertificate.makeKey(), TestCertificate.makeKey())
        let authority = TestCertificate.sign(authorityKey, name: "made-up authority", issuer: nil)
        let leaf = TestCertificate.sign(leafKey, name: "localhost", issuer: (authority, authorityKey))
        defer {
            for certificate in [authority, leaf] { gnutls_x509_crt_deinit(certificate) }
            for key in [authorityKey, leafKey] { gnutls_x509_privkey_deinit(key) }
        }
        self.authority = TestCertificate.text { gnutls_x509_crt_export2(authority, GNUTLS_X509_FMT_PEM, $0) }
        certificate = TestCertificate.text { gnutls_x509_crt_export2(leaf, GNUTLS_X509_FMT_PEM, $0) }
        key = TestCertificate.text { gnutls_x509_privkey_export2(leafKey, GNUTLS_X509_FMT_PEM, $0) }
    }

    /// Writes the three into a new folder, for programs that want files.
    public func write() throws -> (folder: String, authority: String, certificate: String, key: String) {
        let folder = TemporaryPath.next
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        let files = [("authority", authority), ("certificate", certificate), ("key", key)].map {
            ("\(folder)/\($0).pem", $1)
        }
        for (path, text) in files { try Data(text).write(to: URL(fileURLWithPath: path)) }
        return (folder, files[0].0, files[1].0, files[2].0)
    }

    private static func makeKey() -> gnutls_x509_privkey_t {
        var key: gnutls_x509_privkey_t?
        check(gnutls_x509_privkey_init(&key))
        // What `GNUTLS_CURVE_TO_BITS` makes of the curve P-256.
        let curve = UInt32(bitPattern: 1 << 31) | GNUTLS_ECC_CURVE_SECP256R1.rawValue
        check(gnutls_x509_privkey_generate(key, GNUTLS_PK_ECDSA, curve, 0))
        return key!
    }

    /// - Parameter issuer: nil for an authority, which signs itself.
    private static func sign(
        _ key: gnutls_x509_privkey_t, name: String, issuer: (gnutls_x509_crt_t, gnutls_x509_privkey_t)?
    ) -> gnutls_x509_crt_t {
        var made: gnutls_x509_crt_t?
        check(gnutls_x509_crt_init(&made))
        let certificate = made!
        let now = time(nil)
        check(gnutls_x509_crt_set_version(certificate, 3))
        let serial = (0..<16).map { _ in UInt8.random(in: 1...127) }
        check(gnutls_x509_crt_set_serial(certificate, serial, serial.count))
        check(gnutls_x509_crt_set_activation_time(certificate, now - 86_400))
        check(gnutls_x509_crt_set_expiration_time(certificate, now + 86_400))
        check(
            gnutls_x509_crt_set_dn_by_oid(
                certificate, GNUTLS_OID_X520_COMMON_NAME, 0, name, UInt32(name.utf8.count)))
        check(gnutls_x509_crt_set_key(certificate, key))
        // Python 3.13 and later want both (RFC 5280 4.2.1.1, 4.2.1.2).
        let own = keyID(of: certificate)
        check(gnutls_x509_crt_set_subject_key_id(certificate, own, own.count))
        let issuers = issuer.map { keyID(of: $0.0) } ?? own
        check(gnutls_x509_crt_set_authority_key_id(certificate, issuers, issuers.count))
        if issuer == nil {
            check(gnutls_x509_crt_set_basic_constraints(certificate, 1, -1))
            check(gnutls_x509_crt_set_key_usage(certificate, UInt32(GNUTLS_KEY_KEY_CERT_SIGN)))
        } else {
            check(gnutls_x509_crt_set_basic_constraints(certificate, 0, -1))
            check(gnutls_x509_crt_set_key_usage(certificate, UInt32(GNUTLS_KEY_DIGITAL_SIGNATURE)))
            check(gnutls_x509_crt_set_key_purpose_oid(certificate, GNUTLS_KP_TLS_WWW_SERVER, 0))
            let address: [UInt8] = [127, 0, 0, 1]
            check(
                gnutls_x509_crt_set_subject_alt_name(
                    certificate, GNUTLS_SAN_DNSNAME, name, UInt32(name.utf8.count), UInt32(GNUTLS_FSAN_SET)))
            check(
                gnutls_x509_crt_set_subject_alt_name(
                    certificate, GNUTLS_SAN_IPADDRESS, address, 4, UInt32(GNUTLS_FSAN_APPEND)))
        }
        let (signer, signerKey) = issuer ?? (certificate, key)
        check(gnutls_x509_crt_sign2(certificate, signer, signerKey, GNUTLS_DIG_SHA256, 0))
        return certificate
    }

    private static func keyID(of certificate: gnutls_x509_crt_t) -> [UInt8] {
        var (id, size) = ([UInt8](repeating: 0, count: 20), 20)
        check(gnutls_x509_crt_get_key_id(certificate, 0, &id, &size))
        return Array(id.prefix(size))
    }

    private static func text(_ export: (UnsafeMutablePointer<gnutls_datum_t>) -> Int32) -> [UInt8] {
        var datum = gnutls_datum_t()
        check(export(&datum))
        defer { free(datum.data) }
        return Array(UnsafeBufferPointer(start: datum.data, count: Int(datum.size)))
    }

    private static func check(_ result: Int32) {
        precondition(result >= 0, String(cString: gnutls_strerror(result)))
    }
}
