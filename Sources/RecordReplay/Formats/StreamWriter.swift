// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Writes a stream as the list of its pieces.
struct StreamWriter {
    private let stream: StreamForm
    private let bytes: [UInt8]
    private let times: WriteTimes?

    init(_ stream: StreamForm, of bytes: [UInt8], _ times: WriteTimes?) {
        self.stream = stream
        self.bytes = bytes
        self.times = times
    }

    func write(to text: inout RecordingText) {
        if stream.framing == .events {
            text.key("lines")
            text.string(stream.lineEnd.rawValue)
        }
        if let layout = stream.layout {
            text.key("layout")
            text.string(layout.name)
        }
        text.key(stream.framing == .events ? "events" : "elements")
        text.array { text in
            for piece in stream.pieces {
                text.object { text in
                    writeTimes(of: piece.range, to: &text)
                    write(piece, to: &text)
                }
            }
        }
    }

    private func writeTimes(of range: Range<Int>, to text: inout RecordingText) {
        guard var starts = times?.within(range) else { return }
        if let first = starts.first, first.offset == range.lowerBound {
            text.key("at")
            text.literal(Milliseconds.text(first.at))
            starts = starts.dropFirst()
        }
        guard !starts.isEmpty else { return }
        text.key("cuts")
        text.array { text in
            for start in starts {
                text.numbers("\(start.offset - range.lowerBound)", Milliseconds.text(start.at))
            }
        }
    }

    private func write(_ piece: StreamForm.Piece, to text: inout RecordingText) {
        switch piece.content {
        case .raw:
            let raw = bytes[piece.range]
            if StreamForm.isText(raw) {
                text.key("raw")
                text.lines(raw)
            } else {
                text.key("rawBase64")
                text.string(Base64Encoding.standard(Array(raw)))
            }
        case .element(let document, let layout):
            writeLayout(layout, to: &text)
            text.key("json")
            text.value(document.root)
        case .lines(let lines):
            for line in lines { write(line, to: &text) }
        }
    }

    private func write(_ line: StreamForm.Line, to text: inout RecordingText) {
        switch line {
        case .data(let document, let layout):
            writeLayout(layout, to: &text)
            text.key("data")
            text.value(document.root)
        case .dataText(let data):
            text.key("dataText")
            text.string(String(decoding: data, as: UTF8.self))
        case .field(let name, let value):
            text.key(name)
            text.string(String(decoding: value, as: UTF8.self))
        case .comment(let comment):
            text.key("comment")
            text.string(String(decoding: comment, as: UTF8.self))
        }
    }

    private func writeLayout(_ layout: JSONLayout, to text: inout RecordingText) {
        guard layout != stream.layout else { return }
        text.key("layout")
        text.string(layout.name)
    }
}
