// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import GeminiService
import HTTPWire

/// Turns what an endpoint answers into what is put on the wire.
struct AnswerRenderer: Sendable {
    let clock: any WallClock
    /// How long a stream waits between two events.
    private(set) var streamInterval: Duration

    /// The same renderer, whose streams wait another time.
    func pausing(for interval: Duration) -> AnswerRenderer {
        var renderer = self
        renderer.streamInterval = interval
        return renderer
    }

    func plan(_ answer: APIAnswer, started: Int64) -> ResponsePlan {
        switch answer {
        case .json(var body, let serviceTier):
            body.append(UInt8(ascii: "\n"))
            var own = [AnswerFields.json]
            // Only unary answers of generateContent have it (CORE 4.4).
            if let serviceTier { own.insert(HTTPFields.Field("X-Gemini-Service-Tier", serviceTier), at: 0) }
            return ResponsePlan(status: 200, fields: fields(own, started), body: body)
        case .events(let events):
            return stream(
                events.map { ServerSentEvents.event(data: $0) },
                own: [AnswerFields.eventStream, AnswerFields.attachment], started: started
            )
        case .elements(let elements):
            return stream(JSONArrayStream.writes(elements), own: [AnswerFields.json], started: started)
        case .upload(let answer):
            return plan(answer)
        case .interaction(let body):
            return ResponsePlan(status: 200, fields: fields([AnswerFields.bareJSON], started), body: body)
        case .frames(let frames):
            return stream(frames, own: [AnswerFields.eventStream], started: started)
        case .live(let actions):
            return ResponsePlan(
                head: ResponseHead(status: 200, fields: fields([AnswerFields.eventStream], started)),
                framing: .chunked, actions: [.live(actions)]
            )
        case .given(let answer): return plan(answer, started: started)
        case .whole(let answer): return plan(answer, started: started)
        case .paced(let answer, let pace):
            var plan = plan(answer, started: started)
            plan.actions = pace.applied(to: plan.actions)
            return plan
        }
    }

    private func plan(_ answer: GivenAnswer, started: Int64) -> ResponsePlan {
        switch answer.body {
        case .page(let title, let sentence):
            return page(
                status: answer.status, ErrorPage.page(title: title, sentence: sentence), started: started)
        case .text(let text):
            // An empty body has no type.
            let own = text.isEmpty ? [] : [AnswerFields.plainText]
            return ResponsePlan(
                status: answer.status, fields: fields(own, started), body: Array(text.utf8))
        case .json(let body):
            return ResponsePlan(
                status: answer.status, fields: fields([type(of: answer.form)], started),
                body: answer.form == .interaction ? body : body + [UInt8(ascii: "\n")])
        }
    }

    private func type(of form: ErrorForm) -> HTTPFields.Field {
        switch form {
        case .object, .array, .upload: AnswerFields.json
        case .eventStream: AnswerFields.eventStream
        case .interaction: AnswerFields.bareJSON
        }
    }

    func plan(_ error: APIError, form: ErrorForm, started: Int64) -> ResponsePlan {
        switch form {
        case .object:
            ResponsePlan(
                status: error.status.http, fields: fields([AnswerFields.json], started),
                body: error.body + [UInt8(ascii: "\n")]
            )
        case .eventStream:
            ResponsePlan(
                status: error.status.http, fields: fields([AnswerFields.eventStream], started),
                body: error.body + [UInt8(ascii: "\n")]
            )
        case .array:
            ResponsePlan(
                status: error.status.http, fields: fields([AnswerFields.json], started),
                body: error.arrayBody
            )
        case .upload:
            plan(UploadAnswer(error))
        case .interaction:
            ResponsePlan(
                status: error.interactionCode.http,
                fields: fields(
                    error.status == .unimplemented
                        ? [AnswerFields.bareJSON, AnswerFields.retryAtOnce] : [AnswerFields.bareJSON], started
                ),
                body: error.interactionBody
            )
        }
    }

    private func plan(_ answer: UploadAnswer) -> ResponsePlan {
        let body: [UInt8] =
            switch answer.body {
            case .text(let text): Array(text.utf8)
            case .json(let bytes): bytes + [UInt8(ascii: "\n")]
            }
        return ResponsePlan(
            status: answer.code, fields: AnswerFields.upload(answer, now: clock.nanoseconds), body: body
        )
    }

    /// A page for people, as the front end sends for what isn't the API's (CORE 6.5).
    func page(status: Int, _ html: String, started: Int64) -> ResponsePlan {
        ResponsePlan(
            status: status, fields: fields([AnswerFields.html], started), body: Array(html.utf8)
        )
    }

    func empty(_ own: [HTTPFields.Field], started: Int64) -> ResponsePlan {
        ResponsePlan(status: 200, fields: fields(own, started), body: [])
    }

    private func stream(_ writes: [[UInt8]], own: [HTTPFields.Field], started: Int64) -> ResponsePlan {
        var actions: [WireAction] = []
        for (index, bytes) in writes.enumerated() {
            if index > 0, streamInterval > .zero { actions.append(.wait(streamInterval)) }
            actions.append(.send(bytes))
        }
        return ResponsePlan(
            head: ResponseHead(status: 200, fields: fields(own, started)), framing: .chunked, actions: actions
        )
    }

    private func fields(_ own: [HTTPFields.Field], _ started: Int64) -> [HTTPFields.Field] {
        AnswerFields.all(own: own, now: clock.nanoseconds, started: started)
    }
}

/// A JSON array that is sent element by element: `[{…}`, then `\n,\r\n{…}` for each further one, `\n]` at the end, and
/// no line end behind it (CORE 4.6, five recordings).
enum JSONArrayStream {
    static func writes(_ elements: [[UInt8]]) -> [[UInt8]] {
        guard !elements.isEmpty else { return [Array("[]".utf8)] }
        return elements.enumerated().map { index, element in
            let end = index == elements.count - 1 ? "\n]" : ""
            return Array((index == 0 ? "[" : "\n,\r\n").utf8) + element + Array(end.utf8)
        }
    }
}
