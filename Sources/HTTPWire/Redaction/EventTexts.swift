// SPDX-License-Identifier: Apache-2.0

/// The strings that stand at the same place of successive events, joined as a client joins them: a secret that is told piece
/// by piece is found there, and masked where its pieces are.
///
/// Events are `data:` lines or the elements of an array, as generateContent and interactions stream them (CORE 4.5,
/// INTERACTIONS 4). A place is the names of the members on the way to it; which element of an array it is doesn't count, nor
/// which kind of event. What is no JSON, or is cut off, is read as far as it goes.
struct EventTexts {
    /// The strings of one place: where they are in the stream, without their quotes.
    private var texts: [UInt64: [Range<Int>]] = [:]
    /// The place of each open container.
    private var open: [UInt64] = []
    /// How many containers are open that are too deep to be told apart.
    private var tooDeep = 0

    /// Of containers; JSON that is deeper isn't taken (CORE 6.2).
    private static let maximumDepth = 128
    /// The place of what is in no container.
    private static let root: UInt64 = 0xCBF2_9CE4_8422_2325

    /// Masks what is found in a whole stream.
    static func mask(_ stream: inout [UInt8], _ known: [KnownSecret]) {
        let found = places(in: stream) { SecretFinder.places(in: $0, known) }
        guard !found.isEmpty else { return }
        stream.withUnsafeMutableBufferPointer { stream in
            for place in found { Redactor.overwrite(place.range, isNumber: place.isNumber, in: stream) }
        }
    }

    /// What `find` finds in the joined texts of a stream, where it is in the stream.
    static func places(
        in stream: [UInt8], _ find: (UnsafeBufferPointer<UInt8>) -> [SecretFinder.Place]
    ) -> [SecretFinder.Place] {
        stream.withUnsafeBufferPointer { stream in
            var reader = EventTexts()
            reader.read(stream)
            return reader.places(in: stream, find)
        }
    }

    // MARK: - Reading

    private mutating func read(_ stream: UnsafeBufferPointer<UInt8>) {
        var place = EventTexts.root
        var at = 0
        while at < stream.count {
            switch stream[at] {
            case UInt8(ascii: "\""):
                let start = at + 1
                let end = end(ofString: stream, start)
                at = min(end + 1, stream.count)
                if isName(stream, behind: at) {
                    place = EventTexts.place(open.last ?? EventTexts.root, stream, start..<end)
                } else if start < end {
                    texts[place, default: []].append(start..<end)
                }
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                if open.count < EventTexts.maximumDepth { open.append(place) } else { tooDeep += 1 }
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                if tooDeep > 0 { tooDeep -= 1 } else { _ = open.popLast() }
                place = open.last ?? EventTexts.root
            case 0x0A where endsEvent(stream, at):
                // Whatever was left open.
                open.removeAll(keepingCapacity: true)
                (tooDeep, place) = (0, EventTexts.root)
            case UInt8(ascii: ","): place = open.last ?? EventTexts.root
            default: break
            }
            at += 1
        }
    }

    /// Where a string ends: at its quote, or where it is cut off.
    private func end(ofString stream: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
        var at = start
        while at < stream.count {
            at = StringScan.end(stream, from: at, quote: UInt8(ascii: "\""), stopAtControls: true)
            guard at < stream.count else { break }
            switch stream[at] {
            case UInt8(ascii: "\\"): at += 2
            case 0x80...: at += 1
            default: return at
            }
        }
        return stream.count
    }

    private func isName(_ stream: UnsafeBufferPointer<UInt8>, behind end: Int) -> Bool {
        var at = end
        while at < stream.count, JSONText.isBlank(stream[at]) { at += 1 }
        return at < stream.count && stream[at] == UInt8(ascii: ":")
    }

    private func endsEvent(_ stream: UnsafeBufferPointer<UInt8>, _ at: Int) -> Bool {
        var next = at + 1
        if next < stream.count, stream[next] == 0x0D { next += 1 }
        return next < stream.count && stream[next] == 0x0A
    }

    /// FNV-1a. Who makes two places meet has two texts joined, no more.
    private static func place(
        _ outer: UInt64, _ stream: UnsafeBufferPointer<UInt8>, _ name: Range<Int>
    ) -> UInt64 {
        name.reduce((outer ^ 0xFF) &* 0x0000_0100_0000_01B3) { hash, at in
            (hash ^ UInt64(stream[at])) &* 0x0000_0100_0000_01B3
        }
    }

    // MARK: - Finding

    private func places(
        in stream: UnsafeBufferPointer<UInt8>, _ find: (UnsafeBufferPointer<UInt8>) -> [SecretFinder.Place]
    ) -> [SecretFinder.Place] {
        var found: [SecretFinder.Place] = []
        for pieces in texts.values where pieces.count > 1 {
            var joined: [UInt8] = []
            joined.reserveCapacity(pieces.reduce(0) { $0 + $1.count })
            for piece in pieces { joined += stream[piece] }
            let places = joined.withUnsafeBufferPointer { find($0) }
            if !places.isEmpty { EventTexts.append(places, of: pieces, to: &found) }
        }
        return found
    }

    /// The parts of places in a joined text, where they are in the stream.
    private static func append(
        _ places: [SecretFinder.Place], of pieces: [Range<Int>], to found: inout [SecretFinder.Place]
    ) {
        var starts: [Int] = []
        starts.reserveCapacity(pieces.count)
        var length = 0
        for piece in pieces {
            starts.append(length)
            length += piece.count
        }
        for place in places {
            var index = last(of: starts, notBehind: place.range.lowerBound)
            while index < pieces.count, starts[index] < place.range.upperBound {
                let shift = pieces[index].lowerBound - starts[index]
                let start = max(place.range.lowerBound + shift, pieces[index].lowerBound)
                let end = min(place.range.upperBound + shift, pieces[index].upperBound)
                if start < end {
                    found.append(SecretFinder.Place(range: start..<end, isNumber: place.isNumber))
                }
                index += 1
            }
        }
    }

    private static func last(of starts: [Int], notBehind place: Int) -> Int {
        var (low, high) = (0, starts.count)
        while low < high {
            let middle = (low + high) / 2
            if starts[middle] <= place { low = middle + 1 } else { high = middle }
        }
        return max(0, low - 1)
    }
}
