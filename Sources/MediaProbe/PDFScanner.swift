// SPDX-License-Identifier: Apache-2.0

/// Cuts a PDF file into tokens, wherever the bytes are cut, and passes over its streams, but for those that
/// hold objects.
struct PDFScanner: Sendable {
    /// The most that is kept of a stream of objects, and that is inflated in one file, in bytes.
    private static let longestStream = 1 << 20
    private static let mostInflated = 32 << 20

    /// How much may come out of a byte, and of the first ones at least. Lists of objects shrink to a fifth or an
    /// eighth; a thousand small files that swell to megabytes each would hold up the server for minutes.
    private static let mostGrowth = 20
    private static let leastAllowed = 4 << 10

    private static let endOfStream = Array("endstream".utf8)

    private enum Place: Sendable {
        case objects
        /// Inside a stream; so many characters of `endstream` have been seen.
        case stream(matched: Int)
    }

    /// What was found.
    private(set) var tree = PDFPageTree()
    private var place = Place.objects
    private var token: PDFToken?
    /// Whether a dictionary has just ended: only there `stream` begins one.
    private var isBehindDictionary = false
    /// The stream of objects that is being read; nil while in any other.
    private var stream: [UInt8]?
    private var inflated = 0
    /// How many bytes that was made of.
    private var compressed = 0

    mutating func scan(_ bytes: UnsafeBufferPointer<UInt8>) {
        var index = 0
        while index < bytes.count {
            switch place {
            case .objects: index = scanObjects(bytes, from: index)
            case .stream(let matched): index = skipStream(bytes, from: index, matched: matched)
            }
        }
    }

    /// - Returns: where a stream begins, or the end.
    private mutating func scanObjects(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var current = token
        defer { token = current }
        for index in start..<bytes.count {
            let byte = bytes[index]
            if !PDFToken.isSeparator(byte) {
                if current == nil { current = PDFToken() }
                current?.append(byte)
                continue
            }
            if let whole = current {
                current = nil
                if take(whole.meaning) { return index + 1 }
            }
            if byte == UInt8(ascii: "/") {
                current = PDFToken(isName: true)
            } else if byte == UInt8(ascii: ">") {
                isBehindDictionary = true
            }
        }
        return bytes.count
    }

    /// - Returns: whether a stream begins.
    private mutating func take(_ meaning: PDFToken.Meaning) -> Bool {
        let isStream = meaning == .word(.stream) && isBehindDictionary
        isBehindDictionary = false
        guard isStream else {
            tree.take(meaning)
            return false
        }
        stream = tree.objects.isStream ? [] : nil
        place = .stream(matched: 0)
        return true
    }

    /// - Returns: where objects go on, or the end.
    private mutating func skipStream(
        _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, matched: Int
    ) -> Int {
        var matched = matched
        var index = start
        while index < bytes.count, matched < Self.endOfStream.count {
            let byte = bytes[index]
            index += 1
            if byte == Self.endOfStream[matched] {
                matched += 1
            } else if matched > 0 {
                // "endstre" ends with the beginning of another.
                let isSecond = matched == 7 && byte == Self.endOfStream[1]
                matched = isSecond ? 2 : byte == Self.endOfStream[0] ? 1 : 0
            }
        }
        keep(bytes[start..<index])
        place = .stream(matched: matched)
        if matched == Self.endOfStream.count { endStream() }
        return index
    }

    private mutating func keep(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) {
        guard let kept = stream?.count else { return }
        if kept + bytes.count > Self.longestStream {
            stream = nil
        } else {
            stream?.append(contentsOf: bytes)
        }
    }

    private mutating func endStream() {
        place = .objects
        let kind = tree.objects
        tree.endObject()
        guard kind.isStream else { return }
        guard let objects = stream.flatMap({ text(of: $0, isCompressed: kind.isCompressed) }) else {
            return tree.hasUnreadObjects = true
        }
        stream = nil
        PDFObjectStream.scan(objects, into: &tree)
    }

    /// - Returns: nil where it can't be read: encrypted, broken, in another compression, or too much.
    private mutating func text(of stream: [UInt8], isCompressed: Bool) -> [UInt8]? {
        guard isCompressed else { return stream }
        // Of the line end before the data, the first character was the separator.
        let data = stream.first == 0x0A ? Array(stream.dropFirst()) : stream
        compressed += data.count
        let allowed = min(Self.mostInflated, Self.leastAllowed + Self.mostGrowth * compressed)
        guard inflated < allowed else { return nil }
        var inflate = Inflate(zlib: data, limit: allowed - inflated)
        let isWhole = inflate.run()
        inflated += inflate.output.count
        return isWhole ? inflate.output : nil
    }
}
