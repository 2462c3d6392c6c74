// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Header fields of a request as they arrived: order, repeats and spelling kept, in two allocations.
public struct HTTPFields: Sendable, Equatable {
    /// A name and its value.
    public struct Field: Sendable, Equatable {
        public let name: String
        public let value: String

        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// Where a field lies in `bytes`; the value begins where the name ends.
    private struct Span {
        let start: Int
        let middle: Int
        let end: Int
    }

    private var bytes: [UInt8] = []
    private var spans: [Span] = []

    /// Compares blocks of memory: the derived one goes byte by byte, at 20 times the cost.
    public static func == (one: HTTPFields, other: HTTPFields) -> Bool {
        one.bytes.withUnsafeBytes { bytes in other.bytes.withUnsafeBytes { isSame(bytes, $0) } }
            && one.spans.withUnsafeBytes { spans in other.spans.withUnsafeBytes { isSame(spans, $0) } }
    }

    private static func isSame(_ one: UnsafeRawBufferPointer, _ other: UnsafeRawBufferPointer) -> Bool {
        guard one.count == other.count else { return false }
        guard let start = one.baseAddress, let otherStart = other.baseAddress else { return true }
        return memcmp(start, otherStart, one.count) == 0
    }

    public init() {
        bytes.reserveCapacity(512)
        spans.reserveCapacity(12)
    }

    public init(_ fields: [Field]) {
        self.init()
        for field in fields { append(name: Array(field.name.utf8), value: Array(field.value.utf8)) }
    }

    /// Adds a field behind the others.
    public mutating func append(name: [UInt8], value: [UInt8]) {
        name.withUnsafeBytes { name in value.withUnsafeBytes { append(name: name, value: $0) } }
    }

    /// Adds a field behind the others.
    public mutating func append(name: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer) {
        let start = bytes.count
        bytes.append(contentsOf: name)
        bytes.append(contentsOf: value)
        spans.append(Span(start: start, middle: start + name.count, end: bytes.count))
    }

    /// How many fields there are.
    public var count: Int { spans.count }

    /// How many bytes the names and values have.
    public var byteCount: Int { bytes.count }

    /// How many fields of that name there are.
    public func count(of name: String) -> Int {
        var count = 0
        forEach(name) { _ in
            count += 1
            return true
        }
        return count
    }

    /// The value of the first field of that name, trimmed of blanks, or nil. Case doesn't matter.
    public subscript(name: String) -> String? {
        var found: String?
        forEach(name) { span in
            found = trimmedValue(span)
            return false
        }
        return found
    }

    /// The values of all fields of that name, trimmed, in the order in which they came.
    public func values(_ name: String) -> [String] {
        var found: [String] = []
        forEach(name) { span in
            found.append(trimmedValue(span))
            return true
        }
        return found
    }

    public func contains(_ name: String) -> Bool { count(of: name) > 0 }

    /// Whether some name ends with a blank, as in `Content-Length : 3`.
    public var hasBlankBeforeColon: Bool {
        spans.contains { $0.middle > $0.start && isBlank(bytes[$0.middle - 1]) }
    }

    /// Whether there is a carriage return anywhere.
    public var hasCarriageReturn: Bool {
        bytes.withUnsafeBytes { bytes in
            bytes.baseAddress.map { memchr($0, 0x0D, bytes.count) != nil } ?? false
        }
    }

    /// Whether all names are tokens (RFC 9110, 5.6.2).
    public var hasTokensOnly: Bool {
        bytes.withUnsafeBufferPointer { bytes in
            spans.allSatisfy { span in
                span.middle > span.start && bytes[span.start..<span.middle].allSatisfy(HTTPFields.isToken)
            }
        }
    }

    /// What a token may have, in words.
    public static let tokenCharacters = "letters, digits and !#$%&'*+-.^_`|~"

    /// Whether it is a token: the name of a field, or a method (RFC 9110, 5.1 and 9.1).
    public static func isToken(_ text: String) -> Bool { !text.isEmpty && text.utf8.allSatisfy(isToken) }

    /// Whether a field's value that has this would end before it is over (RFC 9110, 5.5): CR, LF and NUL.
    public static func endsLine(_ byte: UInt8) -> Bool { byte == 0x0D || byte == 0x0A || byte == 0 }

    /// Whether a token may have this character: letters, digits and ``!#$%&'*+-.^_`|~``.
    public static func isToken(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x5E...0x7A, 0x7C, 0x7E: true
        case 0x21, 0x23...0x27, 0x2A, 0x2B, 0x2D, 0x2E: true
        default: false
        }
    }

    /// All fields, as they came.
    public var all: [Field] {
        spans.map { Field(text($0.start..<$0.middle), text($0.middle..<$0.end)) }
    }

    /// Gives the name and the value of each field, as they came, and doesn't copy them.
    public func forEachValue(_ body: (UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<UInt8>) -> Void) {
        bytes.withUnsafeBufferPointer { bytes in
            for span in spans {
                body(
                    UnsafeBufferPointer(rebasing: bytes[span.start..<span.middle]),
                    UnsafeBufferPointer(rebasing: bytes[span.middle..<span.end])
                )
            }
        }
    }

    /// The same fields with other values where `value` gives some for a name and the value it has. One copy is made, and none
    /// where it gives nothing.
    func replacingValues(
        _ value: (_ name: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>) -> [UInt8]?
    ) -> HTTPFields {
        var changes: [(index: Int, value: [UInt8])] = []
        var index = 0
        forEachValue { name, old in
            if let new = value(name, old) { changes.append((index, new)) }
            index += 1
        }
        return changes.isEmpty ? self : replacing(changes)
    }

    /// - Parameter changes: in order.
    private func replacing(_ changes: [(index: Int, value: [UInt8])]) -> HTTPFields {
        var copy = HTTPFields()
        copy.spans = spans
        bytes.withUnsafeBufferPointer { bytes in
            var (kept, shift, next) = (0, 0, 0)
            for (index, span) in spans.enumerated() {
                let (start, middle) = (span.start + shift, span.middle + shift)
                if next < changes.count, changes[next].index == index {
                    copy.bytes.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[kept..<span.middle]))
                    copy.bytes.append(contentsOf: changes[next].value)
                    shift += changes[next].value.count - (span.end - span.middle)
                    kept = span.end
                    next += 1
                }
                copy.spans[index] = Span(start: start, middle: middle, end: span.end + shift)
            }
            copy.bytes.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[kept...]))
        }
        return copy
    }

    /// Gives the fields of that name to `body` until it says false. No `String` is made on the way: a
    /// request's fields are asked for a dozen names, most of which aren't there.
    private func forEach(_ name: String, _ body: (Span) -> Bool) {
        var name = name
        name.withUTF8 { wanted in
            bytes.withUnsafeBufferPointer { bytes in
                for span in spans where span.middle - span.start == wanted.count {
                    let isSame = wanted.indices.allSatisfy {
                        asciiLowercase(wanted[$0]) == asciiLowercase(bytes[span.start + $0])
                    }
                    if isSame, !body(span) { return }
                }
            }
        }
    }

    private func trimmedValue(_ span: Span) -> String {
        var (start, end) = (span.middle, span.end)
        while start < end, isBlank(bytes[start]) { start += 1 }
        while end > start, isBlank(bytes[end - 1]) { end -= 1 }
        return text(start..<end)
    }

    private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    private func asciiLowercase(_ byte: UInt8) -> UInt8 {
        byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte
    }
}
