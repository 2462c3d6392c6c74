// SPDX-License-Identifier: Apache-2.0

/// Reads a JSON text into nodes, and refuses a wrong one in the words of Google's front end.
///
/// That front end reads with protobuf's streaming parser, which explains what else it takes (single quotes,
/// bare keys, trailing commas) and which part of the text an error shows: when the parser can't go on it
/// first waits for more input, keeping only what it has not consumed; at the end of input it looks at that
/// rest once more, and the snippet in the message begins there. `wait(at:)` is that moment. Grammar, messages
/// and snippets: CORE 6.2.
///
/// No recursion: containers stand on a stack of their own, so depth costs heap, and is limited.
struct JSONParser {
    private enum Expecting: UInt8 {
        case value, entry, colon, afterEntry, element, afterElement
    }

    /// The real parser's limit for objects. It sets none for arrays; ours counts both.
    static let maximumDepth = 100
    /// How many bytes before and after the error the message shows.
    private static let contextLength = 20

    private let grammar: JSONGrammar
    private var nodes: [JSONDocument.Node] = []
    /// Indices of the containers that are open, outermost first, each with what to expect after a value in
    /// it.
    private var open: [Int] = []
    private var at = 0
    /// Where the snippet of an error may begin.
    private var contextStart = 0
    /// Whether the whole text has been consumed once, so that nothing more can come.
    private var isFinishing = false

    /// - Parameter expectedNodes: for how many there is room at once.
    init(grammar: JSONGrammar, expectedNodes: Int = 0) {
        self.grammar = grammar
        nodes.reserveCapacity(max(64, expectedNodes))
    }

    mutating func parse(_ text: UnsafeBufferPointer<UInt8>) throws(JSONSyntaxError) -> [JSONDocument.Node] {
        guard text.count < Int(UInt32.max) else {
            throw JSONSyntaxError(message: "Message too large.", offset: 0)
        }
        do {
            return try read(text)
        } catch {
            let wellFormed = UTF8Check.wellFormedLength(text)
            throw wellFormed == text.count
                ? error : JSONParser(grammar: grammar).failure(text, wellFormed: wellFormed)
        }
    }

    /// The error of a text that is UTF-8 only up to `end`. The real parser reads the part before as if it
    /// were all that has come yet; only where it would wait for more does it look at the rest.
    private consuming func failure(_ text: UnsafeBufferPointer<UInt8>, wellFormed end: Int) -> JSONSyntaxError
    {
        do {
            _ = try read(UnsafeBufferPointer(rebasing: text[..<end]))
            at = isFinishing ? contextStart : end
        } catch {
            guard isFinishing else { return error }
            at = contextStart
        }
        contextStart = at
        return failure(text, "Encountered non UTF-8 code points.")
    }

    private mutating func read(_ text: UnsafeBufferPointer<UInt8>) throws(JSONSyntaxError) -> [JSONDocument
        .Node]
    {
        var expecting = Expecting.value
        repeat {
            skipWhiteSpace(text)
            switch expecting {
            case .value:
                expecting = try value(text, onUnknown: "Expected a value.")
            case .entry:
                expecting = try entry(text)
            case .colon:
                try separator(text, UInt8(ascii: ":"), orElse: "Expected : between key:value pair.")
                expecting = .value
            case .afterEntry:
                expecting = try afterValue(
                    text, closing: UInt8(ascii: "}"), next: .entry,
                    orElse: "Expected , or } after key:value pair."
                )
            case .element:
                expecting = try element(text)
            case .afterElement:
                expecting = try afterValue(
                    text, closing: UInt8(ascii: "]"), next: .element,
                    orElse: "Expected , or ] after array value."
                )
            }
        } while !open.isEmpty || expecting == .value
        skipWhiteSpace(text)
        guard at == text.count else { throw failure(text, "Parsing terminated before end of input.") }
        return nodes
    }

    // MARK: Tokens

