// SPDX-License-Identifier: Apache-2.0

/// The value that a name, or a word such as `Bearer`, says to be a secret.
struct SecretValue {
    var ranges: [Range<Int>]
    var isNumber = false
    /// Where to go on.
    let end: Int

    /// What follows the name that ends before `end`: in a JSON text, in JSON inside a string of it, in a URL or a form, or in
    /// a line of a head. Nil where that is no value.
    static func named(_ text: UnsafeBufferPointer<UInt8>, _ end: Int) -> SecretValue? {
        var at = end
        while at < text.count, text[at] == UInt8(ascii: "\\") { at += 1 }
        let depth = at - end
        // Two backslashes are one, and the quote behind them is no escape.
        guard at < text.count, depth == 0 || depth % 2 == 1 else { return nil }
        var quote: UInt8?
        if isQuote(text[at]) {
            quote = text[at]
            at += 1
        } else if depth > 0 {
            return nil
        }
        if quote == nil, text[at] == UInt8(ascii: "=") { return parameter(text, at + 1) }
        at = behindBlanks(text, at)
        guard at < text.count, text[at] == UInt8(ascii: ":") else { return nil }
        at = behindBlanks(text, at + 1)
        guard at < text.count else { return nil }
        let isMember = quote == UInt8(ascii: "\"") && depth == 0
        if isMember, text[at] == UInt8(ascii: "[") { return elements(text, at + 1) }
        if quote != nil, text[at] == UInt8(ascii: "-") || isDigit(text[at]) { return number(text, at) }
        if let string = string(text, at, isMember: isMember) { return string }
        return quote == nil ? line(text, at) : nil
    }

    // MARK: - Kinds of values

