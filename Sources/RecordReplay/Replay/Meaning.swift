// SPDX-License-Identifier: Apache-2.0

/// 128 bits that stand for what something means: equal for what means the same, and else other, but by a chance that never
/// comes. Whoever looks for two texts with the same ones finds some; they would be replayed the answer to the other.
struct Meaning: Hashable, Sendable {
    private var one: UInt64 = 0x243F_6A88_85A3_08D3
    private var other: UInt64 = 0x1319_8A2E_0370_7344

    init() {}

    /// What tells values of one kind from those of another with the same bytes.
    init(_ kind: UInt64) {
        add(kind)
    }

    mutating func add(_ word: UInt64) {
        let product = (one ^ word ^ 0xA076_1D64_78BD_642F).multipliedFullWidth(by: 0xE703_7ED1_A0B4_28DB)
        one = product.high ^ product.low
        other = ((other << 23 | other >> 41) ^ word) &* 0x9E37_79B9_7F4A_7C15
    }

    mutating func add(_ meaning: Meaning) {
        add(meaning.one)
        add(meaning.other)
    }

    /// With their length before them, so that no two runs of texts look the same.
    mutating func add(_ bytes: UnsafeBufferPointer<UInt8>) {
        add(UInt64(truncatingIfNeeded: bytes.count))
        let raw = UnsafeRawBufferPointer(bytes)
        var at = 0
        while at + 8 <= raw.count {
            add(raw.loadUnaligned(fromByteOffset: at, as: UInt64.self).littleEndian)
            at += 8
        }
        guard at < raw.count else { return }
        var rest: UInt64 = 0
        for byte in raw[at...] { rest = rest << 8 | UInt64(byte) }
        add(rest)
    }

    mutating func add(_ bytes: [UInt8]) { bytes.withUnsafeBufferPointer { add($0) } }

    mutating func add(_ text: String) {
        var text = text
        text.withUTF8 { add($0) }
    }

    /// Adds a member of something without an order.
    mutating func mix(_ member: Meaning) {
        one = one &+ member.one
        other = other &+ member.other
    }
}