    private mutating func value(
        _ text: UnsafeBufferPointer<UInt8>, onUnknown message: String
    ) throws(JSONSyntaxError) -> Expecting {
        guard at < text.count else { throw unknown(text, message) }
        switch text[at] {
        case UInt8(ascii: "{"):
            try begin(text, .object)
            return .entry
        case UInt8(ascii: "["):
            try begin(text, .array)
            return .element
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
            guard grammar == .frontEnd || text[at] == UInt8(ascii: "\"") else { throw unknown(text, message) }
            try string(text, kind: .string)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            try number(text)
        default:
            if let (kind, length) = keyword(text) {
                append(kind, from: at, to: at + length)
                at += length
            } else {
                throw notAValue(text, message)
            }
        }
        return afterClosedValue
    }

    /// What follows a value that is complete.
    private var afterClosedValue: Expecting {
        guard let container = open.last else { return .afterElement }
        return nodes[container].kind == .object ? .afterEntry : .afterElement
    }

    private mutating func begin(
        _ text: UnsafeBufferPointer<UInt8>, _ kind: JSONDocument.Kind
    ) throws(JSONSyntaxError) {
        open.append(nodes.count)
        if open.count > Self.maximumDepth {
            throw JSONSyntaxError(
                message: "Message too deep. Max recursion depth reached for key '\(innermostKey(text))'",
                offset: at
            )
        }
        append(kind, from: at, to: at)
        at += 1
    }

    private mutating func close() -> Expecting {
        at += 1
        let container = open.removeLast()
        nodes[container].end = UInt32(at)
        nodes[container].next = UInt32(nodes.count)
        return afterClosedValue
    }

