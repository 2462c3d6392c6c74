// SPDX-License-Identifier: Apache-2.0

/// What the elements of a Matroska file have told so far.
struct MatroskaFilm: Sendable {
    /// Files with more tracks than this aren't films.
    private static let mostTracks = 256
    private static let nanosecondsPerSecond = 1e9

    private var isWebM = true
    /// Nanoseconds in a tick.
    private var scale: UInt64 = 1_000_000
    /// Of the whole, in ticks.
    private var duration: Double?
    private var tracks: [MatroskaTrack] = []
    /// Where the segment ends; nil where unknown.
    private var segmentEnd: Int?
    /// Where the first cluster begins.
    private var clustersStart: Int?
    /// Ticks, of the current cluster.
    private var clusterTime: Int64 = 0
    /// The current block: index of its track, and where it begins, in ticks.
    private var block: (track: Int, start: Int64)?

    /// Whether the clusters have nothing to add.
    var isComplete: Bool { duration ?? 0 > 0 }

    /// An element begins.
    mutating func begin(_ element: MatroskaElement, at start: Int, end: Int?) {
        switch element {
        case .segment: segmentEnd = segmentEnd ?? end
        case .trackEntry: if tracks.count < Self.mostTracks { tracks.append(MatroskaTrack()) }
        case .cluster:
            clustersStart = clustersStart ?? start
            clusterTime = 0
        case .blockGroup: block = nil
        default: break
        }
    }

    /// The content of an element that holds no others, or its beginning.
    mutating func take(_ element: MatroskaElement, _ bytes: [UInt8]) {
        switch element {
        case .docType: isWebM = bytes.prefix { $0 != 0 }.elementsEqual("webm".utf8)
        case .timestampScale: scale = bytes.unsignedInteger
        case .duration: duration = bytes.floatingPoint
        case .timestamp: clusterTime = Int64(min(bytes.unsignedInteger, UInt64(Int64.max / 4)))
        case .simpleBlock, .block: takeBlock(bytes)
        case .blockDuration:
            guard let block else { return }
            tracks[block.track].extend(
                to: block.start + Int64(min(bytes.unsignedInteger, UInt64(Int64.max / 4))))
        default:
            guard let last = tracks.indices.last else { return }
            tracks[last].take(element, bytes)
        }
    }

    /// A block begins with the track's number, as elements write their sizes, and its time after the
    /// cluster's (16 bits, signed), and flags; RFC 9559, 10.1.
    private mutating func takeBlock(_ bytes: [UInt8]) {
        let length = (bytes.first ?? 0).leadingZeroBitCount + 1
        guard length <= 8, bytes.count > length + 2 else { return }
        let number = Array(bytes[..<length]).unsignedInteger & (UInt64(1) << UInt64(7 * length) - 1)
        let time = Int16(truncatingIfNeeded: Int(bytes[length]) << 8 | Int(bytes[length + 1]))
        guard let track = tracks.firstIndex(where: { $0.number == number }) else { return }
        let start = clusterTime + Int64(time)
        block = (track, start)
        tracks[track].addBlock(at: start, content: bytes[(length + 3)...])
    }
}

// MARK: - Facts

extension MatroskaFilm {
    func facts(total: Int) -> MediaFacts {
        let picture = tracks.first { $0.kind == .picture }
        let hasSound = tracks.contains { $0.kind == .sound }
        let kind = hasSound && picture == nil ? "audio" : "video"
        return MediaFacts(
            mimeType: kind + (isWebM ? "/webm" : "/x-matroska"), seconds: seconds(total: total),
            width: picture?.size?.width, height: picture?.size?.height, hasSound: hasSound)
    }

    private func seconds(total: Int) -> Double? {
        let ticksPerSecond = Self.nanosecondsPerSecond / Double(max(1, scale))
        guard let duration, duration > 0 else {
            return tracks.compactMap { $0.seconds(ticksPerSecond: ticksPerSecond) }.max()
        }
        guard let clustersStart else { return nil }
        let seconds = Seconds.of(ticks: duration, perSecond: ticksPerSecond)
        // Of a cut file as much as its share of the bytes.
        guard let segmentEnd, segmentEnd > total, segmentEnd > clustersStart else { return seconds }
        return seconds.map { $0 * Double(max(0, total - clustersStart)) / Double(segmentEnd - clustersStart) }
    }
}
