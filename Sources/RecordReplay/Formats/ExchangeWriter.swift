// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Writes exchanges, and gathers the bodies that are to stand beside them.
struct ExchangeWriter {
    /// Each once.
    private(set) var bodies: [RecordingFormat.BodyFile] = []
    private var names: Set<String> = []

    mutating func write(_ exchange: RecordedExchange, to text: inout RecordingText) {
        text.object { text in
            text.key("request")
            text.object { write(exchange.request, to: &$0) }
            text.key("answer")
            text.object { write(exchange.answer, to: &$0) }
        }
    }

    private mutating func write(_ request: RecordedRequest, to text: inout RecordingText) {
        text.key("method")
        text.string(request.method)
        text.key("target")
        text.string(request.target)
        write(request.fields, to: &text)
        write(BodyForm(request.body, fields: request.fields), of: request.body, request.fields, to: &text)
    }

    private mutating func write(_ answer: RecordedAnswer, to text: inout RecordingText) {
        text.key("status")
        text.literal("\(answer.status)")
        write(answer.fields, to: &text)
        text.key("framing")
        text.string(answer.framing.rawValue)
        if answer.ending != .complete {
            text.key("ending")
            text.string(answer.ending.rawValue)
        }
        let times = WriteTimes(answer)
        let form = BodyForm(answer.body, fields: answer.fields, isCut: answer.writes.count > 1)
        var isTimed = false
        if case .stream = form, times != nil {
            isTimed = true
        } else if let only = answer.writes.first, answer.writes.count == 1, times != nil {
            text.key("at")
            text.literal(Milliseconds.text(only.at))
        } else if !answer.writes.isEmpty {
            text.key("writes")
            text.array { text in
                for write in answer.writes { text.numbers(Milliseconds.text(write.at), "\(write.count)") }
            }
        }
        write(form, of: answer.body, answer.fields, times: isTimed ? times : nil, to: &text)
    }

    /// `Name: value`, a line each.
    private func write(_ fields: [HTTPFields.Field], to text: inout RecordingText) {
        text.key("headers")
        text.array { text in
            for field in fields { text.string("\(field.name): \(field.value)") }
        }
    }

    // MARK: - Bodies

    private mutating func write(
        _ form: BodyForm, of body: RecordedBody, _ fields: [HTTPFields.Field], times: WriteTimes? = nil,
        to text: inout RecordingText
    ) {
        if case .empty = form { return }
        text.key("body")
        text.object { write(form, of: body, fields, times, to: &$0) }
    }

    private mutating func write(
        _ form: BodyForm, of body: RecordedBody, _ fields: [HTTPFields.Field], _ times: WriteTimes?,
        to text: inout RecordingText
    ) {
        let bytes = body.bytes ?? []
        switch form {
        case .empty: break
        case .leftOut:
            text.key("leftOut")
            text.object { text in
                text.key("length")
                text.literal("\(body.length)")
                guard let hash = body.sha256 else { return }
                text.key("sha256")
                text.string(hash)
            }
        case .json(let document, let layout):
            text.key("layout")
            text.string(layout.name)
            text.key("json")
            text.value(document.root)
        case .text:
            text.key("text")
            text.lines(bytes[...])
        case .base64:
            text.key("base64")
            text.string(Base64Encoding.standard(bytes))
        case .file(let type): writeFile(bytes, type, to: &text)
        case .coded(let decoded, let isInline):
            if isInline {
                text.key("base64")
                text.string(Base64Encoding.standard(bytes))
            } else {
                writeFile(bytes, "gz", to: &text)
            }
            let form = BodyForm(RecordedBody(decoded), fields: fields, isDecoded: true)
            if case .empty = form { return }
            text.key("decoded")
            text.object { write(form, of: RecordedBody(decoded), fields, nil, to: &$0) }
        case .stream(let stream): StreamWriter(stream, of: bytes, times).write(to: &text)
        }
    }

    private mutating func writeFile(_ bytes: [UInt8], _ type: String, to text: inout RecordingText) {
        let name = "\(RecordingFormat.bodyFolder)/\(ContentHash.hex(of: bytes)).\(type)"
        if names.insert(name).inserted {
            bodies.append(RecordingFormat.BodyFile(name: name, bytes: bytes))
        }
        text.key("file")
        text.string(name)
        text.key("length")
        text.literal("\(bytes.count)")
    }
}
