// SPDX-License-Identifier: Apache-2.0

/// SHA-256 (FIPS 180-4), the client's own: what the server counts must not be what it is compared with.
enum Digest {
    private static let constants: [UInt32] = primes(64).map { fraction(of: $0, cube: true) }
    private static let start: [UInt32] = primes(8).map { fraction(of: $0, cube: false) }

    /// In lower-case hex.
    static func sha256(_ bytes: [UInt8]) -> String {
        var state = start
        let zeros = (119 - bytes.count % 64) % 64
        let length = UInt64(bytes.count) * 8
        let padded =
            bytes + [0x80] + [UInt8](repeating: 0, count: zeros)
            + (0..<8).map { UInt8(truncatingIfNeeded: length >> (56 - 8 * UInt64($0))) }
        for block in stride(from: 0, to: padded.count, by: 64) { take(padded[block..<(block + 64)], &state) }
        let digits = Array("0123456789abcdef".utf8)
        let hex = state.flatMap { word in (0..<8).map { digits[Int(word >> (28 - 4 * UInt32($0)) & 15)] } }
        return String(decoding: hex, as: UTF8.self)
    }

    private static func take(_ block: ArraySlice<UInt8>, _ state: inout [UInt32]) {
        var words = stride(from: block.startIndex, to: block.endIndex, by: 4).map { at in
            block[at..<(at + 4)].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        }
        for index in 16..<64 {
            let (a, b) = (words[index - 15], words[index - 2])
            let first = turn(a, 7) ^ turn(a, 18) ^ a >> 3
            let second = turn(b, 17) ^ turn(b, 19) ^ b >> 10
            words.append(words[index - 16] &+ first &+ words[index - 7] &+ second)
        }
        var s = state
        for index in 0..<64 {
            let e = turn(s[4], 6) ^ turn(s[4], 11) ^ turn(s[4], 25)
            let choice = s[4] & s[5] ^ ~s[4] & s[6]
            let one = s[7] &+ e &+ choice &+ constants[index] &+ words[index]
            let a = turn(s[0], 2) ^ turn(s[0], 13) ^ turn(s[0], 22)
            let two = a &+ (s[0] & s[1] ^ s[0] & s[2] ^ s[1] & s[2])
            s = [one &+ two, s[0], s[1], s[2], s[3] &+ one, s[4], s[5], s[6]]
        }
        for index in 0..<8 { state[index] &+= s[index] }
    }

    private static func turn(_ word: UInt32, _ count: UInt32) -> UInt32 {
        word >> count | word << (32 - count)
    }

    private static func primes(_ count: Int) -> [UInt32] {
        var primes: [UInt32] = []
        var next: UInt32 = 2
        while primes.count < count {
            if primes.allSatisfy({ next % $0 != 0 }) { primes.append(next) }
            next += 1
        }
        return primes
    }

    /// The first 32 bits behind the point of a square or cube root, by whole numbers: doubles are short of bits.
    private static func fraction(of prime: UInt32, cube: Bool) -> UInt32 {
        var root: UInt64 = 0
        // The largest number whose power is at most `prime` · 2³², squared or cubed.
        for bit in (0..<36).reversed() {
            let candidate = root | 1 << UInt64(bit)
            if isAtMost(candidate, prime, cube: cube) { root = candidate }
        }
        return UInt32(truncatingIfNeeded: root)
    }

    private static func isAtMost(_ root: UInt64, _ prime: UInt32, cube: Bool) -> Bool {
        let square = root.multipliedFullWidth(by: root)
        let bound = UInt64(prime)
        if !cube { return square.high < bound || square.high == bound && square.low == 0 }
        // 36 bits cubed are 108: high and low of the square, each times the root.
        let low = square.low.multipliedFullWidth(by: root)
        let high = square.high * root + low.high
        return high < bound << 32 || high == bound << 32 && low.low == 0
    }
}
