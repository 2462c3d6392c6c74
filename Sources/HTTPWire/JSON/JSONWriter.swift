// SPDX-License-Identifier: Apache-2.0

/// How JSON text is laid out.
public enum JSONStyle: Sendable {
    /// Two blanks a level, one member a line: unary answers and errors (CORE 4.3, 6.0).
    case pretty
    /// A blank after each colon, none after commas, no line breaks: server-sent events (CORE 4.5).
    case singleLine
    /// No blanks at all.
    case compact
}

/// Writes JSON text straight into bytes, in order, without building a tree first.
///
/// It trusts its caller to close what it opens; a `precondition` catches the rest in tests.
public struct JSONWriter: ~Copyable {
    private var out: ByteBuffer
    private let style: JSONStyle
    /// How many containers are open.
    private var depth = 0
    /// Whether a value has been written in the innermost open container.
    private var hasSibling = false
    private var isAfterKey = false

    public init(_ style: JSONStyle, reserving capacity: Int = 1024) {
        self.style = style
        out = ByteBuffer(capacity: capacity)
    }

    /// What has been written so far.
    public var bytes: [UInt8] { out.array }

    // MARK: Structure

    public mutating func beginObject() { begin(UInt8(ascii: "{")) }
    public mutating func endObject() { end(UInt8(ascii: "}")) }
    public mutating func beginArray() { begin(UInt8(ascii: "[")) }
    public mutating func endArray() { end(UInt8(ascii: "]")) }

    /// An object whose members `body` writes.
    public mutating func object(_ body: (inout JSONWriter) throws -> Void) rethrows {
        beginObject()
        try body(&self)
        endObject()
    }

    /// An array whose elements `body` writes.
    public mutating func array(_ body: (inout JSONWriter) throws -> Void) rethrows {
        beginArray()
        try body(&self)
        endArray()
    }

    /// The name of the next member, which needs no escapes: nearly all names are ours, and known in advance.
    public mutating func key(_ name: StaticString) {
        separate()
        out.append(UInt8(ascii: "\""))
        out.append(name)
        out.append(UInt8(ascii: "\""))
        afterKey()
    }

    /// The name of the next member, whatever it is.
    public mutating func key(named name: String) {
        separate()
        quoted(name)
        afterKey()
    }

    private mutating func afterKey() {
        out.append(UInt8(ascii: ":"))
        if style != .compact { out.append(UInt8(ascii: " ")) }
        isAfterKey = true
    }

    // MARK: Values

    public mutating func string(_ value: some StringProtocol) {
        separate()
        quoted(value)
    }

    public mutating func int(_ value: Int) {
        separate()
        decimal(value)
    }

    public mutating func bool(_ value: Bool) {
        separate()
        out.append(value ? "true" as StaticString : "false")
    }

    public mutating func null() {
        separate()
        out.append("null" as StaticString)
    }

    /// The shortest digits that read back as `value`; whole numbers without a fraction, as in recordings
    /// (`"temperature": 1`, `"topP": 0.95`). What JSON can't say (infinity, not a number) becomes null.
    public mutating func double(_ value: Double) {
        number(value.isFinite ? Int(exactly: value) : nil, value.isFinite ? value.description : "null")
    }

    /// The same for single precision, which is what embeddings have (CORE 5.4).
    public mutating func float(_ value: Float) {
        number(value.isFinite ? Int(exactly: value) : nil, value.isFinite ? value.description : "null")
    }

    private mutating func number(_ whole: Int?, _ otherwise: @autoclosure () -> String) {
        separate()
        if let whole { decimal(whole) } else { out.append(otherwise()) }
    }

    public mutating func value(_ json: JSON) {
        switch json {
        case .null: null()
        case .bool(let value): bool(value)
        case .int(let value): int(value)
        case .double(let value): double(value)
        case .string(let value): string(value)
        case .array(let elements):
            array { writer in
                for element in elements { writer.value(element) }
            }
        case .object(let members):
            object { writer in
                for member in members {
                    writer.key(named: member.name)
                    writer.value(member.value)
                }
            }
        }
    }

    // MARK: Members

    public mutating func member(_ name: StaticString, _ value: some StringProtocol) {
        key(name)
        string(value)
    }

    public mutating func member(_ name: StaticString, _ value: Int) {
        key(name)
        int(value)
    }

    public mutating func member(_ name: StaticString, _ value: Bool) {
        key(name)
        bool(value)
    }

    public mutating func member(_ name: StaticString, _ value: Double) {
        key(name)
        double(value)
    }

    public mutating func member(_ name: StaticString, _ value: JSON) {
        key(name)
        self.value(value)
    }

    // MARK: Bytes

    private mutating func begin(_ bracket: UInt8) {
        separate()
        out.append(bracket)
        depth += 1
        hasSibling = false
    }

