// SPDX-License-Identifier: Apache-2.0

import HTTPWire

extension ReferenceClient {
    /// `stream`: a question, answered piece by piece.
    func stream(_ step: JSON, _ results: [JSON]) throws -> JSON {
        let address = try address("models/\(model(step)):streamGenerateContent?alt=sse")
        if has(.asksTwice) { _ = try call("POST", address, question(step, results)).body() }
        let call = try call("POST", address, question(step, results))
        var answer = StreamedAnswer()
        var reader = EventReader(flaws: settings.flaws)
        while true {
            let piece = try call.piece()
            if piece.isEmpty { break }
            for event in reader.take(piece) { try answer.take(event.data) }
        }
        if has(.noFinishReason) { answer.finishReason = nil }
        return answer.result
    }
}

/// What a stream has brought so far.
struct StreamedAnswer {
    var text = ""
    var finishReason: String?
    var usage: JSON?
    var chunks = 0

    mutating func take(_ data: [UInt8]) throws {
        guard let document = try? JSONDocument(parsing: data, grammar: .strict) else {
            throw ClientFailure("protocol", "an event is no JSON")
        }
        let chunk = JSON(document.root)
        chunks += 1
        let candidate = chunk["candidates"]?.list.first
        for part in candidate?["content"]?["parts"]?.list ?? [] { text += part["text"]?.text ?? "" }
        if let reason = candidate?["finishReason"]?.text { finishReason = reason }
        if let usage = chunk["usageMetadata"] { self.usage = usage }
    }

    var result: JSON {
        var members = [JSON.Member("ok", true), JSON.Member("text", .string(text))]
        if let finishReason { members.append(JSON.Member("finish_reason", .string(finishReason))) }
        if let usage { members.append(JSON.Member("usage", usage)) }
        members.append(JSON.Member("chunks", .int(chunks)))
        return .object(members)
    }
}
