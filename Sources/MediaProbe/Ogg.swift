// SPDX-License-Identifier: Apache-2.0

/// Ogg (RFC 3533): goes from page header to page header; the last whole page of a stream tells how far it
/// goes.
///
/// Streams side by side (picture and sound) last as long as the longest; streams behind each other (chained,
/// as radio recordings are) add up.
struct OggWalker: MediaWalker {
    private enum Part {
        case head, lacing, identification
    }

    private struct Page {
        var isFirst = false
        var serial = 0
        /// Where the stream is when the last packet that ends here has been played; -1 where none ends.
        var granule = -1
        /// How many packets end here.
        var packets = 0
        var content = 0
        var end = 0
    }

    private static let headSize = 27
    private static let largestStreamCount = 64

    private(set) var wanted: Range<Int>? = 0..<Self.headSize
    private var part = Part.head
    private var isOgg = false
    private var page = Page()
    /// The streams that play now, by serial number.
    private var streams: [Int: OggStream] = [:]
    /// Whether all streams that play now have begun.
    private var areUnderWay = false
    /// Seconds of the streams that played before.
    private var earlierSeconds: Double?
    private var film: OggCodec?
    private var hasSound = false

    static func recognises(_ start: [UInt8]) -> Bool { start.hasTag("OggS", at: 0) }

    mutating func read(_ bytes: [UInt8]) {
        guard let wanted else { return }
        guard bytes.count == wanted.count, part != .head || Self.recognises(bytes) else {
            isOgg = isOgg || Self.recognises(bytes)
            self.wanted = nil
            return
        }
        switch part {
        case .head:
            isOgg = true
            keepPage()
            readHead(bytes, at: wanted.lowerBound)
        case .lacing:
            readLacing(bytes)
        case .identification:
            begin(OggCodec(bytes))
            wantPage()
        }
    }

    func facts(total: Int) -> MediaFacts {
        guard isOgg else { return MediaFacts() }
        var end = self
        if page.end <= total { end.keepPage() }
        end.endStreams()
        let isFilm = film != nil
        return MediaFacts(
            mimeType: isFilm ? "video/ogg" : hasSound ? "audio/ogg" : "application/ogg",
            seconds: end.earlierSeconds, width: film?.width, height: film?.height,
            hasSound: hasSound)
    }

    private mutating func readHead(_ head: [UInt8], at offset: Int) {
        page = Page(
            isFirst: head[5] & 2 != 0, serial: head.littleEndian(at: 14, size: 4) ?? 0,
            granule: head.littleEndian(at: 6, size: 8) ?? -1, content: offset + Self.headSize + Int(head[26]))
        // Before its lacing is read, a page can't be whole.
        page.end = Int.max
        part = .lacing
        wanted = (offset + Self.headSize)..<page.content
        if head[26] == 0 { readLacing([]) }
    }

    /// Lengths of the segments; one below 255 ends a packet.
    private mutating func readLacing(_ lacing: [UInt8]) {
        let size = lacing.reduce(0) { $0 + Int($1) }
        page.end = page.content + size
        page.packets = lacing.count { $0 < 255 }
        guard page.isFirst, size > 0 else {
            areUnderWay = areUnderWay || !page.isFirst
            wantPage()
            return
        }
        part = .identification
        wanted = page.content..<(page.content + min(size, OggCodec.headSize))
    }

    private mutating func wantPage() {
        part = .head
        wanted = page.end..<(page.end + Self.headSize)
    }

    private mutating func begin(_ codec: OggCodec?) {
        if areUnderWay { endStreams() }
        areUnderWay = false
        guard let codec, streams.count < Self.largestStreamCount else { return }
        streams[page.serial] = OggStream(codec: codec)
        if codec.width != nil { film = film ?? codec } else { hasSound = true }
    }

    /// The page is whole: its streams goes as far as it says.
    private mutating func keepPage() {
        guard streams[page.serial] != nil else { return }
        streams[page.serial]?.packets += page.packets
        if page.granule >= 0 { streams[page.serial]?.granule = page.granule }
        page.packets = 0
    }

    private mutating func endStreams() {
        guard let longest = streams.values.map(\.seconds).max() else { return }
        earlierSeconds = (earlierSeconds ?? 0) + longest
        streams = [:]
    }
}

/// How far one stream of Ogg goes.
private struct OggStream: Sendable {
    let codec: OggCodec
    /// Of the last whole page.
    var granule = 0
    /// How many there were, those of the header too.
    var packets = 0

    /// No more than so many packets can hold.
    var seconds: Double {
        let (most, overflows) = packets.multipliedReportingOverflow(by: codec.samplesPerPacket)
        let samples = codec.samples(granule: granule)
        return Double(overflows ? samples : min(samples, most)) / codec.rate
    }
}
