// SPDX-License-Identifier: Apache-2.0

/// A secret of which each byte is known, made ready to be looked for: Horspool's way, which reads about one byte in as many
/// as the secret is long.
final class KnownSecret: Sendable {
    /// In bytes. What is shorter isn't looked for: `x` and `test` stand in many words, and no service gives out such keys.
    static let shortest = 6
    /// Of more only the beginning is looked for, in bytes: else a long secret and a text like it would cost the product of
    /// both. What follows counts as far as it is the same.
    private static let comparedLength = 32

    private let bytes: [UInt8]
    /// For each byte, how far it is from the end of the beginning.
    private let shifts: [UInt8]
    /// Whether it could be a number in a JSON text, which has to stay one.
    let isNumber: Bool

    /// Nil where it isn't to be looked for.
    init?(_ secret: UnsafeBufferPointer<UInt8>) {
        guard secret.count >= KnownSecret.shortest, KnownSecret.isText(secret) else { return nil }
        bytes = Array(secret)
        let length = min(secret.count, KnownSecret.comparedLength)
        shifts = [UInt8](unsafeUninitializedCapacity: 256) { shifts, count in
            shifts.initialize(repeating: UInt8(length))
            for offset in 0..<length - 1 { shifts[Int(secret[offset])] = UInt8(length - 1 - offset) }
            count = 256
        }
        isNumber = secret.allSatisfy(JSONText.isNumberByte)
    }

    /// Whether it can only stand within strings, or is a number: masking anything else would break JSON. Signs that must
    /// be escaped there are in no key.
    private static func isText(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        for byte in bytes where byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
            return false
        }
        return !bytes.allSatisfy(JSONText.isOutsideByte) || bytes.allSatisfy(JSONText.isNumberByte)
    }

    var count: Int { bytes.count }

    /// How many characters at the end of a text are its beginning; nil for less than four.
    func beginning(atEndOf text: Substring) -> Int? {
        let secret = String(decoding: bytes, as: UTF8.self)
        let most = min(secret.count, text.count, 1000)
        return most < 4 ? nil : (4...most).last { text.hasSuffix(secret.prefix($0)) }
    }

    /// Gives the range of each place where it stands.
    func forEach(in text: UnsafeBufferPointer<UInt8>, _ body: (Range<Int>) -> Void) {
        let length = min(bytes.count, KnownSecret.comparedLength)
        guard text.count >= length else { return }
        bytes.withUnsafeBufferPointer { bytes in
            shifts.withUnsafeBufferPointer { shifts in
                var end = length - 1
                while end < text.count {
                    let last = text[end]
                    if last == bytes[length - 1] {
                        let start = end - length + 1
                        var same = 0
                        while same < length, text[start + same] == bytes[same] { same += 1 }
                        if same == length {
                            while same < bytes.count, start + same < text.count,
                                text[start + same] == bytes[same]
                            { same += 1 }
                            body(start..<start + same)
                            end = start + same + length - 1
                            continue
                        }
                    }
                    end += Int(shifts[Int(last)])
                }
            }
        }
    }
}