    private mutating func entry(_ text: UnsafeBufferPointer<UInt8>) throws(JSONSyntaxError) -> Expecting {
        let message = "Expected an object key or }."
        guard at < text.count else { throw unknown(text, message) }
        switch text[at] {
        case UInt8(ascii: "}"):
            guard grammar == .frontEnd || isFirstInContainer else { throw failure(text, message) }
            return close()
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
            guard grammar == .frontEnd || text[at] == UInt8(ascii: "\"") else { throw failure(text, message) }
            try string(text, kind: .key)
        case let byte where Self.isLetter(byte) && grammar == .frontEnd:
            try bareKey(text)
        case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: ":"), UInt8(ascii: ","),
            UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            throw failure(text, message)
        default:
            throw unknown(text, message)
        }
        return .colon
    }

    private mutating func element(_ text: UnsafeBufferPointer<UInt8>) throws(JSONSyntaxError) -> Expecting {
        if at < text.count, text[at] == UInt8(ascii: "]"), grammar == .frontEnd || isFirstInContainer {
            return close()
        }
        return try value(text, onUnknown: "Expected a value or ] within an array.")
    }

    private mutating func afterValue(
        _ text: UnsafeBufferPointer<UInt8>, closing: UInt8, next: Expecting, orElse message: String
    ) throws(JSONSyntaxError) -> Expecting {
        if at < text.count, text[at] == closing { return close() }
        try separator(text, UInt8(ascii: ","), orElse: message)
        return next
    }

    private mutating func separator(
        _ text: UnsafeBufferPointer<UInt8>, _ byte: UInt8, orElse message: String
    ) throws(JSONSyntaxError) {
        guard at < text.count, Self.isTokenStart(text[at]) else { throw unknown(text, message) }
        guard text[at] == byte else { throw failure(text, message) }
        at += 1
    }

    /// Whether the innermost open container has nothing in it yet. Only the strict grammar asks.
    private var isFirstInContainer: Bool { open.last == nodes.count - 1 }

    // MARK: Scalars

    private mutating func keyword(_ text: UnsafeBufferPointer<UInt8>) -> (JSONDocument.Kind, Int)? {
        func stands(_ word: StaticString) -> Bool {
            at + word.utf8CodeUnitCount <= text.count
                && (0..<word.utf8CodeUnitCount).allSatisfy { text[at + $0] == word.utf8Start[$0] }
        }
        if stands("true") { return (.trueValue, 4) }
        if stands("false") { return (.falseValue, 5) }
        return stands("null") ? (.null, 4) : nil
    }

    private mutating func bareKey(_ text: UnsafeBufferPointer<UInt8>) throws(JSONSyntaxError) {
        let start = at
        while at < text.count, Self.isLetter(text[at]) || Self.isDigit(text[at]) { at += 1 }
        if at == text.count { wait(at: start) }
        let end = at
        // A reserved word is no key, but a key may begin with one.
        at = start
        if let (_, length) = keyword(text), start + length == end {
            at = end
            throw failure(text, "Expected an object key or }.")
        }
        at = end
        append(.key, from: start, to: end)
    }

    private mutating func string(
        _ text: UnsafeBufferPointer<UInt8>, kind: JSONDocument.Kind
    ) throws(JSONSyntaxError) {
        let quote = text[at]
        at += 1
        let start = at
        var isEscaped = false
        while true {
            at = StringScan.end(text, from: at, quote: quote, stopAtControls: grammar == .strict)
            guard at < text.count else {
                wait(at: at)
                throw failure(text, "Closing quote expected in string.")
            }
            switch text[at] {
            case quote:
                append(kind, from: start, to: at, isEscaped: isEscaped)
                at += 1
                return
            case UInt8(ascii: "\\"):
                isEscaped = true
                try escape(text)
            case 0x80...:
                repeat {
                    guard let length = UTF8Check.sequenceLength(text, at) else { throw notUTF8 }
                    at += length
                } while at < text.count && text[at] >= 0x80
            default:
                throw failure(text, "Control character in string.")
            }
        }
    }

    private mutating func escape(_ text: UnsafeBufferPointer<UInt8>) throws(JSONSyntaxError) {
        guard at + 1 < text.count else {
            wait(at: at)
            throw failure(text, "Closing quote expected in string.")
        }
        let letter = text[at + 1]
        if letter == UInt8(ascii: "u") { return try unicodeEscape(text) }
        switch letter {
        case UInt8(ascii: "n"), UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
            UInt8(ascii: "f"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            at += 2
            return
        default: break
        }
        guard grammar != .strict else { throw failure(text, "Invalid escape sequence.") }
        at += 1
        guard let length = UTF8Check.sequenceLength(text, at) else { throw notUTF8 }
        at += length
    }

    private mutating func unicodeEscape(_ text: UnsafeBufferPointer<UInt8>) throws(JSONSyntaxError) {
        let high = try hexCode(text, at + 2, orElse: "Illegal hex string.")
        switch high {
        case 0xD800...0xDBFF:
            if at + 12 > text.count {
                wait(at: at)
                throw failure(text, "Missing low surrogate.")
            }
            guard text[at + 6] == UInt8(ascii: "\\"), text[at + 7] == UInt8(ascii: "u") else {
                throw failure(text, "Missing low surrogate.")
            }
            let low = try hexCode(text, at + 8, orElse: "Missing low surrogate.")
            guard 0xDC00...0xDFFF ~= low else { throw failure(text, "Invalid low surrogate.") }
            at += 12
        case 0xDC00...0xDFFF:
            throw failure(text, "Invalid unicode code point.")
        default:
            at += 6
        }
    }

    private mutating func hexCode(
        _ text: UnsafeBufferPointer<UInt8>, _ start: Int, orElse message: String
    ) throws(JSONSyntaxError) -> UInt32 {
        guard start + 4 <= text.count else {
            wait(at: at)
            throw failure(text, message)
        }
        var code: UInt32 = 0
        for position in start..<start + 4 {
            guard let digit = JSONEscapes.hexDigit(text[position]) else {
                throw failure(text, "Invalid escape sequence.")
            }
            code = code << 4 | UInt32(digit)
        }
        return code
    }

    private mutating func number(_ text: UnsafeBufferPointer<UInt8>) throws(JSONSyntaxError) {
        let start = at
        var end = at
        while end < text.count, Self.isNumberByte(text[end]) { end += 1 }
        if end == text.count { wait(at: start) }
        let digits = UnsafeBufferPointer(rebasing: text[start..<end])
        switch JSONNumber.check(digits, strictly: grammar == .strict) {
        case .good: break
        case .octalOrHex: throw failure(text, "Octal/hex numbers are not valid JSON values.")
        case .unreadable: throw failure(text, "Unable to parse number.")
        case .outOfRange: throw failure(text, "Number exceeds the range of double.")
        }
        append(.number, from: start, to: end)
        at = end
    }

    // MARK: Errors

    /// The real parser would stop here and wait for more input; at the end of input it reads on from this
    /// place.
    private mutating func wait(at position: Int) {
        guard !isFinishing else { return }
        isFinishing = true
        contextStart = position
    }

    /// Nothing that starts here is a token (yet).
    private mutating func unknown(_ text: UnsafeBufferPointer<UInt8>, _ message: String) -> JSONSyntaxError {
        wait(at: at)
        return failure(text, at == text.count ? "Unexpected end of string. \(message)" : message)
    }

    /// Thrown where a string is not UTF-8; `parse` finds the words for it.
    private var notUTF8: JSONSyntaxError { JSONSyntaxError(message: "", offset: at) }

    /// A token stands here, or the beginning of a word, but no value begins with it.
    private mutating func notAValue(_ text: UnsafeBufferPointer<UInt8>, _ message: String) -> JSONSyntaxError
    {
        guard grammar == .frontEnd, Self.isTokenStart(text[at]) else { return unknown(text, message) }
        // Fewer bytes than the longest keyword: the rest of it might have been still to come.
        if text.count - at < 5 { wait(at: at) }
        return failure(text, "Unexpected token.")
    }

    private func failure(_ text: UnsafeBufferPointer<UInt8>, _ message: String) -> JSONSyntaxError {
        let begin = max(at - Self.contextLength, contextStart)
        let end = min(at + Self.contextLength, text.count)
        let snippet = String(decoding: text[begin..<end], as: UTF8.self)
        let caret = String(repeating: " ", count: at - begin) + "^"
        return JSONSyntaxError(message: "\(message)\n\(snippet)\n\(caret)", offset: at)
    }

    private func innermostKey(_ text: UnsafeBufferPointer<UInt8>) -> String {
        guard let last = nodes.last, last.kind == .key else { return "" }
        let key = UnsafeBufferPointer(rebasing: text[Int(last.start)..<Int(last.end)])
        return String(decoding: JSONEscapes.resolve(key), as: UTF8.self)
    }

    // MARK: Bytes

    private mutating func append(
        _ kind: JSONDocument.Kind, from start: Int, to end: Int, isEscaped: Bool = false
    ) {
        nodes.append(
            JSONDocument.Node(
                start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: end),
                next: UInt32(truncatingIfNeeded: nodes.count + 1), kind: kind, isEscaped: isEscaped
            )
        )
    }

    private mutating func skipWhiteSpace(_ text: UnsafeBufferPointer<UInt8>) {
        while at < text.count {
            switch text[at] {
            case 0x20, 0x09, 0x0A, 0x0D: at += 1
            case 0x0B where grammar == .frontEnd, 0x0C where grammar == .frontEnd: at += 1
            default: return
            }
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "$")
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

    private static func isNumberByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"),
            UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "x"):
            true
        default: false
        }
    }

    /// Whether some token of the front end's grammar begins with this byte.
    private static func isTokenStart(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "["),
            UInt8(ascii: "]"), UInt8(ascii: ":"), UInt8(ascii: ","), UInt8(ascii: "-"):
            true
        default: isLetter(byte) || isDigit(byte)
        }
    }
}
