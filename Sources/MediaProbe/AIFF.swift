// SPDX-License-Identifier: Apache-2.0

/// AIFF and AIFF-C sound ("Audio Interchange File Format", versions 1.3 and C, Apple 1989 and 1991).
///
/// Chunks may come in any order; what counts is the number of sample frames, but no more than the sound chunk
/// holds.
struct AIFFWalker: MediaWalker {
    private enum Part {
        case form, chunk, format, sound
    }

    /// The chunk "COMM".
    private struct Format {
        let channels: Int
        /// Sample frames; packets of them where the sound is compressed; 0 where a recorder that streams
        /// didn't know.
        let frames: Int
        /// Samples a second.
        let rate: Double
        /// Bytes that hold so many samples of one channel; nil where unknown.
        let packet: (bytes: Int, samples: Int)?
    }

    private(set) var wanted: Range<Int>? = 0..<12
    private var part = Part.form
    private var isAIFF = false
    /// Where the next chunk begins.
    private var next = 12
    private var chunks = 0
    private var content: (offset: Int, size: Int) = (0, 0)
    private var format: Format?
    /// Its size is nil where a recorder that streams didn't know.
    private var sound: (offset: Int, promised: Int?)?

    static func recognises(_ start: [UInt8]) -> Bool {
        start.hasTag("FORM", at: 0) && (start.hasTag("AIFF", at: 8) || start.hasTag("AIFC", at: 8))
    }

    mutating func read(_ bytes: [UInt8]) {
        switch part {
        case .form:
            isAIFF = Self.recognises(bytes)
            wanted = nil
            if isAIFF { wantChunk() }
        case .chunk:
            readChunk(bytes)
        case .format:
            format = Self.readFormat(bytes)
            wantChunk()
        case .sound:
            // 4 bytes of offset to the first sample, 4 of block size.
            let offset = bytes.bigEndian(at: 0, size: 4) ?? 0
            sound = (
                content.offset + 8 + offset, content.size == 0 ? nil : max(0, content.size - 8 - offset)
            )
            wantChunk()
        }
    }

    func facts(total: Int) -> MediaFacts {
        guard isAIFF else { return MediaFacts() }
        let seconds: Double? =
            if let format, let sound { Self.seconds(format, sound: sound, total: total) } else { nil }
        return .sound("audio/aiff", seconds: seconds)
    }

    private static func seconds(_ format: Format, sound: (offset: Int, promised: Int?), total: Int) -> Double?
    {
        let available = max(0, total - sound.offset)
        let bytes = min(sound.promised ?? available, available)
        guard let packet = format.packet else {
            guard let promised = sound.promised, promised > 0 else { return nil }
            return Double(format.frames) / format.rate * Double(bytes) / Double(promised)
        }
        let held = bytes / (packet.bytes * format.channels)
        return Double((format.frames == 0 ? held : min(format.frames, held)) * packet.samples) / format.rate
    }

    /// Wants the next header, unless all is known; a file with thousands of chunks is no sound, but an
    /// attack.
    private mutating func wantChunk() {
        part = .chunk
        chunks += 1
        wanted = chunks <= 4_096 && (format == nil || sound == nil) ? next..<(next + 8) : nil
    }

    private mutating func readChunk(_ head: [UInt8]) {
        guard let size = head.bigEndian(at: 4, size: 4) else {
            wanted = nil
            return
        }
        content = (next + 8, size)
        // Chunks are padded to an even length.
        next = content.offset + size + size % 2
        if head.hasTag("COMM", at: 0), size >= 18 {
            part = .format
            wanted = content.offset..<(content.offset + min(size, 22))
        } else if head.hasTag("SSND", at: 0), size >= 8 || size == 0 {
            // Of no size: a recorder that streams; the sound goes to the end.
            if size == 0 { next = content.offset + 8 }
            part = .sound
            wanted = content.offset..<(content.offset + 8)
        } else {
            wantChunk()
        }
    }

    private static func readFormat(_ bytes: [UInt8]) -> Format? {
        guard let channels = bytes.bigEndian(at: 0, size: 2), let frames = bytes.bigEndian(at: 2, size: 4),
            let bits = bytes.bigEndian(at: 6, size: 2), let rate = readRate(bytes), channels > 0, bits > 0
        else { return nil }
        let compression = bytes.count == 22 ? String(decoding: bytes[18...], as: UTF8.self) : "NONE"
        let packet: (bytes: Int, samples: Int)? =
            switch compression.lowercased() {
            case "none", "twos", "sowt", "raw ", "in24", "in32", "fl32", "fl64", "42ni", "23ni":
                ((bits + 7) / 8, 1)
            case "ulaw", "alaw": (1, 1)
            case "ima4": (34, 64)
            default: nil
            }
        return Format(channels: channels, frames: frames, rate: rate, packet: packet)
    }

    /// The sample rate: a number of 80 bits (IEEE 754 extended), with the leading 1 of the fraction written
    /// out.
    private static func readRate(_ bytes: [UInt8]) -> Double? {
        guard let exponent = bytes.bigEndian(at: 8, size: 2), let fraction = bytes.bigEndian(at: 10, size: 8)
        else { return nil }
        let rate = Double(
            sign: .plus, exponent: exponent - 16_383 - 63,
            significand: Double(UInt64(bitPattern: Int64(fraction))))
        return rate >= 1 && rate <= 10_000_000 ? rate : nil
    }
}
