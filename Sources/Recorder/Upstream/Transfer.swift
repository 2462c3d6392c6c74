// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import RecordReplay

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What is to be sent to the upstream.
struct UpstreamRequest: Sendable {
    enum Length: Sendable, Equatable {
        /// There is no body, and no length is told.
        case none
        case known(Int)
        /// It ends where it ends.
        case unknown
    }

    var method: String
    var url: String
    /// Without those about the connection.
    var fields: [HTTPFields.Field]
    var length: Length
}

/// How a transfer has ended.
enum TransferEnding: Sendable, Equatable {
    case complete
    /// The upstream has ended the connection before the body's end.
    case truncated
    /// The upstream has broken the connection.
    case reset
    /// No answer has come.
    case failed(String)
    /// Nobody wanted it any more.
    case cancelled
}

/// One request to the upstream and its answer while they are passed on. Both bodies go through a window: who sends faster
/// than the other side takes is held back.
///
/// What the client's side calls comes from the library's threads; the pool's thread calls the rest.
final class Transfer: Sendable {
    /// What the client gets next.
    enum Step: Sendable, Equatable {
        case bytes([UInt8])
        /// Nothing has come yet; `wakeUp` tells when something has.
        case nothingYet
        case ended(TransferEnding)
    }

    /// In bytes, each way.
    static let window = 512 * 1024

    private struct State {
        // Upwards.
        /// All of the body that isn't dropped: what was sent stays until there is too much of it, so that a request can be
        /// repeated on a fresh connection where an old one turns out to be closed.
        var outgoing: [UInt8] = []
        var sent = 0
        var dropped = 0
        var isBodyWhole = false
        var isSendingPaused = false

        // Downwards.
        var head: AnswerHead?
        var pieces: [[UInt8]] = []
        var nextPiece = 0
        var waiting = 0
        var isReceivingPaused = false
        var ending: TransferEnding?
        var isCancelled = false
        var hasBegun = false
    }

    /// What the pool's thread has to do about a transfer.
    struct Due: Sendable, Equatable {
        var cancels = false
        var goesOnSending = false
        var goesOnReceiving = false
    }

    let request: UpstreamRequest
    /// Rung when a head, a piece or the end has come.
    let wakeUp = WakeUp()
    let witness: any TransferWitness
    private let state = Monitor(State())

    init(_ request: UpstreamRequest, witness: any TransferWitness) {
        self.request = request
        self.witness = witness
    }

    // MARK: - The client's side

    /// How much of the body may come now; 0 while the upstream is slower than the client.
    var room: Int {
        state.withLock { state in
            guard state.ending == nil else { return .max }
            return max(0, Transfer.window - (state.outgoing.count - state.sent))
        }
    }

    /// - Returns: whether the pool is to be told.
    func send(_ bytes: UnsafeRawBufferPointer) -> Bool {
        state.withLock { state in
            guard state.ending == nil else { return false }
            if state.sent + bytes.count > Transfer.window {
                state.outgoing.removeFirst(state.sent)
                state.dropped += state.sent
                state.sent = 0
            }
            state.outgoing.append(contentsOf: bytes)
            return state.isSendingPaused
        }
    }

    /// - Returns: whether the pool is to be told.
    func endBody() -> Bool {
        state.withLock { state in
            state.isBodyWhole = true
            return state.isSendingPaused
        }
    }

    func cancel() { state.withLock { $0.isCancelled = true } }

    /// The answer's head, or why there is none; nil while neither is known.
    var outcome: Result<AnswerHead, NoAnswer>? {
        state.withLock { state in
            if let head = state.head { return .success(head) }
            guard let ending = state.ending else { return nil }
            if case .failed(let why) = ending { return .failure(NoAnswer(why: why)) }
            return .failure(NoAnswer(why: "it was given up"))
        }
    }

    struct NoAnswer: Error, Equatable {
        let why: String
    }

    /// Whether it has ended without an answer.
    var hasFailed: Bool { state.withLock { $0.ending != nil && $0.head == nil } }

