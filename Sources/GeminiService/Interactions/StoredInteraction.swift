// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire
import Synchronization

/// A turn that is kept: what it will have come to, and when.
///
/// Nothing runs in the background: what a run has come to is worked out from the clock whenever somebody asks, so a
/// clock that is moved moves all runs. Only a cancel changes anything.
final class StoredInteraction: Sendable {
    let id: InteractionID
    /// How it ends, unless it is cancelled.
    let outcome: Interaction
    /// What was sent, as JSON without the bytes of media; nil where nothing was.
    let input: [UInt8]?
    let previousID: InteractionID?
    /// The plan of a run in the background; nil where the answer was there at once.
    let run: InteractionRun?
    /// How a stream cuts its texts; nil for as usual.
    let chunks: StreamChunks?
    private let cancelled = Atomic<Int64>(Int64.max)

    init(
        id: InteractionID, outcome: Interaction, input: [UInt8]?, previousID: InteractionID?,
        run: InteractionRun?, chunks: StreamChunks? = nil
    ) {
        self.id = id
        self.outcome = outcome
        self.input = input
        self.previousID = previousID
        self.run = run
        self.chunks = chunks
    }

    /// When it was cancelled; the end of time where it wasn't.
    var cancelledAt: Int64 { cancelled.load(ordering: .acquiring) }

    func status(at now: Int64) -> InteractionStatus {
        if cancelledAt != Int64.max { return .cancelled }
        return run?.status(at: now) ?? outcome.status
    }

    /// Stops the run where it stands.
    ///
    /// - Returns: whether it was running.
    func cancel(at now: Int64) -> Bool {
        guard let run, run.status(at: now) != nil else { return false }
        return cancelled.compareExchange(expected: Int64.max, desired: now, ordering: .acquiringAndReleasing)
            .exchanged
    }

    /// The resource as it is at that time, with the steps that were generated.
    func resource(at now: Int64) -> Interaction {
        let status = status(at: now)
        guard status.isRunning || status == .cancelled else { return outcome }
        var resource = outcome.withoutResult(status)
        // It may have been cancelled by nobody but its scenario.
        let isCancelled = cancelledAt != Int64.max
        if isCancelled {
            resource.updated = cancelledAt
        } else if status.isRunning {
            resource.updated = max(outcome.created, run?.began(by: now) ?? now)
        }
        return resource
    }

    /// What was sent, as steps.
    var inputEcho: [InteractionStep] { readInput?.echo ?? [] }

    /// What was sent.
    var readInput: InteractionInput? {
        input.flatMap { try? JSONDocument(parsing: $0) }.map { InteractionInput($0.root) }
    }

    /// What it costs to keep, in bytes; about.
    var size: Int {
        let text = outcome.steps.reduce(0) { size, step in
            switch step {
            case .text(let text): size + text.utf8.count
            case .functionCall(_, _, let arguments): size + 2 * arguments.bytes(.compact).count
            case .thought, .input: size
            }
        }
        var pieces = 0
        if case .pieces(let texts) = chunks { pieces = texts.reduce(0) { $0 + 16 + $1.utf8.count } }
        return StoredInteraction.fixedSize + text + pieces + (input?.count ?? 0)
    }

    private static let fixedSize = 1200
}
