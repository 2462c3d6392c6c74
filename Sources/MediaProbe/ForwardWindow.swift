// SPDX-License-Identifier: Apache-2.0

/// The part of the media that a parser is looking at: it moves forwards only, and holds no more than one step
/// needs.
///
/// A parser that reads big-endian structures asks for some bytes at `position`, waits until `isReady`, looks
/// at them, and moves on. Jumps over what nobody wants cost nothing.
struct ForwardWindow: Sendable {
    /// The most that a region may have, in bytes.
    static let largestRegion = 65_536
    /// Asked for at the least, in bytes: a chain of small structures then takes one region, not one for each.
    static let readAhead = 4_096
    /// Offsets beyond this aren't of any file; below it they can be added without overflow.
    static let limit = Int.max / 4

    /// Offset in the media of what comes next.
    private(set) var position = 0
    /// Whether the media ended inside the last region.
    private(set) var hasEnded = false
    private var needed: Int
    private var held: [UInt8] = []
    private var heldStart = 0

    /// - Parameter needed: how many bytes the first step looks at.
    init(needed: Int) {
        self.needed = min(needed, Self.largestRegion)
    }

    /// - Parameter start: the first bytes of the media, which somebody else has read.
    init(start: [UInt8], needed: Int) {
        self.init(needed: needed)
        held = start
    }

    /// Bytes that are here from `position` on.
    var available: Int { max(0, heldStart + held.count - position) }

    /// Whether the next step can be made.
    var isReady: Bool { available >= needed }

    /// The region to read, while the step isn't ready; nil when there is nothing more to come.
    var wanted: Range<Int>? {
        guard !hasEnded, position < Self.limit else { return nil }
        return max(position, heldStart + held.count)..<(position + max(needed, Self.readAhead))
    }

    /// Takes the bytes of the region that was wanted.
    mutating func take(_ bytes: [UInt8]) {
        guard let region = wanted else { return }
        hasEnded = bytes.count < region.count
        if available == 0 {
            held = bytes
            heldStart = region.lowerBound
        } else {
            held.removeFirst(position - heldStart)
            held += bytes
            heldStart = position
        }
    }

    /// Goes on at `offset`, where the next step looks at `needed` bytes. Never goes back.
    mutating func move(to offset: Int, needed: Int) {
        position = min(max(offset, position), Self.limit)
        self.needed = min(needed, Self.largestRegion)
    }

    /// The big-endian number of `size` bytes (at most 8) at `offset` from the position; 0 where it isn't
    /// here.
    func number(at offset: Int, size: Int) -> UInt64 {
        guard offset + size <= available else { return 0 }
        let from = position - heldStart + offset
        var value: UInt64 = 0
        for index in from..<(from + size) { value = value << 8 | UInt64(held[index]) }
        return value
    }

    /// Up to `count` bytes from the position on.
    func bytes(_ count: Int) -> [UInt8] {
        let from = position - heldStart
        let count = min(count, available)
        return count > 0 ? Array(held[from..<(from + count)]) : []
    }
}