    /// All that is left, where it has come to its end and nothing was taken yet.
    func wholeBody() -> [UInt8]? {
        state.withLock { state in
            guard state.ending == .complete, state.nextPiece == 0 else { return nil }
            defer { (state.pieces, state.waiting) = ([], 0) }
            guard state.pieces.count != 1 else { return state.pieces[0] }
            var body: [UInt8] = []
            body.reserveCapacity(state.waiting)
            for piece in state.pieces { body += piece }
            return body
        }
    }

    /// - Returns: what comes next, and whether the pool is to be told.
    func next() -> (step: Step, isDue: Bool) {
        state.withLock { state in
            guard state.nextPiece < state.pieces.count else {
                return (state.ending.map { .ended($0) } ?? .nothingYet, false)
            }
            let piece = state.pieces[state.nextPiece]
            state.pieces[state.nextPiece] = []
            state.nextPiece += 1
            state.waiting -= piece.count
            if state.nextPiece == state.pieces.count { (state.pieces, state.nextPiece) = ([], 0) }
            return (.bytes(piece), state.isReceivingPaused && state.waiting <= Transfer.window / 2)
        }
    }

    // MARK: - The pool's side

    /// Whether this was asked before.
    func hasBegun() -> Bool {
        state.withLock { state in
            defer { state.hasBegun = true }
            return state.hasBegun
        }
    }

    /// The directions that are paused, of the two bits.
    func pauses(sending: Int32, receiving: Int32) -> Int32 {
        state.withLock { ($0.isSendingPaused ? sending : 0) | ($0.isReceivingPaused ? receiving : 0) }
    }

    func takeDue() -> Due {
        state.withLock { state in
            if state.isCancelled { return Due(cancels: true) }
            var due = Due()
            if state.isSendingPaused, state.sent < state.outgoing.count || state.isBodyWhole {
                state.isSendingPaused = false
                due.goesOnSending = true
            }
            if state.isReceivingPaused, state.waiting <= Transfer.window / 2 {
                state.isReceivingPaused = false
                due.goesOnReceiving = true
            }
            return due
        }
    }

    /// - Returns: how many bytes were given, 0 at the end of the body, nil where there are none yet.
    func give(into buffer: UnsafeMutableRawBufferPointer) -> Int? {
        state.withLock { state in
            let count = min(buffer.count, state.outgoing.count - state.sent)
            guard count > 0 else {
                if state.isBodyWhole { return 0 }
                state.isSendingPaused = true
                return nil
            }
            state.outgoing.withUnsafeBytes { bytes in
                buffer.copyMemory(
                    from: UnsafeRawBufferPointer(rebasing: bytes[state.sent..<(state.sent + count)]))
            }
            state.sent += count
            return count
        }
    }

    /// Begins the body anew; false where its beginning isn't there any more.
    func rewind() -> Bool {
        state.withLock { state in
            guard state.dropped == 0 else { return false }
            state.sent = 0
            return true
        }
    }

    func take(_ head: AnswerHead) { state.withLock { $0.head = head } }

    /// - Returns: false where there is no room for it now; it has to come again.
    func take(_ piece: [UInt8]) -> Bool {
        state.withLock { state in
            guard state.waiting < Transfer.window else {
                state.isReceivingPaused = true
                return false
            }
            state.pieces.append(piece)
            state.waiting += piece.count
            return true
        }
    }

    func end(_ ending: TransferEnding) {
        state.withLock { state in
            state.ending = ending
            (state.outgoing, state.sent) = ([], 0)
        }
    }
}

/// Is told on the pool's thread what an upstream sends. Times are nanoseconds of the monotonic clock.
protocol TransferWitness: Sendable {
    func received(_ head: AnswerHead, at time: Int64)
    func received(_ bytes: UnsafeRawBufferPointer, at time: Int64)
    /// - Parameter sent: when the request had been sent whole.
    func ended(_ ending: TransferEnding, requestSentAt sent: Int64)
}
