// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Says `Content-Encoding: gzip` and sends a body whose end is cut off, or in which a byte is other (RFC 1952). Each write
/// is a block of its own, so that a client reads the first ones.
struct BrokenGzipFault: Fault {
    /// Whether a byte in the middle is other, instead of an end that is missing.
    var isFlipped = false

    func apply(to plan: inout WirePlan) {
        let sends = plan.plan.actions.indices.filter {
            if case .send = plan.plan.actions[$0] { true } else { false }
        }
        guard let last = sends.last else { return }
        var stream = StoredGzip()
        for at in sends {
            guard case .send(let bytes) = plan.plan.actions[at] else { continue }
            var coded = stream.write(bytes, isLast: at == last)
            if at == last {
                // A length that contradicts its complement; else half of the block and the checksum are missing.
                if isFlipped {
                    coded[stream.lastBlock + 3] ^= 0xFF
                } else {
                    let size = coded.count - 8 - stream.lastBlock - 5
                    coded.removeLast(8 + (size + 1) / 2)
                }
            }
            plan.plan.actions[at] = .send(coded)
        }
        plan.plan.head.fields.append(HTTPFields.Field("Content-Encoding", "gzip"))
    }
}

/// gzip without compression: stored blocks (RFC 1951, 3.2.4).
private struct StoredGzip {
    private var checksum: UInt32 = 0xFFFF_FFFF
    private var length: UInt32 = 0
    private var hasBegun = false
    /// Where the last block begins in what was written last.
    private(set) var lastBlock = 0

    mutating func write(_ bytes: [UInt8], isLast: Bool) -> [UInt8] {
        // Magic, deflate, no flags, no time, no hint, unknown system.
        var output: [UInt8] = hasBegun ? [] : [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF]
        hasBegun = true
        var rest = bytes[...]
        repeat {
            let block = rest.prefix(0xFFFF)
            rest = rest.dropFirst(block.count)
            lastBlock = output.count
            output.append(isLast && rest.isEmpty ? 1 : 0)
            let size = UInt16(block.count)
            output += [UInt8(size & 0xFF), UInt8(size >> 8), UInt8(~size & 0xFF), UInt8(~size >> 8)]
            output += block
        } while !rest.isEmpty
        for byte in bytes {
            checksum = StoredGzip.table[Int((checksum ^ UInt32(byte)) & 0xFF)] ^ checksum >> 8
        }
        length &+= UInt32(truncatingIfNeeded: bytes.count)
        if isLast { output += little(~checksum) + little(length) }
        return output
    }

    private func little(_ value: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    /// CRC-32 of each byte.
    private static let table: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ value >> 1 : value >> 1 }
    }
}
