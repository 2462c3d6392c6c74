// SPDX-License-Identifier: Apache-2.0

/// Numbers that look random and are the same for the same seed: SplitMix64 (Steele, Lea, Flood 2014).
public struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    public init(seed: UInt64) { state = seed }

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return SeededGenerator.mix(state)
    }

    mutating func bytes(_ count: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count + 7)
        while bytes.count < count {
            withUnsafeBytes(of: next().littleEndian) { bytes.append(contentsOf: $0) }
        }
        bytes.removeLast(bytes.count - count)
        return bytes
    }

    static func mix(_ value: UInt64) -> UInt64 {
        var z = value
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }
}

/// A number that stands for a request: equal requests have equal ones.
public enum Fingerprint {
    /// Both ends of a long body and its length stand for all of it; reading 20 MB for an id would cost milliseconds.
    private static let edge = 16 * 1024

    static func of(_ bytes: ArraySlice<UInt8>, seed: UInt64) -> UInt64 {
        var hash = SeededGenerator.mix(seed ^ UInt64(truncatingIfNeeded: bytes.count))
        bytes.withUnsafeBytes { buffer in
            if buffer.count <= 2 * edge {
                hash = absorb(buffer, hash)
            } else {
                hash = absorb(UnsafeRawBufferPointer(rebasing: buffer.prefix(edge)), hash)
                hash = absorb(UnsafeRawBufferPointer(rebasing: buffer.suffix(edge)), hash)
            }
        }
        return hash
    }

    public static func of(_ text: String, seed: UInt64) -> UInt64 {
        of(Array(text.utf8)[...], seed: seed)
    }

    private static func absorb(_ buffer: UnsafeRawBufferPointer, _ start: UInt64) -> UInt64 {
        var hash = start
        var at = 0
        while at + 8 <= buffer.count {
            let word = UInt64(littleEndian: buffer.loadUnaligned(fromByteOffset: at, as: UInt64.self))
            hash = SeededGenerator.mix(hash ^ word)
            at += 8
        }
        for byte in buffer[at...] { hash = SeededGenerator.mix(hash ^ UInt64(byte)) }
        return hash
    }
}
