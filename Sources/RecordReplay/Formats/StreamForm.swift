// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// The body of a stream in its pieces: server-sent events, or the elements of a JSON array (CORE 4.5, 4.6; INTERACTIONS 4).
///
/// The pieces are the whole body, one behind the other. What isn't in the usual form is a piece of raw bytes.
struct StreamForm {
    enum Framing {
        case events
        case elements
    }

    /// What stands between the lines of events.
    enum LineEnd: String, CaseIterable {
        case lineFeed = "lf"
        case carriageReturn = "crlf"

        var bytes: [UInt8] { self == .lineFeed ? [0x0A] : [0x0D, 0x0A] }
    }

    struct Piece {
        let range: Range<Int>
        var content: Content
    }

    enum Content {
        /// The lines of an event before the empty one.
        case lines([Line])
        case element(JSONDocument, JSONLayout)
        /// As it stands.
        case raw
    }

    /// One line of an event.
    enum Line {
        /// `data: ` and JSON.
        case data(JSONDocument, JSONLayout)
        /// `data: ` and what is no JSON.
        case dataText(ArraySlice<UInt8>)
        /// `event: `, `id: `, `retry: `.
        case field(StaticString, ArraySlice<UInt8>)
        /// `:` and a comment.
        case comment(ArraySlice<UInt8>)
    }

    let framing: Framing
    let lineEnd: LineEnd
    /// That of most JSON in it; nil where there is none.
    let layout: JSONLayout?
    let pieces: [Piece]

    /// What stands before an element, but for the first, which has `[` there. As Google writes it (CORE 4.6, seen).
    static let separator: [UInt8] = Array("\n,\r\n".utf8)
    /// What stands before the first element.
    static let opening: [UInt8] = [UInt8(ascii: "[")]

    // MARK: - Events

    /// Nil where it isn't in the form of events.
    init?(events body: [UInt8]) {
        guard let first = body.firstIndex(of: 0x0A) else { return nil }
        lineEnd = first > 0 && body[first - 1] == 0x0D ? .carriageReturn : .lineFeed
        framing = .events
        var pieces: [Piece] = []
        var start = 0
        while start < body.count {
            let end = StreamForm.end(ofEvent: body, start)
            let lines = StreamForm.lines(body[start..<end], lineEnd)
            pieces.append(Piece(range: start..<end, content: lines.map { .lines($0) } ?? .raw))
            start = end
        }
        guard pieces.contains(where: { if case .lines = $0.content { true } else { false } }) else {
            return nil
        }
        self.pieces = pieces
        layout = StreamForm.commonLayout(pieces)
    }

    /// Behind the next empty line.
    private static func end(ofEvent body: [UInt8], _ start: Int) -> Int {
        var lineStart = start
        while let lineEnd = body[lineStart...].firstIndex(of: 0x0A) {
            let isEmpty = lineEnd == lineStart || lineEnd == lineStart + 1 && body[lineStart] == 0x0D
            if isEmpty, lineStart > start { return lineEnd + 1 }
            lineStart = lineEnd + 1
        }
        return body.count
    }

    /// The lines of an event that is in the usual form; else nil.
    private static func lines(_ event: ArraySlice<UInt8>, _ lineEnd: LineEnd) -> [Line]? {
        let ending = lineEnd.bytes
        guard event.suffix(2 * ending.count) == (ending + ending)[...] else { return nil }
        var rest = event.dropLast(ending.count)
        var lines: [Line] = []
        while let feed = rest.firstIndex(of: 0x0A) {
            let text = rest[..<feed]
            rest = rest[(feed + 1)...]
            guard lineEnd == .lineFeed || text.last == 0x0D,
                let line = line(lineEnd == .lineFeed ? text : text.dropLast())
            else { return nil }
            lines.append(line)
        }
        return rest.isEmpty && hasNoRepeats(lines) ? lines : nil
    }

