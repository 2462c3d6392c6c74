// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Puts a stream's bytes together from its pieces, and its writes from their times.
struct StreamReader {
    private let reader: RecordingReader
    private let isEvents: Bool
    private let layout: JSONLayout
    private var lineEnd = StreamForm.LineEnd.carriageReturn.bytes
    private var bytes: [UInt8] = []
    private var starts: [(offset: Int, at: Int)] = []
    private var hasElement = false

    static let eventForm = RecordingReader.Form(
        title: "an event",
        names: [
            "at", "cuts", "layout", "event", "id", "retry", "comment", "data", "dataText", "raw", "rawBase64",
        ],
        requiredCount: 0)
    static let elementForm = RecordingReader.Form(
        title: "an element", names: ["at", "cuts", "layout", "json", "raw", "rawBase64"], requiredCount: 0)

    private var form: RecordingReader.Form {
        isEvents ? StreamReader.eventForm : StreamReader.elementForm
    }

    init(_ reader: RecordingReader, isEvents: Bool, layout: JSONLayout?) {
        self.reader = reader
        self.isEvents = isEvents
        self.layout = layout ?? .pretty
    }

    mutating func setLineEnd(_ at: Int) {
        guard let name = reader.string(at, "“lines”") else { return }
        if let end = StreamForm.LineEnd(rawValue: name) {
            lineEnd = end.bytes
        } else {
            reader.add(at, "“lines” must be lf or crlf, found “\(name.prefix(60))”")
        }
    }

    mutating func read(_ at: Int) -> RecordingReader.Body {
        guard reader.nodes.kind(at) == .array else {
            let name = isEvents ? "events" : "elements"
            reader.add(at, "“\(name)” must be a list, found \(reader.kindName(at))")
            return RecordingReader.Body(body: RecordedBody([]), writes: [])
        }
        bytes.reserveCapacity(reader.nodes.range(at).count)
        var index = at + 1
        while index < reader.nodes.next(at), !reader.isFull {
            readPiece(index)
            index = reader.nodes.next(index)
        }
        if let first = starts.first, first.offset != 0 {
            reader.add(at, "either the first has “at”, or none has times")
        }
        return RecordingReader.Body(body: RecordedBody(bytes), writes: writes)
    }

    private var writes: [RecordedAnswer.Write] {
        starts.indices.map { index in
            let end = index + 1 < starts.count ? starts[index + 1].offset : bytes.count
            return RecordedAnswer.Write(at: starts[index].at, count: end - starts[index].offset)
        }
    }

    /// Its members are told one by one: the order of an event's lines is theirs.
    private mutating func readPiece(_ at: Int) {
        let nodes = reader.nodes
        guard nodes.kind(at) == .object else {
            reader.add(at, "\(form.title) must be an object, found \(reader.kindName(at))")
            return
        }
        let start = bytes.count
        let pieceLayout = layoutOfPiece(at)
        var (cuts, hasLines, rawName): (Int?, Bool, Int?) = (nil, false, nil)
        var seen: UInt32 = 0
        var name = at + 1
        let end = nodes.next(at)
        while name < end {
            let value = name + 1
            if let index = form.names.firstIndex(where: { reader.is(name, $0) }) {
                if seen & 1 << UInt32(index) != 0 { reader.add(name, "“\(form.names[index])” is told twice") }
                seen |= 1 << UInt32(index)
            } else {
                reader.unknown(name, form)
            }
            if reader.is(name, "at") {
                if let time = reader.time(value, "“at”") { starts.append((start, time)) }
            } else if reader.is(name, "cuts") {
                cuts = value
            } else if readRaw(name, value) {
                rawName = name
            } else if isEvents {
                hasLines = readLine(name, value, pieceLayout) || hasLines
            } else if reader.is(name, "json") {
                bytes += hasElement ? StreamForm.separator : StreamForm.opening
                hasElement = true
                pieceLayout.append(nodes, value, to: &bytes)
            }
            name = nodes.next(value)
        }
        if let rawName, hasLines { reader.add(rawName, "raw bytes stand alone in \(form.title)") }
        if hasLines { bytes += lineEnd }
        if bytes.count == start { reader.add(at, "\(form.title) needs a content") }
        if let cuts { readCuts(cuts, within: start..<bytes.count) }
    }

    private func layoutOfPiece(_ at: Int) -> JSONLayout {
        var name = at + 1
        while name < reader.nodes.next(at) {
            if reader.is(name, "layout") { return reader.layout(name + 1) ?? layout }
            name = reader.nodes.next(name + 1)
        }
        return layout
    }

    /// Whether it is a content without form.
    private mutating func readRaw(_ name: Int, _ value: Int) -> Bool {
        if reader.is(name, "raw") {
            bytes += reader.text(value)
        } else if reader.is(name, "rawBase64") {
            bytes += reader.base64(value)
        } else {
            return false
        }
        return true
    }

    /// Whether it is a line of an event.
    private mutating func readLine(_ name: Int, _ value: Int, _ layout: JSONLayout) -> Bool {
        let nodes = reader.nodes
        if reader.is(name, "data") {
            bytes.append(contentsOf: "data: ".utf8)
            layout.append(nodes, value, to: &bytes)
        } else if reader.is(name, "dataText") {
            readText("data: ", value)
        } else if reader.is(name, "comment") {
            readText(":", value)
        } else if reader.is(name, "event") {
            readText("event: ", value)
        } else if reader.is(name, "id") {
            readText("id: ", value)
        } else if reader.is(name, "retry") {
            readText("retry: ", value)
        } else {
            return false
        }
        bytes += lineEnd
        return true
    }

    private mutating func readText(_ prefix: String, _ at: Int) {
        bytes.append(contentsOf: prefix.utf8)
        guard let text = reader.string(at, "a line of an event") else { return }
        bytes.append(contentsOf: text.utf8)
    }

    /// Where writes begin within a piece: `[[17, 131.5], …]`.
    private mutating func readCuts(_ at: Int, within range: Range<Int>) {
        var last = range.lowerBound
        for (first, second) in reader.pairs(at, "“cuts”", of: "bytes and milliseconds") {
            guard let offset = reader.count(first, "where a cut is"),
                let time = reader.time(second, "when it came")
            else { continue }
            guard offset < range.count, range.lowerBound + offset > last else {
                reader.add(first, "a cut must be behind the one before, and within the \(range.count) bytes")
                continue
            }
            last = range.lowerBound + offset
            starts.append((last, time))
        }
    }
}
