// SPDX-License-Identifier: Apache-2.0

/// A list at the end of a box, read in regions: it may be far longer than one.
struct MP4Table: Sendable {
    enum Kind: Sendable {
        /// Samples of a fragment, each with its own duration (ISO/IEC 14496-12, 8.8.8).
        case samples
        /// Segments of stream `id`, which are counted in `scale` ticks a second (8.16.3).
        case segments(id: UInt64, scale: UInt64)

        /// Bytes at the beginning of an entry that are looked at.
        var valueSize: Int {
            switch self {
            case .samples: 4
            case .segments: 8
            }
        }
    }

    let kind: Kind
    /// Where the list begins in the box's content, and the length of each entry, in bytes.
    let start: Int
    let entrySize: Int
    /// Entries that are still to be read.
    var entries: Int
    /// Where the box ends in the media.
    var end = 0

    /// - Returns: nil for boxes without a list of use.
    init?(_ box: MP4Box, _ content: BoxContent) {
        switch box {
        case .trun:
            let flags = content.flags
            guard flags & 0x100 != 0, let count = content[4, 4] else { return nil }
            kind = .samples
            // The offset of the data and the flags of the first sample may come before; each sample may have
            // up to four fields, the duration first.
            start = 8 + 4 * (flags & 0x1).nonzeroBitCount + 4 * (flags & 0x4).nonzeroBitCount
            entrySize = 4 * (flags & 0xF00).nonzeroBitCount
            entries = Int(count)
        case .sidx:
            start = content.version == 0 ? 24 : 32
            guard let id = content[4, 4], let scale = content[8, 4], let count = content[start - 2, 2]
            else { return nil }
            kind = .segments(id: id, scale: scale)
            entrySize = 12
            entries = Int(count)
        default: return nil
        }
    }

    /// Entries of the next region.
    var entriesInRegion: Int { min(entries, ForwardWindow.largestRegion / entrySize) }

    /// Leaves out the entries that the box promises beyond its `length`, in bytes.
    mutating func limit(to length: Int) {
        entries = min(entries, max(0, length - start) / entrySize)
    }
}
