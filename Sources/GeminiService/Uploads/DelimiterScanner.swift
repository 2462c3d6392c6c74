// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Finds the delimiters of a multipart body (RFC 2046, 5.1.1), wherever reads cut them.
///
/// What lies between them is given out where it stands; copied are only the few bytes at the end of a read that may be
/// the beginning of a delimiter.
struct DelimiterScanner {
    enum Finding {
        /// Part of what lies between delimiters. It lasts as long as the read that it came from.
        case bytes(UnsafeRawBufferPointer)
        /// The same, of earlier reads: it had looked like a delimiter.
        case held([UInt8])
        case delimiter
        /// The one that ends the body.
        case lastDelimiter
    }

    /// How much of a delimiter has been seen.
    private enum Seen {
        case nothing
        case carriageReturn
        /// The line break and that many bytes of `--boundary`.
        case line(Int)
        /// All of it, and that many blanks.
        case boundary(blanks: Int)
        case boundaryAndDash
        case boundaryAndCarriageReturn
    }

    /// `--boundary`.
    private let line: [UInt8]
    private var seen = Seen.line(0)
    private var held: [UInt8] = []
    /// More blanks behind a boundary are no padding of anybody's, and would have to be held.
    private static let mostBlanks = 64

    /// - Parameter boundary: without line breaks, so that no delimiter can begin inside another.
    init(boundary: [UInt8]) {
        line = Array("--".utf8) + boundary
    }

    /// From here on the bytes of a part are scanned: a delimiter may stand at once, without a line break before it.
    mutating func beginPart() { seen = .line(0) }

    /// What comes next in `rest`, which is shortened by it; nil when all is read.
    mutating func next(_ rest: inout UnsafeRawBufferPointer) -> Finding? {
        var start = 0
        var at = 0
        while at < rest.count {
            if case .nothing = seen {
                (start, at) = findLineBreak(in: rest, from: at)
                continue
            }
            switch step(rest[at]) {
            case .goesOn: at += 1
            case .isDelimiter(let finding): return found(finding, from: start, through: at, in: &rest)
            case .isNone:
                // The byte that didn't fit may be the beginning of another one: it is looked at again.
                seen = .nothing
                if !held.isEmpty { return .held(takeHeld()) }
            }
        }
        return giveAll(of: &rest, holdingFrom: start)
    }

    // MARK: Steps

    /// Goes to the next place that may be a delimiter.
    ///
    /// - Returns: where it begins, and where to go on.
    private mutating func findLineBreak(
        in rest: UnsafeRawBufferPointer, from at: Int
    ) -> (start: Int, at: Int) {
        let (lineFeed, carriageReturn) = (UInt8(ascii: "\n"), UInt8(ascii: "\r"))
        var from = at
        while from < rest.count, let base = rest.baseAddress {
            guard let found = memchr(base + from, Int32(lineFeed), rest.count - from) else { break }
            let index = UnsafeRawPointer(found) - base
            if index + 1 == rest.count || rest[index + 1] == UInt8(ascii: "-") {
                seen = .line(0)
                let hasReturn = index > at && rest[index - 1] == carriageReturn
                return (hasReturn ? index - 1 : index, index + 1)
            }
            from = index + 1
        }
        let endsWithReturn = rest[rest.count - 1] == carriageReturn
        if endsWithReturn { seen = .carriageReturn }
        return (endsWithReturn ? rest.count - 1 : rest.count, rest.count)
    }

    private enum Step {
        case goesOn
        case isDelimiter(Finding)
        case isNone
    }

    private mutating func step(_ byte: UInt8) -> Step {
        switch (seen, byte) {
        case (.carriageReturn, UInt8(ascii: "\n")): seen = .line(0)
        case (.line(let count), _) where line[count] == byte:
            seen = count + 1 == line.count ? .boundary(blanks: 0) : .line(count + 1)
        case (.boundary(0), UInt8(ascii: "-")): seen = .boundaryAndDash
        case (.boundary(let blanks), 0x20), (.boundary(let blanks), 0x09):
            guard blanks < DelimiterScanner.mostBlanks else { return .isNone }
            seen = .boundary(blanks: blanks + 1)
        case (.boundary, UInt8(ascii: "\r")): seen = .boundaryAndCarriageReturn
        case (.boundary, UInt8(ascii: "\n")), (.boundaryAndCarriageReturn, UInt8(ascii: "\n")):
            return .isDelimiter(.delimiter)
        case (.boundaryAndDash, UInt8(ascii: "-")): return .isDelimiter(.lastDelimiter)
        default: return .isNone
        }
        return .goesOn
    }

    /// What stands before a delimiter is given out first; then the delimiter is found once more.
    private mutating func found(
        _ finding: Finding, from start: Int, through end: Int, in rest: inout UnsafeRawBufferPointer
    ) -> Finding {
        seen = .nothing
        guard start == 0 else {
            let before = UnsafeRawBufferPointer(rebasing: rest[..<start])
            rest = UnsafeRawBufferPointer(rebasing: rest[start...])
            return .bytes(before)
        }
        held = []
        rest = UnsafeRawBufferPointer(rebasing: rest[(end + 1)...])
        return finding
    }

    private mutating func giveAll(
        of rest: inout UnsafeRawBufferPointer, holdingFrom start: Int
    ) -> Finding? {
        var end = rest.count
        if case .nothing = seen {
        } else {
            held += rest[min(start, rest.count)...]
            end = min(start, rest.count)
        }
        let bytes = UnsafeRawBufferPointer(rebasing: rest[..<end])
        rest = UnsafeRawBufferPointer(start: nil, count: 0)
        return bytes.isEmpty ? nil : .bytes(bytes)
    }

    private mutating func takeHeld() -> [UInt8] {
        defer { held = [] }
        return held
    }
}
