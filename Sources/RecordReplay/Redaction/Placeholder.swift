// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// What stands in recordings in the place of a secret.
enum Placeholder {
    /// Whether a text stands in the place of one, and so is none.
    static func isOne(_ text: ArraySlice<UInt8>) -> Bool {
        if text.isEmpty || text.starts(with: CredentialFields.placeholder.utf8) { return true }
        // `*` masks all of a secret, but for escapes and what follows it in its value.
        if text.contains(UInt8(ascii: "*")) {
            return text.allSatisfy { $0 == UInt8(ascii: "*") || $0 < 0x30 || $0 == UInt8(ascii: "\\") }
        }
        return text.allSatisfy {
            $0 == UInt8(ascii: "0") || $0 == UInt8(ascii: "1") || $0 == UInt8(ascii: ".")
        }
            && text.first == UInt8(ascii: "1")
    }

    /// The name of an upload whose id isn't told. Its id has some hundred random characters (CORE 2.2), of which 32 bits of a
    /// hash say nothing.
    static func upload(_ id: ArraySlice<UInt8>) -> String {
        if id.starts(with: CredentialFields.placeholder.utf8) { return String(decoding: id, as: UTF8.self) }
        return "\(CredentialFields.placeholder)-\(ContentHash.hex(of: Array(id)).prefix(8))"
    }
}
