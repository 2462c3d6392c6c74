// SPDX-License-Identifier: Apache-2.0

import Conformance
import GeminiMock

extension WireExchange {
    /// - Parameter start: when the case began, by the monotonic clock.
    init(_ entry: JournalEntry, since start: Int64) {
        let head = Duration.nanoseconds(entry.timing.head - start)
        func time(_ microseconds: Int) -> Duration { head + .microseconds(microseconds) }
        let request = Request(
            method: entry.request.method, target: entry.request.target, fields: entry.request.fields,
            body: entry.request.body.bytes, length: entry.request.body.length, at: head,
            whole: time(entry.timing.received))
        let answer = entry.answer.map { answer in
            Answer(
                status: answer.status, fields: answer.fields, body: answer.body.bytes,
                length: answer.body.length, at: time(entry.timing.answered),
                writes: entry.timing.writes.map { Write(at: time($0.at), bytes: $0.bytes) },
                ended: entry.timing.ended.map(time), ending: entry.timing.ending)
        }
        self.init(request, answer)
    }
}
