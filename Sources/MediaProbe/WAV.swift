// SPDX-License-Identifier: Apache-2.0

/// RIFF/WAVE sound, and RF64 (EBU Tech 3306) and BW64 (ITU-R BS.2088), which are the same with 64-bit sizes.
public enum WAV {
    /// Seconds of sound, from the chunk headers alone: the data's size over the format's bytes a second
    /// (ADPCM: samples in so many blocks over the rate, for ffmpeg writes a constant of 16,000 bytes a second
    /// there).
    ///
    /// What the header promises beyond the bytes that are there isn't counted; a size of 0 or of all ones, as
    /// recorders that stream write it, means "to the end".
    ///
    /// - Returns: nil where this isn't WAVE or has no usable format.
    public static func duration(of source: some ByteSource) -> Double? {
        var walker = WAVWalker()
        walker.walk(source)
        return walker.facts(total: source.count).seconds
    }
}

/// Walks over the chunk headers up to the sound.
struct WAVWalker: MediaWalker {
    private enum Part {
        case form, chunk, format, sizes64
    }

    /// So many seconds take so many bytes; both at least 1.
    private struct Density {
        let seconds: Int
        let bytes: Int
    }

    private(set) var wanted: Range<Int>? = 0..<12
    private var part = Part.form
    private var isWAVE = false
    private var has64BitSizes = false
    /// Where the next chunk begins.
    private var next = 12
    private var chunks = 0
    private var density: Density?
    private var dataSize64: Int?
    private var data: (offset: Int, promised: Int)?

    static func recognises(_ start: [UInt8]) -> Bool {
        ["RIFF", "RF64", "BW64"].contains { start.hasTag($0, at: 0) } && start.hasTag("WAVE", at: 8)
    }

    mutating func read(_ bytes: [UInt8]) {
        switch part {
        case .form:
            isWAVE = Self.recognises(bytes)
            has64BitSizes = !bytes.hasTag("RIFF", at: 0)
            wanted = nil
            if isWAVE { wantChunk() }
        case .chunk:
            readChunk(bytes)
        case .format:
            density = Self.readFormat(bytes)
            wantChunk()
        case .sizes64:
            dataSize64 = bytes.littleEndian(at: 0, size: 8)
            wantChunk()
        }
    }

    func facts(total: Int) -> MediaFacts {
        guard isWAVE else { return MediaFacts() }
        guard let data, let density else { return .sound("audio/wav") }
        let available = max(0, total - data.offset)
        // Negative: larger than any file.
        let isOpen = data.promised <= 0 || data.promised == 0xFFFF_FFFF
        let size = isOpen ? available : min(data.promised, available)
        return .sound("audio/wav", seconds: Double(size) * Double(density.seconds) / Double(density.bytes))
    }

    /// Wants the next header; a file with thousands of chunks is no sound, but an attack.
    private mutating func wantChunk() {
        part = .chunk
        chunks += 1
        wanted = chunks <= 4_096 ? next..<(next + 8) : nil
    }

    private mutating func readChunk(_ head: [UInt8]) {
        guard let size = head.littleEndian(at: 4, size: 4) else {
            wanted = nil
            return
        }
        let content = next + 8
        // Chunks are padded to an even length.
        next = content + size + size % 2
        if head.hasTag("data", at: 0) {
            // Of all ones in RF64: the size stands in ds64.
            data = (content, has64BitSizes && size == 0xFFFF_FFFF ? dataSize64 ?? size : size)
            wanted = nil
        } else if head.hasTag("fmt ", at: 0), size >= 12 {
            part = .format
            wanted = content..<(content + min(size, 20))
        } else if has64BitSizes, head.hasTag("ds64", at: 0), size >= 16 {
            part = .sizes64
            wanted = (content + 8)..<(content + 16)
        } else {
            wantChunk()
        }
    }

    private static func readFormat(_ bytes: [UInt8]) -> Density? {
        let tag = bytes.littleEndian(at: 0, size: 2)
        if tag == 0x11 || tag == 0x02, let rate = bytes.littleEndian(at: 4, size: 4), rate > 0,
            let block = bytes.littleEndian(at: 12, size: 2), block > 0,
            let samples = bytes.littleEndian(at: 18, size: 2), samples > 0
        {
            return Density(seconds: samples, bytes: block * rate)
        }
        guard let byteRate = bytes.littleEndian(at: 8, size: 4), byteRate > 0 else { return nil }
        return Density(seconds: 1, bytes: byteRate)
    }
}
