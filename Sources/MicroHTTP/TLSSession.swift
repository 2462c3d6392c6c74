// SPDX-License-Identifier: Apache-2.0

import CGnuTLS

/// The TLS side of one connection, for what goes past the library. The same threads may use it, at the same times, as the
/// `ConnectionHandle`. None of this waits.
struct TLSSession {
    private let session: OpaquePointer

    /// - Parameter pointer: a `gnutls_session_t`.
    init(_ pointer: UnsafeMutableRawPointer) {
        session = OpaquePointer(pointer)
    }

    /// Sends some of the bytes, a record of 16 KiB at most. Where there was no room the rest of the record is kept: the next call
    /// must be with the same bytes, or more, from the same one on, and tells how many of them went with it.
    func write(_ bytes: UnsafeRawBufferPointer) -> ConnectionHandle.Moved {
        // A record without content would be sent as such, and nothing of it told apart from there being no room.
        guard !bytes.isEmpty else { return .bytes(0) }
        return moved(gnutls_record_send(session, bytes.baseAddress, bytes.count))
    }

    /// Tells the client that nothing follows (close_notify).
    ///
    /// - Returns: false where there is no room: it has to be called again.
    func endWriting() -> Bool {
        let result = gnutls_bye(session, GNUTLS_SHUT_WR)
        return result != GNUTLS_E_AGAIN && result != GNUTLS_E_INTERRUPTED
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> ConnectionHandle.Moved {
        let count = gnutls_record_recv(session, buffer.baseAddress, buffer.count)
        // An end without close_notify: it may be the truth or an attack, and is the end here.
        return count == 0 || count == Int(GNUTLS_E_PREMATURE_TERMINATION) ? .ended : moved(count)
    }

    /// Whether a record that the client has sent, of which these are the first bytes, is an alert. Its kind is hidden by
    /// TLS 1.3, but not its length: two bytes, one for the kind and 16 of the cipher's tag (RFC 8446 5.2, 6). No request
    /// begins with a record of two bytes, and most alerts are the last thing that a client sends.
    func isAlert(_ start: some Collection<UInt8>) -> Bool {
        let bytes = Array(start)
        guard bytes.count == TLSSession.recordHead else { return false }
        if bytes[0] == TLSSession.alert { return true }
        return bytes[0] == TLSSession.applicationData && bytes[3] == 0 && bytes[4] == TLSSession.hiddenAlert
            && gnutls_protocol_get_version(session) == GNUTLS_TLS1_3
    }

    static let recordHead = 5
    private static let alert: UInt8 = 21
    private static let applicationData: UInt8 = 23
    private static let hiddenAlert: UInt8 = 2 + 1 + 16

    private func moved(_ result: Int) -> ConnectionHandle.Moved {
        if result >= 0 { return .bytes(result) }
        // A warning, or a handshake that the client would like to have again: nothing to be done about it.
        return gnutls_error_is_fatal(Int32(result)) == 0 ? .none : .broken
    }
}
