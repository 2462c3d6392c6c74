// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import RecordReplay

/// Sends requests to an upstream, one after the other, and waits for their answers.
public final class UpstreamClient: Sendable {
    public struct Configuration: Sendable {
        public var upstream: UpstreamAddress
        /// A file with the authorities that vouch for the upstream (PEM); nil for those of the system.
        public var authorityFile: String?
        /// What requests get in the place of whatever credential they bring.
        public var key: String
        /// For each answer, to its end.
        public var seconds = 60
        /// More of an answer isn't taken, in bytes.
        public var longestAnswer = 64 * 1024 * 1024

        public init(upstream: UpstreamAddress, key: String) {
            self.upstream = upstream
            self.key = key
        }
    }

    /// Why there is no whole answer.
    public struct Failure: Error, Sendable, Equatable, CustomStringConvertible {
        /// Whether nobody was there to answer, or it took too long to begin.
        public let isUnanswered: Bool
        public let description: String

        public init(_ description: String, isUnanswered: Bool) {
            self.description = description
            self.isUnanswered = isUnanswered
        }
    }

    private let configuration: Configuration
    private let pool: TransferPool

    /// - Throws: `RecordingServerError.curlIsMissing`.
    public init(_ configuration: Configuration) throws(RecordingServerError) {
        guard let curl = CurlLibrary.shared else { throw .curlIsMissing }
        var settings = TransferPool.Settings()
        settings.authorityFile = configuration.authorityFile
        settings.connectSeconds = min(settings.connectSeconds, configuration.seconds)
        settings.wholeSeconds = configuration.seconds
        guard let pool = TransferPool(curl, settings) else { throw .curlIsMissing }
        self.configuration = configuration
        self.pool = pool
        pool.start()
    }

    deinit { stop() }

    /// A second call returns at once.
    public func stop() { pool.stop() }

    /// - Parameters:
    ///   - request: one with a body.
    ///   - url: where to instead, such as the address of an upload; gets the key only where it is the upstream's own.
    public func answer(to request: RecordedRequest, at url: String?) -> Result<RecordedAnswer, Failure> {
        let body = request.body.bytes ?? []
        let key = InjectedKey(key: configuration.key)
        let isOwn = url.map { $0.hasPrefix(configuration.upstream.origin + "/") } ?? true
        let target = key.removingCredentials(from: request.target)
        let known = request.fields.filter { !InjectedKey.isReplaced($0) }
        let hasBody = !body.isEmpty || ["POST", "PUT", "PATCH"].contains(request.method)
        let answer = WaitingAnswer()
        let transfer = Transfer(
            UpstreamRequest(
                method: request.method, url: url ?? configuration.upstream.url(of: target),
                fields: isOwn ? key.put(into: known) : known,
                length: hasBody ? .known(body.count) : .none), witness: answer)
        if !body.isEmpty { body.withUnsafeBytes { _ = transfer.send($0) } }
        _ = transfer.endBody()
        guard pool.begin(transfer, limit: 16) else {
            return .failure(Failure("it was given up", isUnanswered: true))
        }
        return answer.wait(for: transfer, pool, longest: configuration.longestAnswer)
    }
}

/// Collects an answer for a thread that waits for it.
private final class WaitingAnswer: TransferWitness {
    private struct State {
        var head: AnswerHead?
        var hasNews = false
        var ending: TransferEnding?
    }

    private let state = Monitor(State())

    func received(_ head: AnswerHead, at time: Int64) { state.withLock { $0.head = head } }

    func received(_ bytes: UnsafeRawBufferPointer, at time: Int64) { state.signal { $0.hasNews = true } }

    func ended(_ ending: TransferEnding, requestSentAt sent: Int64) { state.signal { $0.ending = ending } }

    func wait(for transfer: Transfer, _ pool: TransferPool, longest: Int) -> Result<
        RecordedAnswer, UpstreamClient.Failure
    > {
        var body: [UInt8] = []
        while true {
            let ending = state.wait(while: { !$0.hasNews && $0.ending == nil }) { state in
                state.hasNews = false
                return state.ending
            }
            while case (.bytes(let piece), let isDue) = transfer.next() {
                if body.count <= longest { body += piece }
                if isDue { pool.attend(to: transfer) }
            }
            if body.count > longest {
                transfer.cancel()
                pool.attend(to: transfer)
            }
            if let ending { return result(ending, body, longest) }
        }
    }

    private func result(_ ending: TransferEnding, _ body: [UInt8], _ longest: Int) -> Result<
        RecordedAnswer, UpstreamClient.Failure
    > {
        func failure(_ why: String, isUnanswered: Bool = false) -> Result<
            RecordedAnswer, UpstreamClient.Failure
        > {
            .failure(UpstreamClient.Failure(why, isUnanswered: isUnanswered))
        }
        if body.count > longest { return failure("the answer has more than \(longest) bytes") }
        switch (ending, state.withLock { $0.head }) {
        case (.failed(let why), _): return failure(why, isUnanswered: true)
        case (.cancelled, _), (_, nil): return failure("it was given up", isUnanswered: true)
        case (.truncated, _?): return failure("the answer was broken off, or took too long")
        case (.reset, _?): return failure("the connection was broken")
        case (.complete, let head?):
            return .success(
                RecordedAnswer(
                    status: head.status, fields: head.endToEndFields, framing: head.framing,
                    body: RecordedBody(body)))
        }
    }
}
