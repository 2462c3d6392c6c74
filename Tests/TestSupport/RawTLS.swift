// SPDX-License-Identifier: Apache-2.0

import CGnuTLS
import HTTPWire

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The TLS side of a `RawClient`.
final class RawTLS {
    /// How a client takes its leave.
    enum Leave {
        /// With a close_notify.
        case inOrder
        /// Without any word of TLS.
        case silently
    }

    private let session: gnutls_session_t
    private let credentials: gnutls_certificate_credentials_t
    /// GnuTLS keeps the pointer.
    private let host = strdup("localhost")
    var leave = Leave.inOrder
    /// A reset is told once; it may have been when something was sent, which another thread may do.
    private let wasReset = Monitor(false)

    /// Shakes hands; nil where that fails.
    ///
    /// - Parameter versions: of TLS, as GnuTLS spells priorities.
    init?(descriptor: Int32, versions: String) {
        var session: gnutls_session_t?
        var credentials: gnutls_certificate_credentials_t?
        guard gnutls_init(&session, GNUTLS_CLIENT.rawValue | GNUTLS_NO_SIGNAL.rawValue) >= 0,
            gnutls_certificate_allocate_credentials(&credentials) >= 0, let session, let credentials
        else { return nil }
        self.session = session
        self.credentials = credentials
        let authority = TestCertificate.shared.authority
        let isTrusted = authority.withUnsafeBufferPointer { bytes in
            var datum = gnutls_datum_t(
                data: UnsafeMutablePointer(mutating: bytes.baseAddress), size: UInt32(bytes.count))
            return gnutls_certificate_set_x509_trust_mem(credentials, &datum, GNUTLS_X509_FMT_PEM) == 1
        }
        guard isTrusted, gnutls_priority_set_direct(session, "NORMAL:-VERS-ALL:\(versions)", nil) >= 0,
            gnutls_credentials_set(session, GNUTLS_CRD_CERTIFICATE, UnsafeMutableRawPointer(credentials)) >= 0
        else { return nil }
        gnutls_session_set_verify_cert(session, host, 0)
        gnutls_transport_set_int2(session, descriptor, descriptor)
        var result = gnutls_handshake(session)
        while result < 0, gnutls_error_is_fatal(result) == 0 { result = gnutls_handshake(session) }
        if result < 0 { return nil }
    }

    deinit {
        gnutls_deinit(session)
        gnutls_certificate_free_credentials(credentials)
        free(host)
    }

    func end() {
        if leave == .inOrder { gnutls_bye(session, GNUTLS_SHUT_WR) }
    }

    /// As `send(2)`.
    func send(_ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
        errno = 0
        let result = gnutls_record_send(session, bytes, count)
        if result < 0, errno == ECONNRESET { wasReset.withLock { $0 = true } }
        return Int(result)
    }

    /// As `recv(2)`; 0 only behind a close_notify.
    func receive(_ bytes: UnsafeMutableRawPointer?, _ count: Int, patience: Int) -> Int {
        let start = time(nil)
        while true {
            errno = 0
            let result = gnutls_record_recv(session, bytes, count)
            if result >= 0 { return Int(result) }
            // What isn't data, such as a ticket, makes it return too.
            if gnutls_error_is_fatal(Int32(result)) == 0, time(nil) - start < patience { continue }
            if result == Int(GNUTLS_E_PREMATURE_TERMINATION) {
                errno = wasReset.withLock { $0 } ? ECONNRESET : RawTLS.cut
            }
            if errno == 0 { errno = EIO }
            return -1
        }
    }

    /// What `errno` is where the connection ends without close_notify.
    static let cut = EPIPE
}
