// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import RecordReplay

/// Passes on only what an earlier recording doesn't have: what a replay of it would have no answer for.
///
/// Ids of what is known count as those of the earlier recording: a client that replays it would be told these. Of a resumable
/// upload it is decided at its end, by all of its bytes; until then its requests are held back.
public final class NewExchanges: ExchangeSink {
    private struct State {
        /// Uploads that begin like known ones, by their ids, as redacted.
        var held: [String: [RecordedExchange]] = [:]
        /// How many bytes of them there are.
        var size = 0
        /// What things of this run are called in the earlier recording.
        var names = Renaming()
    }

    /// More bytes aren't held back: the uploads are recorded then, known or not.
    private static let mostHeld = 256 * 1024 * 1024

    private let replayer: Replayer
    /// The requests whose bodies aren't there.
    private let leftOut: [RecordedRequest]
    private let sink: any ExchangeSink
    private let state = Monitor(State())

    public init(besides earlier: Recording, to sink: any ExchangeSink) {
        var earlier = earlier
        // Which one comes next is of no matter here.
        earlier.matching.isInOrder = false
        replayer = Replayer([earlier])
        leftOut = earlier.exchanges.map(\.request).filter { $0.body.bytes == nil }
        self.sink = sink
    }

    public func append(_ exchange: RecordedExchange) throws(RecordingFileError) {
        let request = state.withLock { $0.names }.applied(to: exchange.request).request
        let asked = AskedRequest(request)
        let head = UploadHead(asked.head)
        if let id = head.id { return try goOn(with: id, head, exchange) }
        guard isKnown(request, asked, exchange.answer) else { return try sink.append(exchange) }
        guard head.begins, let id = RecordedUpload.id(in: exchange.answer) else { return }
        state.withLock { $0.held[id] = [exchange] }
    }

    public func flush() throws(RecordingFileError) {
        let ids = state.withLock { $0.held.keys.sorted() }
        for id in ids { try release(id) }
        try sink.flush()
    }

    private func isKnown(_ request: RecordedRequest, _ asked: AskedRequest, _ answer: RecordedAnswer) -> Bool
    {
        guard request.body.bytes != nil else {
            return leftOut.contains {
                $0.method == request.method && $0.target == request.target && $0.body == request.body
            }
        }
        guard let use = replayer.use(for: asked, by: "") else { return false }
        learn(answer, use.exchange.answer)
        return true
    }

    private func learn(_ now: RecordedAnswer, _ earlier: RecordedAnswer) {
        state.withLock { $0.names.learn(now, earlier) }
    }

    // MARK: - Uploads

    private func goOn(with id: String, _ head: UploadHead, _ exchange: RecordedExchange)
        throws(RecordingFileError)
    {
        let held = state.withLock { state -> (exchanges: [RecordedExchange], isTooLarge: Bool)? in
            guard state.held[id] != nil else { return nil }
            state.held[id]?.append(exchange)
            state.size += exchange.request.body.bytes?.count ?? 0
            return (state.held[id] ?? [], state.size > NewExchanges.mostHeld)
        }
        // It belongs to one that is recorded.
        guard let held else { return try sink.append(exchange) }
        if held.isTooLarge { return try release(id) }
        guard head.commands.contains(.finalize), 200..<300 ~= exchange.answer.status else { return }
        if isKnown(held.exchanges) { drop(id) } else { try release(id) }
    }

    /// Whether an upload with the same beginning has brought the same bytes.
    private func isKnown(_ exchanges: [RecordedExchange]) -> Bool {
        guard let start = exchanges.first, let upload = RecordedUpload.all(in: exchanges).byStart[0],
            let length = upload.length, let hash = upload.sha256
        else { return false }
        let same = replayer.uploads(like: AskedRequest(start.request)).first {
            $0.upload.length == length && $0.upload.sha256 == hash
        }
        guard let same, let last = exchanges.last else { return false }
        if let answer = same.last?.answer { learn(last.answer, answer) }
        return true
    }

    private func release(_ id: String) throws(RecordingFileError) {
        for exchange in drop(id) { try sink.append(exchange) }
    }

    @discardableResult
    private func drop(_ id: String) -> [RecordedExchange] {
        state.withLock { state in
            let exchanges = state.held.removeValue(forKey: id) ?? []
            state.size -= exchanges.reduce(0) { $0 + ($1.request.body.bytes?.count ?? 0) }
            return exchanges
        }
    }
}
