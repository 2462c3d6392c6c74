// SPDX-License-Identifier: Apache-2.0

/// A server-sent event by its lines; joined again it has the same bytes.
struct EventLines: Sendable, Equatable {
    struct Line: Sendable, Equatable {
        var text: [UInt8]
        /// CRLF, LF, or nothing where the text ends without.
        var end: [UInt8]
    }

    static let lf = [UInt8(ascii: "\n")]
    static let crlf = Array("\r\n".utf8)
    static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    var lines: [Line] = []

    init(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while let at = rest.firstIndex(of: UInt8(ascii: "\n")) {
            let isCRLF = at > rest.startIndex && rest[at - 1] == UInt8(ascii: "\r")
            lines.append(
                Line(
                    text: Array(rest[..<(isCRLF ? at - 1 : at)]),
                    end: isCRLF ? EventLines.crlf : EventLines.lf))
            rest = rest[(at + 1)...]
        }
        if !rest.isEmpty { lines.append(Line(text: Array(rest), end: [])) }
    }

    var bytes: [UInt8] { lines.flatMap { $0.text + $0.end } }

    /// The first line with data; nil where there is none, as in a comment.
    var dataLine: Int? { lines.firstIndex { EventLines.isField("data:", $0.text) } }

    var dataLineCount: Int { lines.count { EventLines.isField("data:", $0.text) } }

    /// What `event:` says.
    var name: String? {
        guard let line = lines.first(where: { EventLines.isField("event:", $0.text) }) else { return nil }
        let start = EventLines.start(line.text) + 6
        return String(decoding: line.text[start...].drop { $0 == UInt8(ascii: " ") }, as: UTF8.self)
    }

    /// Adds a line in front of the first one with data.
    mutating func insert(_ text: String) {
        guard let at = dataLine else { return }
        lines.insert(Line(text: Array(text.utf8), end: lines[at].end), at: at)
    }

    /// Where the value of a line with data begins: behind `data:` and one blank.
    static func valueStart(in line: [UInt8]) -> Int {
        let at = start(line) + 5
        return at < line.count && line[at] == UInt8(ascii: " ") ? at + 1 : at
    }

    private static func isField(_ name: String, _ line: [UInt8]) -> Bool {
        line[start(line)...].starts(with: name.utf8)
    }

    /// The first line of a stream may begin with a byte order mark.
    private static func start(_ line: [UInt8]) -> Int { line.starts(with: byteOrderMark) ? 3 : 0 }
}
