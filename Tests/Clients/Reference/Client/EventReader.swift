// SPDX-License-Identifier: Apache-2.0

/// Reads server-sent events by the standard (WHATWG HTML, 9.2.6), as the bytes come.
struct EventReader {
    struct Event {
        var name = ""
        var data: [UInt8] = []
        var id = ""
        /// What isn't `field: value` and stands by itself: the service sends errors so.
        var stray: [UInt8] = []
    }

    private let flaws: Set<Flaw>
    private var lines: LineReader
    private var event = Event()
    private var hasData = false
    /// Whether what comes next is the first line of an event.
    private var isFirstLine = true
    private var isHidden = false
    private var isAtStart = true

    init(flaws: Set<Flaw>) {
        self.flaws = flaws
        lines = LineReader(flaws: flaws)
    }

    /// What has come besides whole events, at the end of the stream; nil where there is nothing.
    var rest: Event? {
        var last = event
        if !lines.rest.isEmpty { last.stray += lines.rest }
        return hasData || !last.stray.isEmpty ? last : nil
    }

    /// - Returns: the events that are whole with these bytes.
    /// - Throws: `ClientFailure` where a broken client chokes.
    mutating func take(_ bytes: [UInt8]) throws -> [Event] {
        if flaws.contains(.pieceIsEvent) {
            (event, hasData) = (Event(), false)
            lines = LineReader(flaws: flaws)
        }
        var events: [Event] = []
        for line in lines.take(flaws.contains(.decodesPieces) ? repaired(bytes) : bytes) {
            if flaws.contains(.shortLines), line.count > 1 << 20 {
                throw ClientFailure("protocol", "a line is too long")
            }
            try take(line: line, &events)
        }
        return events
    }

    /// What becomes of bytes that are made characters before they are put together.
    private func repaired(_ bytes: [UInt8]) -> [UInt8] { Array(String(decoding: bytes, as: UTF8.self).utf8) }

    private mutating func take(line whole: [UInt8], _ events: inout [Event]) throws {
        var line = whole
        if isAtStart {
            isAtStart = false
            let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
            if line.starts(with: mark), !flaws.contains(.keepsByteOrderMark) { line.removeFirst(mark.count) }
        }
        if line.isEmpty { return end(&events) }
        defer { isFirstLine = false }
        if line.first == UInt8(ascii: ":") {
            if flaws.contains(.commentIsError) { throw ClientFailure("protocol", "a line without a name") }
            if flaws.contains(.commentHidesData), isFirstLine { isHidden = true }
            return
        }
        let colon = line.firstIndex(of: UInt8(ascii: ":"))
        let name = String(decoding: line[..<(colon ?? line.endIndex)], as: UTF8.self)
        var value = colon.map { Array(line[($0 + 1)...]) } ?? []
        if value.first == UInt8(ascii: " ") {
            value.removeFirst()
        } else if flaws.contains(.wantsBlank), name == "data" {
            throw ClientFailure("protocol", "a line without a blank")
        }
        take(name, value, line)
    }

    private mutating func take(_ name: String, _ value: [UInt8], _ line: [UInt8]) {
        switch name {
        case "data":
            if hasData, flaws.contains(.lastDataLine) { event.data = [] }
            if !event.data.isEmpty { event.data.append(0x0A) }
            event.data += value
            hasData = true
        case "event", "id":
            if flaws.contains(.dataFirst), isFirstLine { isHidden = true }
            if name == "event" { event.name = String(decoding: value, as: UTF8.self) }
            if name == "id" { event.id = String(decoding: value, as: UTF8.self) }
        case "retry": break
        default: event.stray += line + [0x0A]
        }
    }

    private mutating func end(_ events: inout [Event]) {
        if hasData, !isHidden { events.append(event) }
        // An object that stands by itself has empty lines in it, and is read at the end.
        let stray = event.stray
        (event, hasData, isHidden, isFirstLine) = (Event(), false, false, true)
        event.stray = stray
    }
}
