// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import GeminiService
import HTTPWire
import MicroHTTP
import RecordReplay
import Recorder

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Sends recorded requests to a server again, in their order, and compares what it answers now.
public struct Verifier {
    /// Gives the answer to a request; see `UpstreamClient.answer`.
    public typealias Ask = (RecordedRequest, _ url: String?) -> Result<RecordedAnswer, UpstreamClient.Failure>

    /// After so many requests without any answer no more are sent.
    private static let mostUnanswered = 3
    private let ask: Ask
    private let seconds: Int
    private let pause: UInt32
    private let ignored: IgnoredDrift
    private let endpoints = EndpointTable()

    /// - Parameters:
    ///   - seconds: how long to wait for something to become what it was recorded as.
    ///   - pause: between two looks at it, in microseconds.
    ///   - ignored: where drift isn't told.
    public init(
        seconds: Int, pause: UInt32 = 250_000, ignoring ignored: IgnoredDrift = IgnoredDrift(),
        ask: @escaping Ask
    ) {
        self.ignored = ignored
        self.ask = ask
        self.seconds = seconds
        self.pause = pause
    }

    /// - Parameter path: what to call the recording besides its name.
    public func verify(_ recording: Recording, path: String) -> DriftReport.Recording {
        var names = Renaming()
        var unanswered = 0
        var outcomes: [(DriftReport.Outcome, Pair?)] = []
        for exchange in recording.exchanges {
            if let outcome = objection(to: exchange, names) {
                outcomes.append((outcome, nil))
                continue
            }
            guard unanswered < Verifier.mostUnanswered else {
                outcomes.append((.unverified("the upstream doesn't answer"), nil))
                continue
            }
            switch answer(to: exchange, names) {
            case .failure(let failure):
                unanswered = failure.isUnanswered ? unanswered + 1 : 0
                outcomes.append((.unverified(Redactor().text(failure.description)), nil))
            case .success(let live):
                unanswered = 0
                names.learn(exchange.answer, live)
                outcomes.append(judged(exchange, live))
            }
        }
        let findings = DriftJudge(outcomes.map(\.1), ignoring: ignored).findings
        let exchanges = recording.exchanges.indices.map { number in
            DriftReport.Exchange(
                number: number + 1, request: Verifier.line(recording.exchanges[number].request),
                outcome: outcomes[number].0, findings: findings[number])
        }
        return DriftReport.Recording(name: recording.name, path: path, exchanges: exchanges)
    }

    /// An answer that was recorded, and the one of today.
    struct Pair {
        let recorded: RecordedAnswer
        let live: RecordedAnswer
        /// What the request is for: answers to the same are expected to look the same.
        let subject: String
        let message: Message
    }

    /// What the tables call an answer.
    enum Message {
        case none
        case core(String)
        /// The resource, or events of a stream.
        case interaction

        init(_ endpoint: any Endpoint) {
            switch endpoint.name {
            case "createInteraction", "getInteraction", "cancelInteraction": self = .interaction
            default: self = endpoint.answerMessage.map { .core($0) } ?? .none
            }
        }
    }

    private func judged(_ exchange: RecordedExchange, _ live: RecordedAnswer) -> (DriftReport.Outcome, Pair?)
    {
        if live.status == 429 || live.status >= 500 {
            return (.unverified("the upstream answers with the status \(live.status)"), nil)
        }
        let head = AskedRequest(exchange.request).head
        guard case .endpoint(let endpoint, _, _) = endpoints.route(head), endpoint.isImitated else {
            let subject = "\(exchange.request.method) \(head.target.path)"
            return (.verified, Pair(recorded: exchange.answer, live: live, subject: subject, message: .none))
        }
        return (
            .verified,
            Pair(
                recorded: exchange.answer, live: live, subject: endpoint.name, message: Message(endpoint)
            )
        )
    }

    // MARK: Asking

    /// Why a request isn't sent.
    private func objection(to exchange: RecordedExchange, _ names: Renaming) -> DriftReport.Outcome? {
        let (request, answer) = (exchange.request, exchange.answer)
        guard request.body.bytes != nil else {
            return .unverified("its body was left out of the recording")
        }
        if AnswerContents.isAboutKey(answer) { return .skipped("it was refused for its key") }
        if answer.status == 429 || answer.status >= 500 {
            return .skipped("the status \(answer.status) was one of its time")
        }
        let isEnding =
            request.method == "DELETE" || request.target.contains(":cancel")
            || request.target.contains("/cancel")
        if isEnding, answer.status < 300, !names.knows(request.target) {
            return .unverified("it would end something that isn't of this run")
        }
        return nil
    }

    /// The answer; of something that isn't ready yet and was when it was recorded, the first one that is.
    private func answer(to exchange: RecordedExchange, _ names: Renaming) -> Result<
        RecordedAnswer, UpstreamClient.Failure
    > {
        let applied = names.applied(to: exchange.request)
        var request = applied.request
        request.fields = request.fields.compactMap(Verifier.readable)
        let deadline = MonotonicClock.nanoseconds + Int64(seconds) * 1_000_000_000
        while true {
            let result = ask(request, applied.url)
            guard request.method == "GET", case .success(let live) = result,
                !AnswerContents(exchange.answer).isUnderWay, AnswerContents(live).isUnderWay,
                MonotonicClock.nanoseconds < deadline
            else { return result }
            usleep(pause)
        }
    }

    /// Asks for no coding that can't be read here.
    private static func readable(_ field: HTTPFields.Field) -> HTTPFields.Field? {
        guard field.name.lowercased() == "accept-encoding" else { return field }
        return field.value.contains("gzip") ? HTTPFields.Field(field.name, "gzip") : nil
    }

    private static func line(_ request: RecordedRequest) -> String {
        let text = "\(request.method) \(Redactor().target(RequestTarget(request.target)))"
        return TerminalText.line(Substring(text.unicodeScalars.prefix(300)))
    }
}