    private mutating func end(_ bracket: UInt8) {
        precondition(depth > 0 && !isAfterKey, "a container is closed that was not open, or after a key")
        depth -= 1
        if hasSibling, style == .pretty { newLine() }
        out.append(bracket)
        hasSibling = true
    }

    /// What stands between the value before and the next one.
    private mutating func separate() {
        if isAfterKey {
            isAfterKey = false
            return
        }
        guard depth > 0 else { return }
        if hasSibling { out.append(UInt8(ascii: ",")) }
        hasSibling = true
        if style == .pretty { newLine() }
    }

    private mutating func newLine() {
        out.append(UInt8(ascii: "\n"))
        var blanks = 2 * depth
        while blanks > 0 {
            let count = min(blanks, JSONWriter.blanks.utf8CodeUnitCount)
            out.append(contentsOf: UnsafeBufferPointer(start: JSONWriter.blanks.utf8Start, count: count))
            blanks -= count
        }
    }

    private static let blanks: StaticString = "                                "

    private mutating func quoted(_ text: some StringProtocol) {
        out.append(UInt8(ascii: "\""))
        let isDone: Void? = text.utf8.withContiguousStorageIfAvailable { escape($0) }
        if isDone == nil { Array(text.utf8).withUnsafeBufferPointer { escape($0) } }
        out.append(UInt8(ascii: "\""))
    }

    private mutating func decimal(_ value: Int) {
        // The general conversion makes a String; most numbers are small counts.
        guard (0..<1_000_000).contains(value) else { return out.append(value.description) }
        var divisor = 1
        while value / divisor >= 10 { divisor *= 10 }
        while divisor > 0 {
            out.append(UInt8(ascii: "0") + UInt8(value / divisor % 10))
            divisor /= 10
        }
    }

    /// Escapes what JSON requires, and as the real API does `<`, `>`, DEL and what can't be seen (protobuf's
    /// JSON escaping): recorded streams have `\u003c` and `\u003e` but a raw `=` and `'`.
    private mutating func escape(_ text: UnsafeBufferPointer<UInt8>) {
        var (plain, at) = (0, 0)
        let needsLook = JSONWriter.needsLook
        while at < text.count {
            let start = at
            at += 1
            guard needsLook[Int(text[start])] else { continue }
            var scalar = UInt32(text[start])
            if scalar >= 0x80 {
                // The text is UTF-8, so the ones at the top of the first byte tell how many bytes follow.
                let followers = (~text[start]).leadingZeroBitCount - 1
                scalar &= 0x3F >> UInt32(followers)
                for _ in 0..<followers {
                    scalar = scalar << 6 | UInt32(text[at] & 0x3F)
                    at += 1
                }
                guard JSONWriter.isInvisible(scalar) else { continue }
            }
            out.append(contentsOf: UnsafeBufferPointer(rebasing: text[plain..<start]))
            plain = at
            switch scalar {
            case 0x22: out.append(#"\""# as StaticString)
            case 0x5C: out.append(#"\\"# as StaticString)
            case 0x0A: out.append(#"\n"# as StaticString)
            case 0x0D: out.append(#"\r"# as StaticString)
            case 0x09: out.append(#"\t"# as StaticString)
            case 0x08: out.append(#"\b"# as StaticString)
            case 0x0C: out.append(#"\f"# as StaticString)
            case 0x10000...:
                appendEscape(0xD800 | (scalar - 0x10000) >> 10)
                appendEscape(0xDC00 | scalar & 0x3FF)
            default: appendEscape(scalar)
            }
        }
        out.append(contentsOf: UnsafeBufferPointer(rebasing: text[plain...]))
    }

    /// Whether each byte is an ASCII character to escape, or the first byte of characters some of which are.
    private static let needsLook: [Bool] = (UInt8.min...UInt8.max).map { byte in
        switch byte {
        case 0..<0x20, UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "<"), UInt8(ascii: ">"), 0x7F:
            true
        case 0xC2, 0xD8, 0xDB, 0xDC, 0xE1, 0xE2, 0xEF, 0xF0, 0xF3: true
        default: false
        }
    }

    /// Whether protobuf escapes this character above ASCII: controls, joiners, direction marks, tags and the
    /// like.
    private static func isInvisible(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x80...0x9F, 0xAD, 0x600...0x603, 0x6DD, 0x70F, 0x17B4...0x17B5, 0x200B...0x200F,
            0x2028...0x202E,
            0x2060...0x2064, 0x206A...0x206F, 0xFEFF, 0xFFF9...0xFFFB, 0x1D173...0x1D17A, 0xE0001,
            0xE0020...0xE007F:
            true
        default: false
        }
    }

    private mutating func appendEscape(_ unit: UInt32) {
        out.append(#"\u"# as StaticString)
        for shift: UInt32 in [12, 8, 4, 0] {
            let digit = UInt8(unit >> shift & 15)
            out.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
        }
    }
}
