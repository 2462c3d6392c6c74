// SPDX-License-Identifier: Apache-2.0

/// The beginning of what a structure holds, with big-endian numbers that are nil where it is too short.
struct BoxContent: Sendable {
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The version of a "full box": its first byte (ISO/IEC 14496-12, 4.2).
    var version: UInt64 { self[0, 1] ?? 0 }

    /// The flags of a "full box": the three bytes behind its version.
    var flags: UInt64 { self[1, 3] ?? 0 }

    /// The big-endian number of `size` bytes (at most 8) at `offset`.
    subscript(offset: Int, size: Int) -> UInt64? {
        guard offset >= 0, offset + size <= bytes.count else { return nil }
        return bytes[offset..<(offset + size)].reduce(0) { $0 << 8 | UInt64($1) }
    }
}
