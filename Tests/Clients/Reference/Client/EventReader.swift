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
    private var line: [UInt8] = []
    private var event = Event()
    private var hasData = false
    private var isAfterCR = false
    private var isAtStart = true
    private var seenLF = false

    init(flaws: Set<Flaw>) { self.flaws = flaws }

    /// Whether something has come that isn't a whole event yet.
    var isInside: Bool { !line.isEmpty || hasData || !event.stray.isEmpty }

    /// What has come besides whole events, at the end of the stream.
    var rest: Event? {
        var last = event
        if !line.isEmpty { last.stray += line }
        return isInside ? last : nil
    }

    /// - Returns: the events that are whole with these bytes.
    mutating func take(_ bytes: [UInt8]) -> [Event] {
        if flaws.contains(.pieceIsEvent) { (line, event, hasData) = ([], Event(), false) }
        var events: [Event] = []
        for byte in bytes {
            if flaws.contains(.lfOnly) {
                if byte == 0x0A { endLine(&events) } else { line.append(byte) }
            } else if flaws.contains(.crlfOnly) {
                if byte == 0x0A, line.last == 0x0D {
                    line.removeLast()
                    endLine(&events)
                } else {
                    line.append(byte)
                }
            } else {
                take(byte, &events)
            }
        }
        return events
    }

    private mutating func take(_ byte: UInt8, _ events: inout [Event]) {
        switch byte {
        case 0x0D where flaws.contains(.mixedLineEnds) && seenLF: line.append(byte)
        case 0x0D:
            isAfterCR = true
            endLine(&events)
        case 0x0A:
            if !isAfterCR {
                seenLF = true
                endLine(&events)
            }
            isAfterCR = false
        default:
            isAfterCR = false
            line.append(byte)
        }
    }

    private mutating func endLine(_ events: inout [Event]) {
        defer { line = [] }
        if isAtStart {
            isAtStart = false
            if line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
        }
        if line.isEmpty {
            if hasData { events.append(event) }
            if hasData || event.stray.isEmpty { (event, hasData) = (Event(), false) }
            return
        }
        if line.first == UInt8(ascii: ":") { return }
        let colon = line.firstIndex(of: UInt8(ascii: ":"))
        let name = String(decoding: line[..<(colon ?? line.endIndex)], as: UTF8.self)
        var value = colon.map { Array(line[($0 + 1)...]) } ?? []
        if value.first == UInt8(ascii: " ") { value.removeFirst() }
        switch name {
        case "data":
            if hasData { event.data.append(0x0A) }
            event.data += value
            hasData = true
        case "event": event.name = String(decoding: value, as: UTF8.self)
        case "id": event.id = String(decoding: value, as: UTF8.self)
        case "retry": break
        default: event.stray += line + [0x0A]
        }
    }
}
