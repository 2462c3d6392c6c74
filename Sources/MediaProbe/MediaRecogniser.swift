// SPDX-License-Identifier: Apache-2.0

/// Any format: looks at the first bytes, and then walks with the walker of the format they belong to.
///
/// ID3v2 tags in front belong to no format in particular (MP3 has them, but so have the AAC segments of HLS,
/// and FLAC files of careless taggers): they are passed over, and the walker sees what comes behind them,
/// counted from there.
struct MediaRecogniser: MediaWalker {
    /// The next bytes to see, without those held already.
    private(set) var wanted: Range<Int>? = 0..<MediaFormats.startSize

    /// Where the medium begins, behind the tags.
    private var base = 0
    private var walker: (any MediaWalker)?
    /// Whether the start was seen, and is none of the known.
    private var isUnknown = false
    /// Bytes that were read to recognise the format, and may be wanted by its walker too.
    private var held: [UInt8] = []
    /// Where they begin; nothing before may be wanted.
    private var heldAt = 0

    /// - Parameter bytes: the wanted ones; fewer where the media ends before, and then none may follow.
    mutating func read(_ bytes: [UInt8]) {
        guard let wanted else { return }
        let isEnd = bytes.count < wanted.count
        if walker != nil, held.isEmpty {
            walker?.read(bytes)
            heldAt = wanted.upperBound
            self.wanted = if let region, !isEnd, region.lowerBound >= heldAt { region } else { nil }
        } else {
            held += bytes
            passHeld(isEnd: isEnd)
        }
    }

    func facts(total: Int) -> MediaFacts {
        let facts = walker?.facts(total: max(0, total - base)) ?? MediaFacts()
        // A tag alone says what follows (WHATWG MIME Sniffing, 6.2), even if it is cut off.
        return base > 0 && facts.mimeType == nil ? .sound(MP3Walker.mimeType) : facts
    }

    /// The bytes that are wanted whether held or not, counted from the start of the file; nil when there are
    /// none, or if a walker asks for what it can't get.
    private var region: Range<Int>? {
        guard let walker else { return isUnknown ? nil : base..<(base + MediaFormats.startSize) }
        guard let region = walker.wanted, !region.isEmpty, region.upperBound <= Int.max - base else {
            return nil
        }
        return (region.lowerBound + base)..<(region.upperBound + base)
    }

    /// Takes regions from the held bytes for as long as they are there.
    private mutating func passHeld(isEnd: Bool) {
        while let region, region.lowerBound >= heldAt {
            held.removeFirst(min(region.lowerBound - heldAt, held.count))
            heldAt = region.lowerBound
            let isWhole = held.count >= region.count
            guard isWhole || isEnd else {
                wanted = (heldAt + held.count)..<region.upperBound
                return
            }
            let next = Array(held.prefix(region.count))
            if walker == nil {
                recognise(next)
            } else {
                walker?.read(next)
                held.removeFirst(next.count)
                heldAt = region.upperBound
                if !isWhole { break }
            }
        }
        wanted = nil
    }

    private mutating func recognise(_ start: [UInt8]) {
        if let length = ID3.length(start) {
            base += length
        } else {
            // What follows a tag and isn't known by its start is MP3, with rubbish before the first frame.
            walker = MediaFormats.walker(for: start) ?? (base > 0 ? MP3Walker(isLenient: true) : nil)
            isUnknown = walker == nil
        }
    }
}
