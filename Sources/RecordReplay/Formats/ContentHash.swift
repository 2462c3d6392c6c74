// SPDX-License-Identifier: Apache-2.0

import CGnuTLS

/// SHA-256, of which files are named.
public enum ContentHash {
    /// In lower-case hex.
    public static func hex(of bytes: [UInt8]) -> String {
        var digest = [UInt8](repeating: 0, count: 32)
        // Fails for want of memory only.
        _ = bytes.withUnsafeBytes { bytes in
            gnutls_hash_fast(GNUTLS_DIG_SHA256, bytes.baseAddress, bytes.count, &digest)
        }
        return String(unsafeUninitializedCapacity: 64) { text in
            for (index, byte) in digest.enumerated() {
                text[2 * index] = digits[Int(byte >> 4)]
                text[2 * index + 1] = digits[Int(byte & 15)]
            }
            return 64
        }
    }

    private static let digits = [UInt8]("0123456789abcdef".utf8)
}
