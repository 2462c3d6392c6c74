// SPDX-License-Identifier: Apache-2.0

import HTTPWire

extension ReferenceClient {
    /// `stream`: a question, answered piece by piece.
    func stream(_ step: JSON, _ results: [JSON]) throws -> JSON {
        try converse(step) { body, deadline in
            let isArray = step["framing"]?.text == "json" && !has(.alwaysSSE)
            let query = isArray || has(.noAlt) ? "" : "?alt=sse"
            let address = try address("models/\(model(step)):streamGenerateContent\(query)")
            if has(.asksTwice) { _ = try? call("POST", address, body, deadline: deadline).body() }
            var answer = ContentAnswer(flaws: settings.flaws)
            do {
                let call = try call("POST", address, body, deadline: deadline)
                if call.status != 200 { return answer }
                if query.isEmpty {
                    try readArray(call, into: &answer)
                } else {
                    try read(call, into: &answer, cancelAfter: step["cancel_after"]?.number)
                }
            } catch var failure as ClientFailure {
                if has(.ignoresBrokenConnection), ["network", "timeout"].contains(failure.kind) {
                    return answer
                }
                // What has come stays.
                if !has(.dropsPartialText) { failure.more = answer.members }
                throw failure
            }
            if has(.noFinishReason) { answer.finishReason = nil }
            return answer
        }
    }

    private func read(_ call: Call, into answer: inout ContentAnswer, cancelAfter count: Int?) throws {
        var reader = EventReader(flaws: settings.flaws)
        while true {
            let piece = try call.piece()
            if piece.isEmpty { break }
            for event in try reader.take(piece) {
                try take(event, into: &answer)
                // The connection is closed with the call, which nobody keeps.
                if answer.chunks == count, !has(.ignoresCancel) { return answer.cancel() }
            }
        }
        if let rest = reader.rest {
            if has(.ignoresRest) { return }
            throw failure(of: rest)
        }
        if !answer.isComplete, !has(.trustsEnd) {
            throw ClientFailure("truncated", "the stream ended before the model had")
        }
    }

    private func take(_ event: EventReader.Event, into answer: inout ContentAnswer) throws {
        if event.data == Array("[DONE]".utf8), !has(.doneIsJSON) { return }
        guard let document = try? JSONDocument(parsing: event.data, grammar: .strict) else {
            throw ClientFailure("protocol", "an event is no JSON")
        }
        let chunk = JSON(document.root)
        if let error = chunk["error"] {
            if has(.ignoresErrorEvents) { return answer.cancel() }
            throw ClientFailure(error)
        }
        try answer.take(chunk)
    }

    /// What stands between events, or half of one.
    private func failure(of rest: EventReader.Event) -> ClientFailure {
        if let document = try? JSONDocument(parsing: rest.stray, grammar: .strict),
            let error = JSON(document.root)["error"]
        {
            return ClientFailure(error)
        }
        return ClientFailure("truncated", "the stream ended in the middle of an event")
    }

    /// A stream without `alt=sse`: one array, whose elements are the events.
    private func readArray(_ call: Call, into answer: inout ContentAnswer) throws {
        var bytes: [UInt8] = []
        while true {
            let piece = try call.piece()
            if piece.isEmpty { break }
            if has(.pieceIsEvent), (try? JSONDocument(parsing: piece, grammar: .strict)) == nil {
                throw ClientFailure("protocol", "a piece is no JSON")
            }
            bytes += piece
        }
        guard let document = try? JSONDocument(parsing: bytes, grammar: .strict) else {
            throw ClientFailure("truncated", "the answer is no JSON")
        }
        for chunk in JSON(document.root).list {
            if let error = chunk["error"] { throw ClientFailure(error) }
            try answer.take(chunk)
        }
        if !answer.isComplete, !has(.trustsEnd) {
            throw ClientFailure("truncated", "the stream ended before the model had")
        }
    }
}
