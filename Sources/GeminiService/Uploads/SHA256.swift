// SPDX-License-Identifier: Apache-2.0

import CGnuTLS

/// A SHA-256 digest of bytes that come in pieces; 32 bytes.
///
/// Used by one thread at a time.
public final class SHA256 {
    private var state: gnutls_hash_hd_t?

    public init() {
        // Fails for want of memory only; then all digests are zeros.
        if gnutls_hash_init(&state, GNUTLS_DIG_SHA256) != 0 { state = nil }
    }

    deinit {
        if let state { gnutls_hash_deinit(state, nil) }
    }

    public func update(_ bytes: UnsafeRawBufferPointer) {
        guard let state, let start = bytes.baseAddress else { return }
        gnutls_hash(state, start, bytes.count)
    }

    /// The digest of all bytes so far, in lower-case hex; more bytes may follow.
    public func hex() -> String {
        var digest = [UInt8](repeating: 0, count: 32)
        if let state, let copy = gnutls_hash_copy(state) { gnutls_hash_deinit(copy, &digest) }
        return SHA256.hex(digest)
    }

    static func hex(of text: String) -> String {
        var text = text
        return text.withUTF8 { hex(of: UnsafeRawBufferPointer($0)) }
    }

    /// The digest of bytes that are all there.
    public static func hex(of bytes: UnsafeRawBufferPointer) -> String {
        var digest = [UInt8](repeating: 0, count: 32)
        // Fails for want of memory only.
        _ = gnutls_hash_fast(GNUTLS_DIG_SHA256, bytes.baseAddress, bytes.count, &digest)
        return hex(digest)
    }

    private static func hex(_ digest: [UInt8]) -> String {
        String(unsafeUninitializedCapacity: 2 * digest.count) { text in
            for (index, byte) in digest.enumerated() {
                text[2 * index] = digits[Int(byte >> 4)]
                text[2 * index + 1] = digits[Int(byte & 15)]
            }
            return 2 * digest.count
        }
    }

    private static let digits = [UInt8]("0123456789abcdef".utf8)
}