    /// A string, its quotes escaped or not. One whose end isn't there goes to the end of the text.
    private static func string(_ text: UnsafeBufferPointer<UInt8>, _ at: Int, isMember: Bool) -> SecretValue?
    {
        var start = at
        while start < text.count, text[start] == UInt8(ascii: "\\") { start += 1 }
        guard start < text.count, isQuote(text[start]) else { return nil }
        let (depth, quote) = (start - at, text[start])
        guard depth == 0 || depth % 2 == 1 else { return nil }
        start += 1
        var end = start
        var isLikeJSON = false
        scan: while end < text.count {
            let byte = text[end]
            switch byte {
            case UInt8(ascii: "\""): break scan
            case quote: break scan
            case UInt8(ascii: "\\"):
                let slashes = end
                while end < text.count, text[end] == UInt8(ascii: "\\") { end += 1 }
                guard end < text.count else { break scan }
                let count = end - slashes
                // Of JSON inside a string, the quote that has as many backslashes as the first one.
                if isQuote(text[end]), depth > 0 ? count <= depth : count % 2 == 0 {
                    if depth > 0 { end = slashes }
                    break scan
                }
                if count % 2 == 1 { end += 1 }
            case UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "}"), UInt8(ascii: "]"):
                isLikeJSON = true
                end += 1
            default: end += 1
            }
        }
        end = min(end, text.count)
        // `"text":"the password:","x":1`: the quote ends a string, and what follows is JSON.
        if quote == UInt8(ascii: "\""), depth == 0, !isMember, isLikeJSON || end == text.count { return nil }
        let content = behindScheme(text, start, end)..<end
        return SecretValue(ranges: content.isEmpty ? [] : [content], end: end)
    }

    /// The strings of an array, as header fields are sometimes written down. Anything else ends it.
    private static func elements(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> SecretValue? {
        var ranges: [Range<Int>] = []
        var at = behindBlanks(text, at)
        while at < text.count, text[at] == UInt8(ascii: "\""), let element = string(text, at, isMember: true)
        {
            ranges += element.ranges
            at = behindBlanks(text, element.end + 1)
            guard at < text.count, text[at] == UInt8(ascii: ",") else { break }
            at = behindBlanks(text, at + 1)
        }
        return ranges.isEmpty ? nil : SecretValue(ranges: ranges, end: min(at, text.count))
    }

    private static func number(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> SecretValue {
        var end = at
        while end < text.count, JSONText.isNumberByte(text[end]) { end += 1 }
        return SecretValue(ranges: [at..<end], isNumber: true, end: end)
    }

    /// What stands behind `name=`, up to where a parameter can't go on.
    private static func parameter(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> SecretValue? {
        var end = at
        while end < text.count, !endsParameter(text[end]) { end += 1 }
        // The window of a parameter behind this one begins with the sign between them.
        return SecretValue(ranges: [at..<end], end: max(at, end + 2))
    }

    /// What stands behind `name:` in a line. Prose says `the password: must be long`, so only what looks like a secret counts.
    private static func line(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> SecretValue? {
        let start = behindScheme(text, at, min(text.count, at + 16))
        // Whoever writes `password:password:` without end is not read again from each of them on.
        let near = min(text.count, start + 256)
        var end = start
        while end < near, !endsWord(text[end]) { end += 1 }
        guard looksRandom(text, start..<end) else { return nil }
        while end < text.count, !endsWord(text[end]) { end += 1 }
        return SecretValue(ranges: [start..<end], end: end)
    }

    /// What stands behind `Bearer `.
    static func bearer(_ text: UnsafeBufferPointer<UInt8>, _ end: Int) -> SecretValue? {
        guard end >= 6, SecretShape.stands("earer", text, end - 5), text[end - 6] | 0x20 == UInt8(ascii: "b")
        else {
            return nil
        }
        let start = behindBlanks(text, end)
        var stop = start
        while stop < text.count, isTokenByte(text[stop]) { stop += 1 }
        guard looksRandom(text, start..<stop) || stop - start >= 24 else { return nil }
        return SecretValue(ranges: [start..<stop], end: stop)
    }

    /// The lines between `-----BEGIN … PRIVATE KEY-----` and what ends them; `end` is at the `K`.
    static func privateKey(_ text: UnsafeBufferPointer<UInt8>, _ end: Int) -> SecretValue? {
        guard SecretShape.stands("PRIVATE KEY", text, end - 8) else { return nil }
        let head = (max(0, end - 36)..<max(0, end - 8)).contains {
            SecretShape.stands("-----BEGIN", text, $0)
        }
        var at = end + 3
        if SecretShape.stands(" BLOCK", text, at) { at += 6 }
        guard head, SecretShape.stands("-----", text, at) else { return nil }
        let start = at + 5
        at = start
        while at < text.count, text[at] != UInt8(ascii: "\""), !SecretShape.stands("-----", text, at) {
            at += 1
        }
        // A quote that is escaped ends it too; the backslash stays with it.
        let stop = at - JSONText.backslashes(text, before: at) % 2
        return SecretValue(ranges: start < stop ? [start..<stop] : [], end: at)
    }

    // MARK: - Bytes

    private static func isQuote(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || byte == UnescapedText.quote
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

    private static func behindBlanks(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
        var at = start
        while at < text.count, JSONText.isBlank(text[at]) { at += 1 }
        return at
    }

    /// Behind the `Bearer ` of a value, which is no secret.
    private static func behindScheme(_ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Int {
        let length = CredentialFields.schemeLength(text, start..<end)
        return start + length
    }

    private static func endsParameter(_ byte: UInt8) -> Bool {
        switch byte {
        case 0...0x20, UInt8(ascii: "&"), UInt8(ascii: "#"), UInt8(ascii: "\""), UInt8(ascii: "'"),
            UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\\"), UInt8(ascii: ")"), UInt8(ascii: "]"),
            UInt8(ascii: "}"), UInt8(ascii: "`"), UInt8(ascii: ","), UInt8(ascii: ";"):
            true
        default: false
        }
    }

    private static func endsWord(_ byte: UInt8) -> Bool {
        byte <= 0x20 || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
            || byte == UInt8(ascii: "\\")
            || byte == UInt8(ascii: "`")
    }

    /// Of `Bearer`, RFC 6750, 2.1.
    private static func isTokenByte(_ byte: UInt8) -> Bool {
        if RunBytes.classes[Int(byte)] != 0 { return true }
        switch byte {
        case UInt8(ascii: "."), UInt8(ascii: "~"), UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "="):
            return true
        default: return false
        }
    }

    /// Whether it is long enough and has a digit: words of prose have none.
    private static func looksRandom(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
        range.count >= 8 && range.contains { isDigit(text[$0]) }
    }
}
