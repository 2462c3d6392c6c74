// SPDX-License-Identifier: Apache-2.0

/// One track of an MP4 file.
struct MP4Track: Sendable {
    enum Kind: Sendable { case sound, picture }

    /// nil for anything else: subtitles, chapters, hints, metadata.
    private(set) var kind: Kind?
    private(set) var id: UInt64 = 0
    private var ticks: UInt64 = 0
    private var scale: UInt64 = 0
    /// Whether it has samples besides those of fragments.
    private var hasSamples = false
    /// As shown, from the track's header, and as encoded, from the description of its samples.
    private var shownSize: (width: Int, height: Int)?
    private var encodedSize: (width: Int, height: Int)?

    /// Pixels as they are encoded, before any stretching; nil where nothing says it.
    var size: (width: Int, height: Int)? { encodedSize ?? shownSize }

    /// The fixed fields of a box inside the track.
    mutating func take(_ box: MP4Box, _ content: BoxContent) {
        switch box {
        case .tkhd:
            let isLong = content.version == 1
            id = content[isLong ? 20 : 12, 4] ?? 0
            // Fixed point, 16 bits behind the point.
            shownSize = Self.size(content[isLong ? 88 : 76, 2], content[isLong ? 92 : 80, 2])
        case .mdhd: (ticks, scale) = content.durationAndScale ?? (0, 0)
        case .hdlr:
            switch content[8, 4] {
            case 0x736F_756E: kind = .sound  // soun
            case 0x7669_6465: kind = .picture  // vide
            default: kind = nil
            }
        // The first description: after 8 bytes the entry, in which the size stands behind 32.
        case .stsd: encodedSize = Self.size(content[40, 2], content[42, 2])
        case .stts: hasSamples = content[4, 4] ?? 0 > 0
        default: break
        }
    }

    private static func size(_ width: UInt64?, _ height: UInt64?) -> (width: Int, height: Int)? {
        guard let width, let height, width > 0, height > 0 else { return nil }
        return (Int(width), Int(height))
    }

    /// What it plays.
    ///
    /// - Parameters:
    ///   - fragments: its samples in fragments.
    ///   - present: share of the media's data that is there, 0 to 1.
    ///   - latest: the same for the data of the latest fragment.
    func seconds(fragments: MP4Fragments.Length?, present: Double, latest: Double) -> Double? {
        guard let fragments, fragments.ticks > 0 else {
            return Seconds.of(ticks: Double(ticks) * present, perSecond: Double(scale))
        }
        // The duration of the header is that of the samples outside fragments; some writers put the whole
        // there.
        let before = hasSamples ? Double(ticks) : 0
        return Seconds.of(
            ticks: before + fragments.ticks - fragments.latestTicks * (1 - latest), perSecond: Double(scale))
    }
}

extension BoxContent {
    /// The duration in ticks (0 where it says "unknown", all ones) and the ticks a second, as `mvhd` and
    /// `mdhd` have them (ISO/IEC 14496-12, 8.2.2 and 8.4.2).
    var durationAndScale: (ticks: UInt64, scale: UInt64)? {
        let isLong = version == 1
        guard let scale = self[isLong ? 20 : 12, 4] else { return nil }
        guard let ticks = isLong ? self[24, 8] : self[16, 4] else { return nil }
        return (ticks == (isLong ? .max : 0xFFFF_FFFF) ? 0 : ticks, scale)
    }
}
