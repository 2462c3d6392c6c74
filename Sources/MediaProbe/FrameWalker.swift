// SPDX-License-Identifier: Apache-2.0

/// The header in front of each frame of a stream that is nothing but frames.
protocol FrameHeader: Sendable {
    static var mimeType: String { get }
    /// Bytes it has.
    static var size: Int { get }

    /// Reads it; nil where none can be. All `size` bytes are there.
    init?(_ bytes: [UInt8], at offset: Int)

    /// Bytes of the whole frame, at least `size`.
    var length: Int { get }
    /// Samples a channel.
    var samples: Int { get }
    /// Samples a second, at least 1.
    var rate: Int { get }

    /// Whether both can belong to the same stream.
    func continues(_ other: Self) -> Bool

    /// Whether the frame, which begins at `offset`, holds sound, and not only facts about the stream.
    func hasSound(_ bytes: [UInt8], at offset: Int) -> Bool
}

/// Counts the samples of all frames: the length is exact, whatever headers and estimates say.
///
/// Frames are believed where two that fit follow each other. Behind the last one, rubbish of up to 64 KiB and
/// tags of any size may come before the next two.
struct FrameWalker<Header: FrameHeader>: MediaWalker {
    static var mimeType: String { Header.mimeType }

    /// Whether a frame can begin here; only the next one shows whether it does.
    static func recognises(_ start: [UInt8]) -> Bool {
        start.count >= Header.size && Header(start, at: 0) != nil
    }

    /// Bytes of one region: few enough for the processor's cache.
    private static var regionSize: Int { 32_768 }
    private static var rubbishSize: Int { 65_536 }

    private enum State {
        /// Looks for two frames, the first of which begins at this offset at most.
        case searching(limit: Int)
        /// Among frames like this one.
        case inStream(Header)
        /// Behind a frame, with no other to follow.
        case lost
        case over
    }

    private(set) var wanted: Range<Int>? = 0..<Self.regionSize
    private var state: State
    /// Where to look next.
    private var next = 0
    /// Bytes from `next` on that have been read.
    private var carry: [UInt8] = []
    private var count = FrameCount()

    /// - Parameter isLenient: whether rubbish may come before the first frame.
    init(isLenient: Bool = false) {
        state = .searching(limit: isLenient ? Self.rubbishSize : 0)
    }

    mutating func read(_ bytes: [UInt8]) {
        guard let wanted else { return }
        let data = carry.isEmpty ? bytes : carry + bytes
        let start = wanted.lowerBound - carry.count
        walk(data, from: start, isEnd: false)
        if case .over = state {
            carry = []
            self.wanted = nil
            return
        }
        let end = start + data.count
        carry = next < end ? Array(data[(next - start)...]) : []
        self.wanted = max(next, end)..<(max(next, end) + Self.regionSize)
    }

    func facts(total: Int) -> MediaFacts {
        var end = self
        end.walk(carry, from: next, isEnd: true)
        guard let seconds = end.count.seconds(total: total) else { return MediaFacts() }
        return .sound(Header.mimeType, seconds: seconds)
    }

    /// Goes through the bytes as far as they can be understood.
    ///
    /// - Parameter start: where they lie in the media.
    /// - Parameter isEnd: whether no others follow.
    private mutating func walk(_ data: [UInt8], from start: Int, isEnd: Bool) {
        while next - start < data.count {
            switch state {
            case .searching(let limit):
                guard search(data, from: start, limit: limit, isEnd: isEnd) else { return }
            case .inStream(let header):
                guard follow(header, data, from: start) else { return }
            case .lost:
                guard isEnd || next - start + InnerTag.headSize <= data.count else { return }
                if let length = InnerTag.length(data, at: next - start) {
                    next += length
                } else {
                    state = .searching(limit: next + Self.rubbishSize)
                }
            case .over:
                return
            }
        }
    }

    /// Counts frames; false where the bytes end.
    private mutating func follow(_ first: Header, _ data: [UInt8], from start: Int) -> Bool {
        var offset = next - start
        defer { next = start + offset }
        while offset + Header.size <= data.count {
            guard let header = Header(data, at: offset), header.continues(first) else {
                state = .lost
                return true
            }
            offset += header.length
            count.add(samples: header.samples, end: start + offset)
        }
        return false
    }

    /// Looks for two frames; false where the bytes end or nothing was found for too long.
    private mutating func search(_ data: [UInt8], from start: Int, limit: Int, isEnd: Bool) -> Bool {
        var offset = next - start
        defer { next = start + offset }
        while offset + Header.size <= data.count {
            guard start + offset <= limit else {
                state = .over
                return false
            }
            if data[offset] == 0xFF, let header = Header(data, at: offset) {
                guard let isFrame = hasFollower(header, data, at: offset, isEnd: isEnd) else { return false }
                if isFrame {
                    count.begin(rate: header.rate)
                    let hasSound = header.hasSound(data, at: offset)
                    offset += header.length
                    if hasSound { count.add(samples: header.samples, end: start + offset) }
                    state = .inStream(header)
                    return true
                }
            }
            offset += 1
        }
        return false
    }

    /// Whether behind the frame another one begins, or the media ends; nil where that can't be seen yet.
    private func hasFollower(_ header: Header, _ data: [UInt8], at offset: Int, isEnd: Bool) -> Bool? {
        let follower = offset + header.length
        guard follower + Header.size <= data.count else { return isEnd ? follower == data.count : nil }
        return Header(data, at: follower)?.continues(header) ?? false
    }
}

/// Adds up the samples of frames, also of streams at different rates.
struct FrameCount: Sendable {
    /// Samples a second; nil before the first frame.
    private var rate: Int?
    private var samples = 0
    /// Of what came before the rate changed.
    private var earlierSeconds = 0.0
    private var lastSamples = 0
    private var lastEnd = 0

    /// A stream begins.
    mutating func begin(rate: Int) {
        guard rate != self.rate else { return }
        earlierSeconds = seconds(total: lastEnd) ?? 0
        samples = 0
        self.rate = rate
    }

    /// A frame ends at that offset.
    mutating func add(samples: Int, end: Int) {
        self.samples += samples
        lastSamples = samples
        lastEnd = end
    }

    /// Seconds of the frames that are whole; nil where there was none at all.
    ///
    /// - Parameter total: how many bytes there were.
    func seconds(total: Int) -> Double? {
        guard let rate else { return nil }
        return earlierSeconds + Double(samples - (lastEnd > total ? lastSamples : 0)) / Double(rate)
    }
}
