// SPDX-License-Identifier: Apache-2.0

/// What the boxes of an MP4 file have told so far.
struct MP4Film: Sendable {
    /// Files with more tracks, fragmented tracks or streams than this aren't films.
    private static let mostTracks = 256

    private var brands = MP4Brands()
    private var tracks: [MP4Track] = []
    /// Of the whole film: ticks, and ticks a second.
    private var duration: UInt64 = 0
    private var scale: UInt64 = 0
    /// Of the film with its fragments, in the same ticks.
    private var fragmentedDuration: UInt64 = 0
    private var fragments = MP4Fragments()
    /// Seconds of each stream that a segment index describes.
    private var indexed: [UInt64: Double] = [:]
    private var data = MP4Data()
    private var hasFilm = false
    private var largestPicture: (width: Int, height: Int)?

    /// A box begins.
    ///
    /// - Parameters:
    ///   - start: where its content begins in the media.
    ///   - end: where it ends; nil: where the media ends.
    mutating func begin(_ box: MP4Box, start: Int, end: Int?) {
        switch box {
        case .trak: if tracks.count <= Self.mostTracks { tracks.append(MP4Track()) }
        case .moof:
            fragments.begin()
            data.latest = nil
        case .mdat: data.add(start: start, end: end)
        default: break
        }
    }

    /// The fixed fields of a box.
    mutating func take(_ box: MP4Box, _ content: BoxContent) {
        switch box {
        case .ftyp, .styp: brands.take(content)
        case .mvhd:
            guard let (ticks, scale) = content.durationAndScale else { return }
            duration = ticks
            self.scale = scale
        case .mehd: fragmentedDuration = content[4, content.version == 1 ? 8 : 4] ?? 0
        case .trex, .tfhd, .trun: fragments.take(box, content)
        case .ispe: takePicture(width: content[4, 4], height: content[8, 4])
        default:
            guard let last = tracks.indices.last else { return }
            tracks[last].take(box, content)
        }
    }

    /// One entry of a list.
    mutating func take(_ table: MP4Table.Kind, entry: UInt64) {
        switch table {
        case .samples: fragments.add(ticks: entry)
        case .segments(let id, let scale):
            // The highest bit: this refers to another index, which follows and is counted itself.
            guard entry >> 63 == 0, scale > 0, indexed[id] != nil || indexed.count < Self.mostTracks
            else { return }
            indexed[id, default: 0] += Double(entry & 0xFFFF_FFFF) / Double(scale)
        }
    }

    /// A picture is often cut into tiles and has a preview, each with a size of its own: the largest is that
    /// of the whole.
    private mutating func takePicture(width: UInt64?, height: UInt64?) {
        guard let width, let height, width > 0, height > 0 else { return }
        // Each has 32 bits: their product is no `Int`.
        if let largest = largestPicture, UInt64(largest.width) * UInt64(largest.height) >= width * height {
            return
        }
        largestPicture = (Int(width), Int(height))
    }
}

// MARK: - Facts

extension MP4Film {
    func facts(total: Int) -> MediaFacts {
        if let picture = brands.pictureType {
            return MediaFacts(
                mimeType: picture, width: largestPicture?.width, height: largestPicture?.height)
        }
        let pictures = brands.isAudio ? [] : tracks.filter { $0.kind == .picture }
        let hasSound = tracks.contains { $0.kind == .sound }
        let size = pictures.compactMap(\.size).first
        return MediaFacts(
            mimeType: mimeType(hasPicture: !pictures.isEmpty, hasSound: hasSound),
            seconds: seconds(total: total),
            width: size?.width, height: size?.height, hasSound: hasSound)
    }

    /// `audio/mp4` is the registered name for sound in MP4 (RFC 4337) whatever the brand; `audio/m4a` and
    /// `audio/x-m4a` are unregistered names for the same. Before the tracks are known, the brand decides.
    private func mimeType(hasPicture: Bool, hasSound: Bool) -> String {
        brands.isAudio || (hasSound && !hasPicture) ? "audio/mp4" : brands.filmType
    }

    /// The longest track of sound or picture; without one, what the film or its index says of the whole.
    private func seconds(total: Int) -> Double? {
        guard let present = data.presentShare(total: total) else { return nil }
        let latest = data.presentShareOfLatest(total: total)
        let ofTracks = tracks.lazy.filter { $0.kind != nil }.compactMap { track in
            track.seconds(fragments: fragments[track.id], present: present, latest: latest)
        }
        if let longest = ofTracks.max() { return longest }
        let ofWhole =
            indexed.values.max().flatMap { Seconds.of(ticks: $0, perSecond: 1) }
            ?? Seconds.of(ticks: Double(max(fragmentedDuration, duration)), perSecond: Double(scale))
        return ofWhole.map { $0 * present }
    }
}
