// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Finds the secrets of a text: by their shape, by the name before them, by their place in a URL, by what is known of them.
///
/// Each way reads a byte in five to twenty where there is nothing, and none twice in the end: linear, whatever the text.
struct SecretFinder {
    /// Where a secret is.
    struct Place {
        let range: Range<Int>
        /// Whether it must go on being a number.
        var isNumber = false
    }

    /// In no order; they may overlap.
    private var places: [Place] = []

    /// All secrets of a text, also where plain characters of it are escaped.
    static func places(in text: UnsafeBufferPointer<UInt8>, _ known: [KnownSecret]) -> [Place] {
        guard text.count >= KnownSecret.shortest else { return [] }
        var finder = SecretFinder()
        finder.search(text, known)
        guard let unescaped = UnescapedText(text) else { return finder.places }
        var second = SecretFinder()
        unescaped.bytes.withUnsafeBufferPointer { second.search($0, known) }
        for place in second.places {
            let start = unescaped.source(of: place.range.lowerBound)
            let end = unescaped.source(of: place.range.upperBound)
            if start < end { finder.places.append(Place(range: start..<end, isNumber: place.isNumber)) }
        }
        return finder.places
    }

    private mutating func search(_ text: UnsafeBufferPointer<UInt8>, _ known: [KnownSecret]) {
        if text.count >= SecretShape.shortestRun { findRuns(text) }
        findNames(text)
        findPasswords(text)
        for secret in known where secret.count <= text.count {
            secret.forEach(in: text) { add($0, in: text, isNumber: secret.isNumber) }
        }
    }

    private mutating func add(
        _ range: Range<Int>, in text: UnsafeBufferPointer<UInt8>, isNumber: Bool = false
    ) {
        guard !range.isEmpty else { return }
        let start = JSONText.behindEscape(text, range.lowerBound)
        guard start < range.upperBound else { return }
        places.append(Place(range: start..<range.upperBound, isNumber: isNumber))
    }

    // MARK: - By shape

    /// Looks at each run of letters, digits, `_` and `-` that is long enough. Where every 20th byte is part of none,
    /// nothing else is read.
    private mutating func findRuns(_ text: UnsafeBufferPointer<UInt8>) {
        let classes = RunBytes.classes
        let shortest = SecretShape.shortestRun
        var (at, floor) = (shortest - 1, 0)
        while at < text.count {
            if classes[Int(text[at])] == 0 {
                floor = at + 1
                at += shortest
                continue
            }
            var start = at
            while start > floor, classes[Int(text[start - 1])] != 0 { start -= 1 }
            floor = start
            if at - start + 1 < shortest {
                at = start + shortest - 1
                continue
            }
            while at < text.count, classes[Int(text[at])] != 0 { at += 1 }
            look(at: start..<at, of: text, classes)
            floor = at + 1
            at += shortest
        }
    }

    private mutating func look(
        at run: Range<Int>, of text: UnsafeBufferPointer<UInt8>, _ classes: UnsafePointer<UInt8>
    ) {
        // `\n` before a secret belongs to no word.
        let begin = JSONText.behindEscape(text, run.lowerBound)
        if begin > 1, let start = markedStart(text, begin) {
            add(start..<end(ofDotted: run, text, classes), in: text)
            return
        }
        var at = begin
        if let found = secret(atWord: at, run, text, classes) { at = found }
        while at < run.upperBound {
            let kind = classes[Int(text[at])]
            at += 1
            if kind == RunBytes.letter { continue }
            if kind == RunBytes.joint {
                if let found = secret(atWord: at, run, text, classes) { at = found }
            } else if at - 3 >= begin, SecretShape.apiKey.fits(text, at - 3, run.upperBound) {
                // All of the run: what is longer than a key isn't told from one.
                add((at - 3)..<run.upperBound, in: text)
                return
            }
        }
    }

    /// The end of the secret that begins at `at`, which is the beginning of a word.
    private mutating func secret(
        atWord at: Int, _ run: Range<Int>, _ text: UnsafeBufferPointer<UInt8>, _ classes: UnsafePointer<UInt8>
    ) -> Int? {
        guard run.upperBound - at >= SecretShape.shortestRun else { return nil }
        if SecretShape.stands("eyJ", text, at) {
            guard let end = end(ofToken: at, run, text, classes) else { return nil }
            add(at..<end, in: text)
            return run.upperBound
        }
        for shape in SecretShape.atWord(text[at]) where shape.fits(text, at, run.upperBound) {
            add(at..<run.upperBound, in: text)
            return run.upperBound
        }
        return nil
    }

    /// The end of a signed token: `eyJ`, which is `{"` in base64, and two more parts behind dots.
    private func end(
        ofToken at: Int, _ run: Range<Int>, _ text: UnsafeBufferPointer<UInt8>,
        _ classes: UnsafePointer<UInt8>
    ) -> Int? {
        let middle = run.upperBound
        guard middle + 3 < text.count, text[middle] == UInt8(ascii: ".") else { return nil }
        let isPart = SecretShape.stands("eyJ", text, middle + 1)
        let end = end(ofDotted: run, text, classes)
        return isPart || end > middle + 1 + SecretShape.shortestRun ? end : nil
    }

