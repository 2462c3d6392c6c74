// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire

/// A resumable upload from its start on (CORE 2.2–2.6).
///
/// Bytes that have arrived count, even if the rest of their request never came: a client asks with `query` and goes on
/// from there.
final class UploadSession: Sendable {
    private enum Phase {
        case active(UploadedBytes)
        /// With the answer that ended it.
        case final(json: [UInt8])
        case cancelled
        /// All has come and is being made a file.
        case finishing
        /// Refused at its end.
        case failed
        /// Nobody is to know of it any more.
        case forgotten

        /// Why nothing can be done to it.
        var refusal: UploadRefusal {
            if case .forgotten = self { .unknownUpload } else { .terminated }
        }
    }

    private struct State {
        var phase: Phase
        var received = 0
        /// Counts the requests that bring bytes: only the latest may. One whose connection has died unnoticed is thereby
        /// shut out when the client tries again.
        var turn = 0
        /// Why no more bytes are taken: more came than was announced, or than a file may have.
        var excess: UploadRefusal?
    }

    let id: String
    let tenant: Tenant
    let metadata: FileMetadata
    /// The type that the start's head tells.
    let mimeType: String?
    let announced: Int?
    let started: Int64
    /// What a scenario says of the file.
    let fate: FileFate?
    /// The multiple that the length of every chunk but the last must be of.
    let granularity: Int
    private let state: Monitor<State>

    init(
        id: String, tenant: Tenant, metadata: FileMetadata, request: UploadRequest, started: Int64,
        bytes: UploadedBytes, fate: FileFate? = nil, granularity: Int = UploadAnswer.granularity
    ) {
        self.id = id
        self.tenant = tenant
        self.metadata = metadata
        mimeType = request.mimeType
        announced = request.announced
        self.started = started
        self.fate = fate
        self.granularity = granularity
        state = Monitor(State(phase: .active(bytes)))
    }

    // MARK: Bytes

    /// Begins to take a request's bytes.
    ///
    /// - Parameter largest: how many bytes the file may have.
    /// - Returns: the number of its turn.
    /// - Throws: `UploadRefusal`; the upload goes on as it stands, but for a request that has too many bytes.
    func begin(_ request: UploadRequest, largest: Int) throws(UploadRefusal) -> Int {
        try state.withLock { state throws(UploadRefusal) -> Int in
            guard case .active = state.phase else { throw state.phase.refusal }
            guard let offset = request.offset else { throw .noOffset }
            guard offset == state.received else { throw .wrongOffset(expected: state.received, got: offset) }
            if let length = request.contentLength {
                // The answer says that it is over, so it is.
                guard length <= (announced ?? largest) - offset else {
                    state.phase = .failed
                    throw tooLong(largest)
                }
                let isLast = request.commands.contains(.finalize)
                guard isLast || isWhole(length, at: offset) else {
                    throw .badLength(granularity: granularity)
                }
            }
            state.turn += 1
            return state.turn
        }
    }

    /// Whether a chunk ends where one may: what is left of one that was broken off is taken, too.
    private func isWhole(_ length: Int, at offset: Int) -> Bool {
        length % granularity == 0 || (offset + length) % granularity == 0
    }

    private func tooLong(_ largest: Int) -> UploadRefusal {
        announced.map { .tooLong(announced: $0) } ?? .tooLarge(limit: largest)
    }

    /// Takes bytes of the request whose turn it is.
    ///
    /// - Returns: false where no more of it are of use.
    func append(_ bytes: UnsafeRawBufferPointer, turn: Int, largest: Int) -> Bool {
        state.withLock { state in
            guard state.turn == turn, case .active(let content) = state.phase else { return false }
            guard bytes.count <= (announced ?? largest) - state.received else {
                state.excess = tooLong(largest)
                return false
            }
            guard content.append(bytes) else {
                state.excess = .noRoom(limit: content.limit)
                return false
            }
            state.received += bytes.count
            return true
        }
    }

    /// The request with this turn brings no more bytes.
    func pause(turn: Int) {
        state.withLock { state in
            if state.turn == turn, case .active(let content) = state.phase { content.pause() }
        }
    }

    // MARK: Commands

    /// Where it stands, and its final answer where it has one.
    func query() -> UploadAnswer {
        state.withLock { state in
            switch state.phase {
            case .active, .finishing: .progress(id: id, status: .active, received: state.received)
            case .final(let json): .finished(id: id, json: json)
            case .cancelled: .progress(id: id, status: .cancelled, received: state.received)
            case .failed, .forgotten: state.phase.refusal.answer(id: id)
            }
        }
    }

    func cancel() throws(UploadRefusal) -> UploadAnswer {
        try state.withLock { state throws(UploadRefusal) -> UploadAnswer in
            guard case .active = state.phase else { throw state.phase.refusal }
            state.phase = .cancelled
            return .progress(id: id, status: .cancelled, received: state.received)
        }
    }

    /// The end of a request with bytes that isn't the last one.
    ///
    /// - Parameter count: how many bytes it had.
    func endOfChunk(turn: Int, count: Int) throws(UploadRefusal) -> UploadAnswer {
        try state.withLock { state throws(UploadRefusal) -> UploadAnswer in
            guard state.turn == turn, case .active = state.phase else { throw state.phase.refusal }
            if let excess = state.excess {
                state.phase = .failed
                throw excess
            }
            guard isWhole(count, at: state.received - count) else {
                throw .badLength(granularity: granularity)
            }
            return .progress(id: id, status: .active, received: state.received)
        }
    }

    /// Ends the upload.
    ///
    /// - Parameters:
    ///   - turn: of the request that has brought the last bytes, if it brought some.
    ///   - file: makes a file of them and gives its JSON.
    /// - Throws: `UploadRefusal`, or what `file` throws; the upload is over then, too.
    func finalize(turn: Int?, _ file: (FinishedUpload) throws -> [UInt8]) throws -> UploadAnswer {
        let upload = try state.withLock { state throws(UploadRefusal) -> FinishedUpload in
            guard turn == nil || turn == state.turn, case .active(let bytes) = state.phase else {
                throw state.phase.refusal
            }
            state.phase = .failed
            if let excess = state.excess { throw excess }
            if let announced, state.received != announced {
                throw .tooShort(received: state.received, announced: announced)
            }
            state.phase = .finishing
            return bytes.finished(metadata, mimeType: mimeType, started: started)
        }
        do {
            let json = try file(upload)
            end(in: .final(json: json))
            return .finished(id: id, json: json)
        } catch {
            end(in: .failed)
            throw error
        }
    }

    private func end(in phase: Phase) {
        state.withLock { state in
            if case .finishing = state.phase { state.phase = phase }
        }
    }

    // MARK: For who looks at all uploads

    /// Ends it wherever it is: its requests are told that there is no such upload, those under way too.
    func forget() { state.withLock { $0.phase = .forgotten } }

    /// - Throws: `UploadRefusal` where it is forgotten.
    func checkIsKnown() throws(UploadRefusal) {
        try state.withLock { state throws(UploadRefusal) in
            if case .forgotten = state.phase { throw .unknownUpload }
        }
    }

    /// Where it stands.
    var standing: (state: UploadListing.State, received: Int) {
        state.withLock { state in
            let standing: UploadListing.State =
                switch state.phase {
                case .active, .finishing: .active
                case .final: .final
                case .cancelled: .cancelled
                case .failed, .forgotten: .failed
                }
            return (standing, state.received)
        }
    }
}
