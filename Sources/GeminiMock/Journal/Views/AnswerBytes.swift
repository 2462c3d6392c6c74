// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// The body of an answer, and what it is made of. Of a raw answer, as faults make them, as much as a client could read.
struct AnswerBytes {
    /// One value of a stream.
    struct Event {
        /// Nil where the stream has none, as generateContent's.
        var name: String?
        var id: String?
        var data: [UInt8]
        /// Where in the bytes it stands.
        var range: Range<Int>
    }

    let bytes: [UInt8]
    let isEventStream: Bool
    /// Whether `bytes` are those that were written; not so where they had to be taken out of chunks.
    let isAsWritten: Bool

    init(_ answer: JournalEntry.Answer) {
        guard answer.framing == .raw else {
            bytes = answer.body.bytes
            isEventStream = AnswerBytes.isEventStream(answer.fields)
            isAsWritten = true
            return
        }
        let raw = answer.body.bytes
        let headEnd = AnswerBytes.headEnd(raw)
        let head = String(decoding: raw[..<headEnd], as: UTF8.self).lowercased()
        let isChunked = head.contains("transfer-encoding: chunked")
        bytes = isChunked ? AnswerBytes.dechunked(raw[headEnd...]) : Array(raw[headEnd...])
        isEventStream = head.contains("text/event-stream")
        isAsWritten = false
    }

    private static func isEventStream(_ fields: [HTTPFields.Field]) -> Bool {
        fields.contains {
            $0.name.lowercased() == "content-type" && $0.value.lowercased().hasPrefix("text/event-stream")
        }
    }

    // MARK: Raw answers

    /// Behind the first empty line; the end where there is none.
    private static func headEnd(_ raw: [UInt8]) -> Int {
        var at = 3
        while at < raw.count {
            if raw[at] == 0x0A, raw[at - 1] == 0x0D, raw[at - 2] == 0x0A, raw[at - 3] == 0x0D {
                return at + 1
            }
            at += 1
        }
        return raw.count
    }

    /// The chunks up to the first that is none.
    private static func dechunked(_ raw: ArraySlice<UInt8>) -> [UInt8] {
        var (body, rest): ([UInt8], ArraySlice<UInt8>) = ([], raw)
        while let lineEnd = rest.firstIndex(of: 0x0A) {
            let digits = rest[..<lineEnd].prefix { $0 > 0x20 && $0 != UInt8(ascii: ";") }
            guard digits.count <= 8, let size = Int(String(decoding: digits, as: UTF8.self), radix: 16),
                size > 0
            else { break }
            rest = rest[(lineEnd + 1)...]
            body += rest.prefix(size)
            rest = rest.dropFirst(size + 2)
        }
        return body
    }

    // MARK: Streams

    /// The events of a stream, or the elements of an array that is sent bit by bit; none of what is no stream.
    func events(isStream: Bool) -> [Event] {
        if isEventStream { return serverSentEvents }
        return isStream ? elements : []
    }

    /// A broken one at the end counts as far as it goes.
    private var serverSentEvents: [Event] {
        var events: [Event] = []
        var event = Event(data: [], range: 0..<0)
        var hasData = false
        var at = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        event.range = at..<at
        func end(at place: Int) {
            if hasData {
                event.range = event.range.lowerBound..<place
                events.append(event)
            }
            event = Event(data: [], range: place..<place)
            hasData = false
        }
        while at < bytes.count {
            let lineEnd = bytes[at...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.count
            var next = min(lineEnd + 1, bytes.count)
            if lineEnd < bytes.count, bytes[lineEnd] == 0x0D, next < bytes.count, bytes[next] == 0x0A {
                next += 1
            }
            let line = bytes[at..<lineEnd]
            if line.isEmpty {
                end(at: next)
            } else if let value = AnswerBytes.value(of: "data", in: line) {
                if hasData { event.data.append(0x0A) }
                event.data += value
                hasData = true
            } else if let value = AnswerBytes.value(of: "event", in: line) {
                event.name = String(decoding: value, as: UTF8.self)
            } else if let value = AnswerBytes.value(of: "id", in: line) {
                event.id = String(decoding: value, as: UTF8.self)
            }
            at = next
        }
        end(at: bytes.count)
        return events
    }

    private static func value(of name: StaticString, in line: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        let length = name.utf8CodeUnitCount
        guard line.count > length, line[line.startIndex + length] == UInt8(ascii: ":"),
            line.prefix(length).elementsEqual(UnsafeBufferPointer(start: name.utf8Start, count: length))
        else { return nil }
        let value = line.dropFirst(length + 1)
        return value.first == 0x20 ? value.dropFirst() : value
    }

    /// The whole values of an array, also of one whose end never came.
    private var elements: [Event] {
        guard let open = bytes.firstIndex(where: { $0 > 0x20 }), bytes[open] == UInt8(ascii: "[") else {
            return []
        }
        var events: [Event] = []
        var (depth, start, isInString, isEscaped) = (0, 0, false, false)
        for at in (open + 1)..<bytes.count {
            let byte = bytes[at]
            if isInString {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isInString = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isInString = true
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                if depth == 0 { start = at }
                depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                guard depth >= 0 else { return events }
                if depth == 0 {
                    events.append(Event(data: Array(bytes[start...at]), range: start..<(at + 1)))
                }
            default: break
            }
        }
        return events
    }
}
