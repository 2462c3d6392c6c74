// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import RecordReplay

/// What is noted of a request and its answer while they pass by. Both halves come from threads of their own; when both are
/// there, the whole goes to be written.
final class PassingExchange: TransferWitness {
    private struct State {
        var isRequestWhole = false
        var isAnswerWhole = false
        var head: AnswerHead?
        /// When each piece came, and how long it is.
        var pieces: [(at: Int64, count: Int)] = []
        var ending: TransferEnding?
        var requestSent: Int64 = 0
    }

    /// More pieces than this are told as one: a recording of them couldn't be read any more.
    private static let mostPieces = 1_000_000

    let method: String
    /// As the client has sent it.
    let target: String
    private let fields: [HTTPFields.Field]
    let requestBody: KeptBody
    private let answerBody: KeptBody
    private let state = Monitor(State())
    private let whole: @Sendable (PassingExchange) -> Void

    /// - Parameter whole: what to do when both halves are there; called once, and not where there is no answer, nor where
    ///   nobody wanted it to its end.
    init(
        _ head: RequestHead, target: String, limits: KeptBody.Limits,
        whole: @escaping @Sendable (PassingExchange) -> Void
    ) {
        method = head.method
        self.target = target
        fields = ConnectionFields.removed(from: head.fields.all).filter { $0.name.lowercased() != "host" }.map
        {
            // What is sent behind the colon is a blank, as a rule; it is none of the value.
            HTTPFields.Field($0.name, $0.value)
        }
        requestBody = KeptBody(limits)
        answerBody = KeptBody(limits)
        self.whole = whole
    }

    /// The request's body has come to its end.
    func requestIsWhole() {
        let isWhole = state.withLock { state in
            state.isRequestWhole = true
            return state.isAnswerWhole
        }
        if isWhole { whole(self) }
    }

    func received(_ head: AnswerHead, at time: Int64) { state.withLock { $0.head = head } }

    func received(_ bytes: UnsafeRawBufferPointer, at time: Int64) {
        answerBody.append(bytes)
        state.withLock { state in
            if let last = state.pieces.last, state.pieces.count >= PassingExchange.mostPieces {
                state.pieces[state.pieces.count - 1].count = last.count + bytes.count
            } else {
                state.pieces.append((time, bytes.count))
            }
        }
    }

    func ended(_ ending: TransferEnding, requestSentAt sent: Int64) {
        let isWhole = state.withLock { state in
            (state.ending, state.requestSent) = (ending, sent)
            switch ending {
            case .complete, .truncated, .reset: state.isAnswerWhole = state.head != nil
            case .failed, .cancelled: break
            }
            return state.isAnswerWhole && state.isRequestWhole
        }
        if isWhole { whole(self) }
    }

    /// Only when both halves are there. Nil where a body couldn't be kept.
    func recorded() -> RecordedExchange? {
        let (head, pieces, ending, sent) = state.withLock { ($0.head, $0.pieces, $0.ending, $0.requestSent) }
        guard let head, let ending, let sentBody = requestBody.finish(), let body = answerBody.finish() else {
            return nil
        }
        return RecordedExchange(
            request: RecordedRequest(method: method, target: target, fields: fields, body: sentBody),
            answer: RecordedAnswer(
                status: head.status, fields: head.endToEndFields, framing: head.framing, body: body,
                // The clock of the one that has been sent whole may be behind that of an answer that came before.
                writes: pieces.map { .init(at: Int(max(0, $0.at - sent) / 1000), count: $0.count) },
                ending: ending.recorded))
    }
}

extension TransferEnding {
    fileprivate var recorded: RecordedAnswer.Ending {
        switch self {
        case .complete, .failed, .cancelled: .complete
        case .truncated: .truncated
        case .reset: .reset
        }
    }
}