    private static func line(_ text: ArraySlice<UInt8>) -> Line? {
        guard isText(text), !text.contains(0x0D) else { return nil }
        if text.first == UInt8(ascii: ":") { return .comment(text.dropFirst()) }
        if let data = value(of: "data", text) {
            guard let (document, layout) = json(Array(data)), layout.end == .none else {
                return .dataText(data)
            }
            return .data(document, layout)
        }
        for name: StaticString in ["event", "id", "retry"] {
            if let value = value(of: name, text) { return .field(name, value) }
        }
        return nil
    }

    private static func value(of name: StaticString, _ line: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        let mark = UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
        let rest = line.dropFirst(mark.count)
        guard line.starts(with: mark), rest.starts(with: [0x3A, 0x20]) else { return nil }
        return rest.dropFirst(2)
    }

    /// Members of an object have a name once.
    private static func hasNoRepeats(_ lines: [Line]) -> Bool {
        let names = lines.map { line in
            switch line {
            case .data, .dataText: "data"
            case .field(let name, _): name.description
            case .comment: "comment"
            }
        }
        return !names.isEmpty && Set(names).count == names.count
    }

    // MARK: - Elements

    /// Nil where it isn't an array, or the beginning of one, in Google's form.
    init?(elements body: [UInt8]) {
        lineEnd = .lineFeed
        framing = .elements
        var pieces: [Piece] = []
        var start = 0
        var prefix = StreamForm.opening
        while body[start...].starts(with: prefix) {
            let begin = start + prefix.count
            guard let end = StreamForm.end(ofElement: body, begin),
                let found = StreamForm.json(Array(body[begin..<end]))
            else { break }
            pieces.append(Piece(range: start..<end, content: .element(found.0, found.1)))
            start = end
            prefix = StreamForm.separator
        }
        guard !pieces.isEmpty else { return nil }
        if start < body.count { pieces.append(Piece(range: start..<body.count, content: .raw)) }
        self.pieces = pieces
        layout = StreamForm.commonLayout(pieces)
    }

    /// Behind the object that begins at `start`; nil where none does, or it doesn't end.
    private static func end(ofElement body: [UInt8], _ start: Int) -> Int? {
        guard start < body.count, body[start] == UInt8(ascii: "{") else { return nil }
        var (depth, at, isInString) = (0, start, false)
        while at < body.count {
            switch body[at] {
            case UInt8(ascii: "\\") where isInString: at += 1
            case UInt8(ascii: "\""): isInString.toggle()
            case UInt8(ascii: "{") where !isInString: depth += 1
            case UInt8(ascii: "}") where !isInString:
                depth -= 1
                if depth == 0 { return at + 1 }
            default: break
            }
            at += 1
        }
        return nil
    }

    // MARK: - JSON

    /// Text that can stand in a recording as JSON, and its layout; nil where it can't.
    static func json(_ text: [UInt8]) -> (JSONDocument, JSONLayout)? {
        guard let document = try? JSONDocument(parsing: text, grammar: .strict),
            document.root.withNodes(JSONLayout.depth) <= RecordingFormat.deepestBody,
            let layout = JSONLayout.of(document)
        else { return nil }
        return (document, layout)
    }

    static func isText(_ bytes: ArraySlice<UInt8>) -> Bool { String(validating: bytes, as: UTF8.self) != nil }

    private static func commonLayout(_ pieces: [Piece]) -> JSONLayout? {
        var counts: [(layout: JSONLayout, count: Int)] = []
        for piece in pieces {
            for layout in piece.content.layouts {
                if let index = counts.firstIndex(where: { $0.layout == layout }) {
                    counts[index].count += 1
                } else {
                    counts.append((layout, 1))
                }
            }
        }
        return counts.max { $0.count < $1.count }?.layout
    }
}

extension StreamForm.Content {
    fileprivate var layouts: [JSONLayout] {
        switch self {
        case .element(_, let layout): [layout]
        case .lines(let lines): lines.compactMap { if case .data(_, let layout) = $0 { layout } else { nil } }
        case .raw: []
        }
    }
}
