// SPDX-License-Identifier: Apache-2.0

/// AAC in ADTS frames (ISO/IEC 13818-7, 6.2).
///
/// HE-AAC looks like plain AAC of half the rate here, which comes to the same length.
typealias ADTSWalker = FrameWalker<ADTSHeader>

/// Its frame header: 7 bytes, and a check sum that doesn't matter here.
struct ADTSHeader: FrameHeader {
    static let mimeType = "audio/aac"
    static let size = 7

    let length: Int
    let samples: Int
    let rate: Int
    private let bits: UInt64

    init?(_ bytes: [UInt8], at offset: Int) {
        guard bytes[offset] == 0xFF else { return nil }
        let high = UInt64(bytes[offset]) << 16 | UInt64(bytes[offset + 1]) << 8 | UInt64(bytes[offset + 2])
        let low = UInt64(bytes[offset + 4]) << 16 | UInt64(bytes[offset + 5]) << 8 | UInt64(bytes[offset + 6])
        bits = high << 32 | UInt64(bytes[offset + 3]) << 24 | low
        // 12 bits of sync word, one of version, and two of layer, which are 0.
        guard bits >> 44 == 0xFFF, bits >> 41 & 3 == 0 else { return nil }
        let rateIndex = Int(bits >> 34 & 15)
        length = Int(bits >> 13 & 0x1FFF)
        let headSize = bits >> 40 & 1 == 0 ? 9 : 7
        guard rateIndex < Self.rates.count, length > headSize else { return nil }
        rate = Self.rates[rateIndex]
        // The blocks in the frame, less one.
        samples = 1_024 * (Int(bits & 3) + 1)
    }

    /// The fixed header is the same: version, profile, rate and channels (not the private bit).
    func continues(_ other: Self) -> Bool { (bits ^ other.bits) & 0xFF_FFFD_C000_0000 == 0 }

    func hasSound(_ bytes: [UInt8], at offset: Int) -> Bool { true }

    /// Hz, in the order of the sampling frequency index.
    private static let rates = [
        96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350,
    ]
}