    /// The end of a run with all that hangs on it behind dots.
    private func end(
        ofDotted run: Range<Int>, _ text: UnsafeBufferPointer<UInt8>, _ classes: UnsafePointer<UInt8>
    ) -> Int {
        var end = run.upperBound
        // Five parts at most, as an encrypted token has: the next run doesn't read without end what this one has read.
        for _ in 0..<4 {
            guard end + 1 < text.count, text[end] == UInt8(ascii: "."), classes[Int(text[end + 1])] != 0
            else {
                break
            }
            end += 1
            while end < text.count, classes[Int(text[end])] != 0 { end += 1 }
        }
        return end
    }

    /// Where the mark begins that stands before a run.
    private func markedStart(_ text: UnsafeBufferPointer<UInt8>, _ run: Int) -> Int? {
        guard text[run - 1] == UInt8(ascii: ".") || text[run - 1] == UInt8(ascii: "/") else { return nil }
        for mark in SecretShape.beforeRun {
            let start = run - mark.utf8CodeUnitCount
            guard SecretShape.stands(mark, text, start) else { continue }
            // `FAQ.` is none.
            let isWord =
                start == 0 || RunBytes.classes[Int(text[start - 1])] != RunBytes.letter
                || JSONText.behindEscape(text, start - 1) != start - 1
            if isWord || mark.utf8CodeUnitCount > 3 { return start }
        }
        return nil
    }

    // MARK: - By name

    /// Looks where the name of a secret may end.
    private mutating func findNames(_ text: UnsafeBufferPointer<UInt8>) {
        guard let base = UnsafeRawPointer(text.baseAddress), text.count > 5 else { return }
        let shifts = NameWindows.shifts
        let last = text.count - 1
        var at = 3
        while at < last {
            let pair = UInt16(littleEndian: base.loadUnaligned(fromByteOffset: at, as: UInt16.self))
            let shift = Int(shifts[NameWindows.place(pair)])
            at += shift != 0 ? shift : look(behind: at, of: text) - at
        }
    }

    /// Looks at what may be the last letter of a secret's name.
    ///
    /// - Returns: where to go on, which is further.
    private mutating func look(behind at: Int, of text: UnsafeBufferPointer<UInt8>) -> Int {
        let end = at + 1
        let value: SecretValue?
        switch text[end] {
        case UInt8(ascii: " "): value = .bearer(text, end)
        case UInt8(ascii: "K"): value = .privateKey(text, end)
        case let sign where NameWindows.signs.contains(sign):
            let isParameter = sign == UInt8(ascii: "=")
            guard SecretName.isSecret(text, endingAt: end, isParameter: isParameter) else { return end }
            value = .named(text, end)
        default: return end
        }
        guard let value else { return end }
        for range in value.ranges { add(range, in: text, isNumber: value.isNumber) }
        return max(end, value.end)
    }
}

// MARK: - Of URLs

extension SecretFinder {
    /// So many bytes before an `@` are looked at.
    private static let longestUser = 256

    /// Looks for `scheme://user:password@host`.
    private mutating func findPasswords(_ text: UnsafeBufferPointer<UInt8>) {
        guard let base = text.baseAddress else { return }
        var at = 0
        while at < text.count, let found = memchr(base + at, Int32(UInt8(ascii: "@")), text.count - at) {
            let end = UnsafeRawPointer(base).distance(to: found)
            if let password = SecretFinder.password(before: end, of: text) { add(password, in: text) }
            at = end + 1
        }
    }

    private static func password(before end: Int, of text: UnsafeBufferPointer<UInt8>) -> Range<Int>? {
        var (at, colon) = (end, end)
        let floor = max(3, end - longestUser)
        while at > floor {
            at -= 1
            switch text[at] {
            case UInt8(ascii: "/"):
                let isUser = text[at - 1] == UInt8(ascii: "/") && text[at - 2] == UInt8(ascii: ":")
                return isUser && colon + 1 < end ? (colon + 1)..<end : nil
            case UInt8(ascii: ":"): colon = at
            // What no URL has: it isn't one, however many of these follow.
            case 0...UInt8(ascii: " "), UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"): return nil
            default: break
            }
        }
        return nil
    }
}

/// What secrets with a mark are made of.
enum RunBytes {
    static let letter: UInt8 = 1
    /// Behind it begins a word.
    static let joint: UInt8 = 2
    /// In the mark of the commonest key, and rarely elsewhere.
    static let mark: UInt8 = 3

    /// The kind of each byte; 0 of what isn't one of them. Never written to once it is made.
    nonisolated(unsafe) static let classes: UnsafePointer<UInt8> = {
        // Made once, kept for good.
        let table = UnsafeMutablePointer<UInt8>.allocate(capacity: 256)
        table.initialize(repeating: 0, count: 256)
        for byte in UInt8(ascii: "0")...UInt8(ascii: "9") { table[Int(byte)] = letter }
        for byte in UInt8(ascii: "a")...UInt8(ascii: "z") {
            (table[Int(byte)], table[Int(byte & ~0x20)]) = (letter, letter)
        }
        table[Int(UInt8(ascii: "-"))] = joint
        table[Int(UInt8(ascii: "_"))] = joint
        table[Int(UInt8(ascii: "z"))] = mark
        return UnsafePointer(table)
    }()
}
