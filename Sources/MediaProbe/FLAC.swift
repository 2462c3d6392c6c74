// SPDX-License-Identifier: Apache-2.0

/// What the block STREAMINFO of FLAC says (RFC 9639, 8.2).
struct FLACStreamInfo: Sendable {
    /// Bytes of it that are needed.
    static let size = 18

    /// Samples a second, at least 1.
    let rate: Int
    /// Samples a channel; 0 where a recorder that streams didn't know.
    let samples: Int
    /// Samples a channel that a frame holds at most.
    let samplesPerFrame: Int
    /// Bytes that a frame has at least.
    let bytesPerFrame: Int

    /// Reads it; nil where it is cut off or says nothing useful.
    init?(_ bytes: [UInt8], at offset: Int) {
        guard let largestBlock = bytes.bigEndian(at: offset + 2, size: 2),
            let smallestFrame = bytes.bigEndian(at: offset + 4, size: 3),
            // 20 bits of rate, 3 of channels, 5 of bits a sample, 36 of samples.
            let bits = bytes.bigEndian(at: offset + 10, size: 8)
        else { return nil }
        rate = Int(UInt64(bitPattern: Int64(bits)) >> 44)
        guard rate > 0, largestBlock > 0 else { return nil }
        samples = bits & 0xF_FFFF_FFFF
        samplesPerFrame = largestBlock
        // A frame header of 6 bytes, one of a subframe, a sample of at least 4 bits, and 2 of check sum.
        bytesPerFrame = max(smallestFrame, 10)
    }

    /// Seconds of sound in so many bytes: what is promised, but no more than would fit; nil where nothing is
    /// promised.
    ///
    /// Where a file is cut off can't be told without reading it whole, so this only stops nonsense.
    func seconds(bytes: Int) -> Double? {
        guard samples > 0 else { return nil }
        let frames = bytes / bytesPerFrame + (bytes % bytesPerFrame == 0 ? 0 : 1)
        return Double(min(samples, frames * samplesPerFrame)) / Double(rate)
    }
}

/// FLAC: its first block tells the length.
struct FLACWalker: MediaWalker {
    private(set) var wanted: Range<Int>? = 0..<(8 + FLACStreamInfo.size)
    private var isFLAC = false
    private var info: FLACStreamInfo?

    static func recognises(_ start: [UInt8]) -> Bool { start.hasTag("fLaC", at: 0) }

    mutating func read(_ bytes: [UInt8]) {
        wanted = nil
        isFLAC = Self.recognises(bytes)
        // Block type 0, perhaps with the bit for "the last one", and 34 bytes of size.
        if isFLAC, bytes.count > 8, bytes[4] & 0x7F == 0 { info = FLACStreamInfo(bytes, at: 8) }
    }

    func facts(total: Int) -> MediaFacts {
        guard isFLAC else { return MediaFacts() }
        return .sound("audio/flac", seconds: info?.seconds(bytes: max(0, total - 42)))
    }
}
