// SPDX-License-Identifier: Apache-2.0

import CGnuTLS

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A certificate and its key as C strings, for as long as a server is there.
///
/// `@unchecked Sendable`: the memory isn't changed until it is given back, when nobody has the object any more.
final class LoadedCertificate: @unchecked Sendable {
    let certificate: UnsafeMutablePointer<CChar>
    let key: UnsafeMutablePointer<CChar>

    init(certificate: [UInt8], key: [UInt8]) {
        self.certificate = LoadedCertificate.text(certificate)
        self.key = LoadedCertificate.text(key)
    }

    deinit {
        certificate.deallocate()
        key.deallocate()
    }

    private static func text(_ bytes: [UInt8]) -> UnsafeMutablePointer<CChar> {
        let text = UnsafeMutablePointer<CChar>.allocate(capacity: bytes.count + 1)
        for (index, byte) in bytes.enumerated() { text[index] = CChar(bitPattern: byte) }
        text[bytes.count] = 0
        return text
    }

    // MARK: What GnuTLS says of them; nil where all is well

    var problemOfCertificate: String? {
        var list: UnsafeMutablePointer<gnutls_x509_crt_t?>?
        var count: UInt32 = 0
        var text = datum(certificate)
        let result = gnutls_x509_crt_list_import2(&list, &count, &text, GNUTLS_X509_FMT_PEM, 0)
        if result >= 0, let list {
            for index in 0..<Int(count) { gnutls_x509_crt_deinit(list[index]) }
            // Made by GnuTLS with the C library's memory, as its documentation says.
            free(list)
        }
        return problem(result)
    }

    var problemOfKey: String? {
        var parsed: gnutls_x509_privkey_t?
        guard gnutls_x509_privkey_init(&parsed) >= 0 else { return "no memory" }
        defer { gnutls_x509_privkey_deinit(parsed) }
        var text = datum(key)
        return problem(gnutls_x509_privkey_import2(parsed, &text, GNUTLS_X509_FMT_PEM, nil, 0))
    }

    var problemOfPair: String? {
        var credentials: gnutls_certificate_credentials_t?
        guard gnutls_certificate_allocate_credentials(&credentials) >= 0 else { return "no memory" }
        defer { gnutls_certificate_free_credentials(credentials) }
        var (certificateText, keyText) = (datum(certificate), datum(key))
        return problem(
            gnutls_certificate_set_x509_key_mem(credentials, &certificateText, &keyText, GNUTLS_X509_FMT_PEM))
    }

    /// As far as the library (0.9.75) reads it: it takes C strings.
    private func datum(_ text: UnsafeMutablePointer<CChar>) -> gnutls_datum_t {
        let length = strlen(text)
        return text.withMemoryRebound(to: UInt8.self, capacity: length + 1) {
            gnutls_datum_t(data: $0, size: UInt32(length))
        }
    }

    private func problem(_ result: Int32) -> String? {
        result >= 0 ? nil : String(cString: gnutls_strerror(result))
    }
}
