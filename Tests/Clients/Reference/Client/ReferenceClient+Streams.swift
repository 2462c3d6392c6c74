// SPDX-License-Identifier: Apache-2.0

import HTTPWire

extension ReferenceClient {
    /// `stream`: a question, answered piece by piece.
    func stream(_ step: JSON, _ results: [JSON]) throws -> JSON {
        try converse(step) { body, deadline in
            let address = try address("models/\(model(step)):streamGenerateContent?alt=sse")
            if has(.asksTwice) { _ = try call("POST", address, body).body() }
            var answer = ContentAnswer()
            do {
                try read(call("POST", address, body, deadline: deadline), into: &answer)
            } catch var failure as ClientFailure {
                // What has come stays.
                failure.more = answer.members
                throw failure
            }
            if has(.noFinishReason) { answer.finishReason = nil }
            return answer
        }
    }

    private func read(_ call: Call, into answer: inout ContentAnswer) throws {
        var reader = EventReader(flaws: settings.flaws)
        while true {
            let piece = try call.piece()
            if piece.isEmpty { break }
            for event in reader.take(piece) { try take(event, into: &answer) }
        }
    }

    private func take(_ event: EventReader.Event, into answer: inout ContentAnswer) throws {
        guard let document = try? JSONDocument(parsing: event.data, grammar: .strict) else {
            throw ClientFailure("protocol", "an event is no JSON")
        }
        answer.take(JSON(document.root))
    }
}
