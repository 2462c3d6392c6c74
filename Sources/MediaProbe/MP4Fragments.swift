// SPDX-License-Identifier: Apache-2.0

/// The durations of what is in the fragments of an MP4 file (ISO/IEC 14496-12, 8.8), by track.
struct MP4Fragments: Sendable {
    /// Ticks of a track in all fragments, and in the latest one.
    struct Length: Sendable {
        var ticks = 0.0
        var latestTicks = 0.0
        fileprivate var latest = 0
    }

    private static let mostTracks = 256

    private var lengths: [UInt64: Length] = [:]
    /// Ticks of a sample where neither the sample nor its fragment says otherwise, by track (`trex`).
    private var defaults: [UInt64: UInt64] = [:]
    private var fragment = 0
    private var track: UInt64 = 0
    private var sampleTicks: UInt64 = 0

    subscript(track: UInt64) -> Length? {
        guard var length = lengths[track] else { return nil }
        if length.latest != fragment { length.latestTicks = 0 }
        return length
    }

    /// Another fragment begins.
    mutating func begin() {
        fragment += 1
    }

    /// The fixed fields of a box.
    mutating func take(_ box: MP4Box, _ content: BoxContent) {
        switch box {
        case .trex:
            guard let track = content[4, 4], defaults.count < Self.mostTracks else { return }
            defaults[track] = content[12, 4]
        case .tfhd:
            track = content[4, 4] ?? 0
            // Before the duration: the base of offsets, the number of the description, each if its flag is
            // set.
            let flags = content.flags
            let offset = 8 + 8 * (flags & 0x1).nonzeroBitCount + 4 * (flags & 0x2).nonzeroBitCount
            sampleTicks = (flags & 0x8 != 0 ? content[offset, 4] : nil) ?? defaults[track] ?? 0
        case .trun where content.flags & 0x100 == 0:
            let samples = content[4, 4] ?? 0
            add(Double(samples) * Double(sampleTicks))
        default: break
        }
    }

    /// One sample of the fragment.
    mutating func add(ticks: UInt64) {
        add(Double(ticks))
    }

    private mutating func add(_ ticks: Double) {
        guard lengths[track] != nil || lengths.count < Self.mostTracks else { return }
        lengths[track, default: Length()].add(ticks, in: fragment)
    }
}

extension MP4Fragments.Length {
    fileprivate mutating func add(_ more: Double, in fragment: Int) {
        latestTicks = latest == fragment ? latestTicks + more : more
        latest = fragment
        ticks += more
    }
}
