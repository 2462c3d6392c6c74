// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import GeminiService
import HTTPWire
import RecordReplay

/// A resumable upload that replays a recorded one. A client may cut its bytes as it likes: what counts is what they are in all.
/// Requests that are as recorded get the recorded answers; others those that the protocol has for them (CORE 2.2–2.5).
final class ReplayedUpload: Sendable {
    /// What to answer to a request.
    enum Answer {
        /// As recorded: the number of the exchange, from 0.
        case recorded(Int)
        /// The last of it, behind which there is nothing.
        case final(Int)
        case own(UploadAnswer)
        /// The bytes are others.
        case other(expected: String, got: String)
    }

    private enum Phase {
        case active, cancelled
        /// With the exchange that ended it.
        case final(Int)
    }

    private struct State {
        var phase = Phase.active
        var received = 0
        /// Which of the recorded steps comes next.
        var next = 0
        /// Only the latest request that brings bytes may.
        var turn = 0
        /// Of all bytes; nil where some came that don't follow the ones before.
        var hash: SHA256? = SHA256()
    }

    let id: String
    let tenant: Tenant
    /// That of its start.
    let place: ReplayPlace
    let recorded: RecordedUpload
    private let state: Monitor<State>

    init(id: String, tenant: Tenant, place: ReplayPlace, recorded: RecordedUpload) {
        self.id = id
        self.tenant = tenant
        self.place = place
        self.recorded = recorded
        state = Monitor(State())
    }

    /// What a request asks for. One without commands is the next step where that was recorded without them, too.
    func asked(_ head: UploadHead) -> UploadHead {
        guard head.commands.isEmpty, let step = state.withLock({ step($0) }), step.isSupposed else {
            return head
        }
        return head.asking(for: step.head)
    }

    /// Begins to take a request's bytes.
    ///
    /// - Returns: the number of its turn; nil where they don't belong there.
    func begin(_ head: UploadHead) -> Int? {
        state.withLock { state in
            guard case .active = state.phase, let offset = head.offset else { return nil }
            if offset != state.received {
                // It may have been so: what a broken request has brought isn't in the recording.
                guard let step = step(state), step.head == known(head, step) else { return nil }
                state.received = offset
                state.hash = nil
            }
            state.turn += 1
            return state.turn
        }
    }

    func append(_ bytes: UnsafeRawBufferPointer, turn: Int) -> Bool {
        state.withLock { state in
            guard state.turn == turn, case .active = state.phase else { return false }
            state.received += bytes.count
            state.hash?.update(bytes)
            return true
        }
    }

    /// The answer to a request whose bytes have been taken.
    ///
    /// - Parameters:
    ///   - turn: nil where it brought none, or they weren't taken.
    ///   - count: how many it brought.
    func answer(_ head: UploadHead, turn: Int?, count: Int) -> Answer {
        state.withLock { state in
            switch state.phase {
            case .cancelled:
                return .own(.progress(id: id, status: .cancelled, received: state.received))
            case .final(let exchange): return .final(exchange)
            case .active: break
            }
            if head.commands.contains(.upload), turn == nil || turn != state.turn {
                return .own(refusal(head, state).answer(id: id))
            }
            let step = step(state)
            let isAsRecorded =
                step.map { $0.head == known(head, $0) && $0.length == count } ?? false
            if isAsRecorded { state.next += 1 }
            if head.commands.contains(.finalize), let last = recorded.last {
                if isAsRecorded, let step, step.exchange != last.exchange { return .recorded(step.exchange) }
                return end(&state, last)
            }
            if !isAsRecorded, head.commands.contains(.finalize) {
                return .other(expected: "an upload that doesn’t end", got: "its end")
            }
            if isAsRecorded, let step {
                if head.commands.contains(.cancel) { state.phase = .cancelled }
                return .recorded(step.exchange)
            }
            return .own(ownAnswer(head, &state))
        }
    }

    private func end(_ state: inout State, _ last: RecordedUpload.Step) -> Answer {
        if let length = recorded.length, state.received != length {
            return .other(expected: "\(length) bytes", got: "\(state.received)")
        }
        if let expected = recorded.sha256, let got = state.hash?.hex(), expected != got {
            return .other(expected: "bytes with the SHA-256 \(expected)", got: got)
        }
        state.phase = .final(last.exchange)
        return .final(last.exchange)
    }

    private func ownAnswer(_ head: UploadHead, _ state: inout State) -> UploadAnswer {
        if head.commands.contains(.cancel) {
            state.phase = .cancelled
            return .progress(id: id, status: .cancelled, received: state.received)
        }
        if head.commands.isDisjoint(with: [.upload, .query]) {
            return UploadRefusal.noCommand.answer(id: id)
        }
        return .progress(id: id, status: .active, received: state.received)
    }

    private func refusal(_ head: UploadHead, _ state: State) -> UploadRefusal {
        guard let offset = head.offset else { return .noOffset }
        return offset == state.received
            ? .terminated : .wrongOffset(expected: state.received, got: offset)
    }

    private func step(_ state: State) -> RecordedUpload.Step? {
        state.next < recorded.steps.count ? recorded.steps[state.next] : nil
    }

    /// The head with the recorded id: that of the upload is its own.
    private func known(_ head: UploadHead, _ step: RecordedUpload.Step) -> UploadHead {
        head.withID(of: step.head)
    }
}
