// SPDX-License-Identifier: Apache-2.0

/// Made-up UUIDs of version 4.
enum UUIDText {
    static func make(_ generator: inout SeededGenerator) -> String {
        var bytes = generator.bytes(16)
        bytes[6] = bytes[6] & 0x0F | 0x40
        bytes[8] = bytes[8] & 0x3F | 0x80
        let hex = bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
        return [0..<4, 4..<6, 6..<8, 8..<10, 10..<16].map { hex[$0].joined() }.joined(separator: "-")
    }
}
