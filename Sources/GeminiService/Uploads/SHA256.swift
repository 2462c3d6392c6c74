// SPDX-License-Identifier: Apache-2.0

import CGnuTLS

/// A SHA-256 digest of bytes that come in pieces; 32 bytes.
///
/// Used by one thread at a time.
final class SHA256 {
    private var state: gnutls_hash_hd_t?

    init() {
        // Fails for want of memory only; then all digests are zeros.
        if gnutls_hash_init(&state, GNUTLS_DIG_SHA256) != 0 { state = nil }
    }

    deinit {
        if let state { gnutls_hash_deinit(state, nil) }
    }

    func update(_ bytes: UnsafeRawBufferPointer) {
        guard let state, let start = bytes.baseAddress else { return }
        gnutls_hash(state, start, bytes.count)
    }

    /// The digest of all bytes so far, in lower-case hex; more bytes may follow.
    func hex() -> String {
        var digest = [UInt8](repeating: 0, count: 32)
        if let state, let copy = gnutls_hash_copy(state) { gnutls_hash_deinit(copy, &digest) }
        return String(
            decoding: digest.flatMap { [SHA256.digits[Int($0 >> 4)], SHA256.digits[Int($0 & 15)]] },
            as: UTF8.self)
    }

    static func hex(of text: String) -> String {
        let hash = SHA256()
        Array(text.utf8).withUnsafeBytes { hash.update($0) }
        return hash.hex()
    }

    private static let digits = Array("0123456789abcdef".utf8)
}
