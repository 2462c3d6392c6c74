// SPDX-License-Identifier: Apache-2.0

/// MPEG audio, layers I to III, as of MPEG-1 (ISO/IEC 11172-3, 2.4.1.3), MPEG-2 (13818-3) and "MPEG-2.5".
///
/// What a decoder puts out counts: the delay and padding that the LAME tag notes for gapless playing aren't
/// taken off.
typealias MP3Walker = FrameWalker<MPEGAudioHeader>

/// Its frame header: 32 bits.
struct MPEGAudioHeader: FrameHeader {
    static let mimeType = "audio/mpeg"
    static let size = 4

    let length: Int
    let samples: Int
    let rate: Int
    private let bits: UInt32

    /// Free format, whose frames don't say how long they are, is no frame for us.
    init?(_ bytes: [UInt8], at offset: Int) {
        let high = UInt32(bytes[offset]) << 8 | UInt32(bytes[offset + 1])
        bits = high << 16 | UInt32(bytes[offset + 2]) << 8 | UInt32(bytes[offset + 3])
        guard bits >> 21 == 0x7FF else { return nil }
        let version = Int(bits >> 19 & 3)
        let layer = 4 - Int(bits >> 17 & 3)
        let bitRateIndex = Int(bits >> 12 & 15)
        let rateIndex = Int(bits >> 10 & 3)
        guard version != 1, layer != 4, bitRateIndex != 0, bitRateIndex != 15, rateIndex != 3 else {
            return nil
        }
        let isFirst = version == 3
        rate = Self.rates[rateIndex] >> (isFirst ? 0 : version == 2 ? 1 : 2)
        samples = layer == 1 ? 384 : layer == 3 && !isFirst ? 576 : 1_152
        // Layer I counts in slots of 4 bytes.
        let slot = layer == 1 ? 4 : 1
        let bitRate = Self.bitRates[(isFirst ? layer - 1 : layer == 1 ? 3 : 4) * 16 + bitRateIndex] * 1_000
        length = (samples / 8 / slot * bitRate / rate + Int(bits >> 9 & 1)) * slot
    }

    /// Of the same version, layer and rate; bit rate, joint stereo and even the check sum may change.
    func continues(_ other: Self) -> Bool { (bits ^ other.bits) & 0xFFFE_0C00 == 0 }

    /// False for the first frame that "Xing", "Info" (both LAME) or "VBRI" (Fraunhofer) stands in, where the
    /// side information of a layer III frame ends: a decoder that knows them plays nothing.
    func hasSound(_ bytes: [UInt8], at offset: Int) -> Bool {
        guard bits >> 17 & 3 == 1 else { return true }
        let isFirst = bits >> 19 & 3 == 3
        let isMono = bits >> 6 & 3 == 3
        let xing = offset + 4 + (isFirst ? (isMono ? 17 : 32) : (isMono ? 9 : 17))
        // With a check sum the side information is 2 bytes further on, and some writers heed that.
        let isXing = [xing, xing + 2].contains {
            bytes.hasTag("Xing", at: $0) || bytes.hasTag("Info", at: $0)
        }
        return !isXing && !bytes.hasTag("VBRI", at: offset + 36)
    }

    /// Hz, of MPEG-1.
    private static let rates = [44_100, 48_000, 32_000]

    /// kbit/s: MPEG-1 layers I, II, III, then MPEG-2 layer I, then layers II and III.
    private static let bitRates = [
        0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448, 0,
        0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 0,
        0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0,
        0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256, 0,
        0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0,
    ]
}
