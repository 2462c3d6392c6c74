// SPDX-License-Identifier: Apache-2.0

/// One track of a Matroska file.
struct MatroskaTrack: Sendable {
    enum Kind: Sendable { case sound, picture }

    /// nil for anything else: subtitles, buttons.
    private(set) var kind: Kind?
    private(set) var number: UInt64 = 0
    private var isOpus = false
    private var width: UInt64 = 0
    private var height: UInt64 = 0
    /// Of a frame, in nanoseconds; nil where nothing says it.
    private var frame: Double?

    /// Where the first block begins and the last one begins or, where known, ends; in ticks.
    private var start: Int64?
    private var end: Int64 = 0
    /// Where the block before the last began.
    private var before: Int64 = 0
    /// Whether the last block told its own duration.
    private var isEnded = false

    /// In pixels.
    var size: (width: Int, height: Int)? {
        guard 1...0xFFFF_FFFF ~= width, 1...0xFFFF_FFFF ~= height else { return nil }
        return (Int(width), Int(height))
    }

    /// The content of an element inside the track.
    mutating func take(_ element: MatroskaElement, _ bytes: [UInt8]) {
        switch element {
        case .trackNumber: number = bytes.unsignedInteger
        case .trackType:
            kind = bytes.unsignedInteger == 1 ? .picture : bytes.unsignedInteger == 2 ? .sound : nil
        case .defaultDuration: frame = Double(bytes.unsignedInteger)
        case .codec: isOpus = bytes.starts(with: "A_OPUS".utf8)
        case .pixelWidth: width = bytes.unsignedInteger
        case .pixelHeight: height = bytes.unsignedInteger
        default: break
        }
    }

    /// - Parameters:
    ///   - time: in ticks.
    ///   - content: how its data begins.
    mutating func addBlock(at time: Int64, content: ArraySlice<UInt8>) {
        start = min(start ?? time, time)
        guard time >= end else { return }
        before = end
        end = time
        isEnded = false
        if isOpus, let nanoseconds = OpusPacket.nanoseconds(content) { frame = nanoseconds }
    }

    /// The last block says how long it lasts.
    mutating func extend(to time: Int64) {
        guard time >= end else { return }
        end = time
        isEnded = true
    }

    /// From the first block to the end of the last, which is as long as the default, or as the one before;
    /// nil without any.
    func seconds(ticksPerSecond: Double) -> Double? {
        guard kind != nil, let start else { return nil }
        let last = frame.map { $0 / 1e9 * ticksPerSecond } ?? Double(end - max(before, start))
        return Seconds.of(ticks: Double(end - start) + (isEnded ? 0 : last), perSecond: ticksPerSecond)
    }
}

/// Opus packets (RFC 6716, 3.1).
private enum OpusPacket {
    /// How long a packet plays, from its first bytes: frames by the length of each.
    static func nanoseconds(_ packet: ArraySlice<UInt8>) -> Double? {
        guard let toc = packet.first else { return nil }
        let configuration = Int(toc >> 3)
        let milliseconds: Double =
            switch configuration {
            case 0..<12: [10, 20, 40, 60][configuration % 4]
            case 12..<16: [10, 20][configuration % 2]
            default: [2.5, 5, 10, 20][configuration % 4]
            }
        let frames =
            switch toc & 3 {
            case 0: 1
            case 1, 2: 2
            default: Int(packet.dropFirst().first ?? 1) & 0x3F
            }
        return milliseconds * Double(frames) * 1e6
    }
}

extension [UInt8] {
    /// The last 8 bytes as an unsigned number (RFC 8794, 7.2).
    var unsignedInteger: UInt64 { suffix(8).reduce(0) { $0 << 8 | UInt64($1) } }

    /// A number of 4 or 8 bytes with a point (RFC 8794, 7.3).
    var floatingPoint: Double? {
        switch count {
        case 4: Double(Float(bitPattern: UInt32(unsignedInteger)))
        case 8: Double(bitPattern: unsignedInteger)
        default: nil
        }
    }
}
