// SPDX-License-Identifier: Apache-2.0

/// Bytes in JSON: in either alphabet, padded or not, as protobuf takes them.
enum Base64 {
    static func decoded(_ text: String, _ flaws: Set<Flaw>) -> [UInt8]? {
        var bytes: [UInt8] = []
        var (bits, count) = (0, 0)
        for byte in text.utf8 {
            guard byte != UInt8(ascii: "=") else { continue }
            guard let digit = digit(byte, flaws) else { return nil }
            bits = bits << 6 | digit
            count += 6
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> count))
                bits &= (1 << count) - 1
            }
        }
        return bytes
    }

    private static func digit(_ byte: UInt8, _ flaws: Set<Flaw>) -> Int? {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): Int(byte) - 65
        case UInt8(ascii: "a")...UInt8(ascii: "z"): Int(byte) - 97 + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(byte) - 48 + 52
        case UInt8(ascii: "+") where !flaws.contains(.urlSafeBase64),
            UInt8(ascii: "-") where !flaws.contains(.standardBase64):
            62
        case UInt8(ascii: "/") where !flaws.contains(.urlSafeBase64),
            UInt8(ascii: "_") where !flaws.contains(.standardBase64):
            63
        default: nil
        }
    }
}
