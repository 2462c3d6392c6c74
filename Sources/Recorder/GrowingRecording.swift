// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import RecordReplay

/// A recording that is replayed while it grows.
///
/// Some answers aren't good for being given again now: of what is under way the client waits for another one, so it is recorded,
/// and passed on again; what was refused for its key or a limit (429), or failed (5xx), is tried again, so it isn't recorded at all. An
/// upload is replayed once it has come to its end.
public final class GrowingRecording: EarlySink {
    private struct State {
        /// Uploads that haven't come to their ends, by their ids, as redacted.
        var uploads: [String: [RecordedExchange]] = [:]
        var replay: (@Sendable ([RecordedExchange]) -> Void)?
        var count = 0
    }

    /// More uploads at once aren't replayed before the next start.
    private static let mostUploads = 256

    private let sink: any ExchangeSink
    private let state = Monitor(State())

    /// - Parameter sink: what writes it.
    public init(_ sink: any ExchangeSink) { self.sink = sink }

    /// How many exchanges were written.
    public var count: Int { state.withLock { $0.count } }

    /// - Parameter replay: is told what can be replayed from now on.
    public func begin(_ replay: @escaping @Sendable ([RecordedExchange]) -> Void) {
        state.withLock { $0.replay = replay }
    }

    public func append(_ exchange: RecordedExchange) throws(RecordingFileError) {
        guard GrowingRecording.isWanted(exchange) else { return }
        try sink.append(exchange)
        state.withLock { $0.count += 1 }
    }

    public func announce(_ exchange: RecordedExchange) {
        guard GrowingRecording.isWanted(exchange) else { return }
        let (replay, ready) = state.withLock { ($0.replay, GrowingRecording.ready(exchange, &$0)) }
        if !ready.isEmpty { replay?(ready) }
    }

    private static func isWanted(_ exchange: RecordedExchange) -> Bool {
        exchange.answer.status != 429 && exchange.answer.status < 500
            && !AnswerContents.isAboutKey(exchange.answer)
    }

    public func flush() throws(RecordingFileError) { try sink.flush() }

    /// What can be replayed now that this has come.
    private static func ready(_ exchange: RecordedExchange, _ state: inout State) -> [RecordedExchange] {
        let head = UploadHead(AskedRequest(exchange.request).head)
        if let id = head.id {
            state.uploads[id]?.append(exchange)
            guard head.commands.contains(.finalize), 200..<300 ~= exchange.answer.status else { return [] }
            return state.uploads.removeValue(forKey: id) ?? []
        }
        if head.begins, let id = RecordedUpload.id(in: exchange.answer) {
            if state.uploads.count < mostUploads { state.uploads[id] = [exchange] }
            return []
        }
        return AnswerContents(exchange.answer).isUnderWay ? [] : [exchange]
    }
}
