// SPDX-License-Identifier: Apache-2.0

/// What the first packet of an Ogg stream says about it.
struct OggCodec: Sendable {
    /// Bytes of the packet that are needed.
    static let headSize = 64

    /// Samples, or pictures, a second.
    let rate: Double
    /// How many a packet holds at most.
    let samplesPerPacket: Int
    /// Samples at the start that aren't played.
    private(set) var skipped = 0
    /// Pixels; nil for sound.
    private(set) var width: Int?
    private(set) var height: Int?
    /// Bits of the granule that count pictures since the last key frame.
    private var pictureBits = 0

    /// Reads it; nil where the codec isn't known or says nothing useful.
    init?(_ packet: [UInt8]) {
        if packet.hasName("\u{1}vorbis") {
            // Vorbis I, 4.2.2; blocks of up to 8,192 samples.
            self.init(rate: packet.littleEndian(at: 12, size: 4), samplesPerPacket: 8_192)
        } else if packet.hasName("OpusHead") {
            // RFC 7845, 5.1: always counted at 48 kHz; packets of up to 120 ms.
            self.init(rate: 48_000, samplesPerPacket: 5_760)
            skipped = packet.littleEndian(at: 10, size: 2) ?? 0
        } else if packet.hasName("\u{7F}FLAC"), let info = FLACStreamInfo(packet, at: 17) {
            // RFC 9639, 10.1: the native signature and the header of STREAMINFO come before it.
            self.init(rate: info.rate, samplesPerPacket: 65_535)
        } else if packet.hasName("Speex   ") {
            // The Speex manual, 7.3; ten frames of 640 samples are the most that its tools put into a packet.
            self.init(rate: packet.littleEndian(at: 36, size: 4), samplesPerPacket: 6_400)
        } else if packet.hasName(theora) {
            self.init(theora: packet)
        } else {
            return nil
        }
    }

    /// Samples up to a granule position.
    func samples(granule: Int) -> Int {
        guard pictureBits > 0 else { return max(0, granule - skipped) }
        return (granule >> pictureBits) + (granule & ((1 << pictureBits) - 1))
    }

    private init?(rate: Int?, samplesPerPacket: Int) {
        guard let rate, rate > 0 else { return nil }
        self.rate = Double(rate)
        self.samplesPerPacket = samplesPerPacket
    }

    /// Theora, 6.2: a film.
    private init?(theora packet: [UInt8]) {
        guard let width = packet.bigEndian(at: 14, size: 3), let height = packet.bigEndian(at: 17, size: 3),
            let numerator = packet.bigEndian(at: 22, size: 4), numerator > 0,
            let denominator = packet.bigEndian(at: 26, size: 4), denominator > 0,
            // 6 bits of quality, 5 of key frame distance.
            let bits = packet.bigEndian(at: 40, size: 2)
        else { return nil }
        rate = Double(numerator) / Double(denominator)
        samplesPerPacket = 1
        self.width = width
        self.height = height
        pictureBits = bits >> 5 & 31
    }
}

private let theora: [UInt8] = [0x80] + Array("theora".utf8)

extension [UInt8] {
    fileprivate func hasName(_ name: String) -> Bool { starts(with: name.utf8) }
    fileprivate func hasName(_ name: [UInt8]) -> Bool { starts(with: name) }
}
