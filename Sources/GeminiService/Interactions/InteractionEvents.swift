// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire

/// The events of a turn's stream, from its beginning to its end (INTERACTIONS 4). They follow from how the turn ends,
/// so a log of them needn't be kept.
enum InteractionEvents {
    /// Arguments up to this length come in one delta, as recorded.
    private static let longestArguments = 60

    /// - Parameters:
    ///   - outcome: how it ends.
    ///   - input: what the turn begins with, where that is told too.
    ///   - chunks: how texts are cut.
    ///   - isNumbered: whether deltas have ids to go on behind: recorded on streams of runs in the background and not on
    ///     others, assumed of streams that are sent again.
    static func all(
        of outcome: Interaction, input: [InteractionStep] = [], chunks: StreamChunks? = nil, isNumbered: Bool
    ) -> [InteractionEvent] {
        var events: [InteractionEvent] = [
            .created(outcome), .statusUpdate(id: outcome.id ?? "", .inProgress),
        ]
        for (index, step) in (input + outcome.steps).enumerated() {
            events.append(.stepStart(index: index, step))
            for (number, delta) in deltas(of: step, chunks).enumerated() {
                let id = isNumbered ? InteractionEvent.id(index: index, step: step, number: number) : nil
                events.append(.stepDelta(index: index, delta, id: id))
            }
            events.append(.stepStop(index: index))
        }
        if let end = end(of: outcome) { events.append(end) }
        return events
    }

    /// What a turn ends with; nil where it never does. A failure is told like a cancel, of which an error was seen.
    private static func end(of outcome: Interaction) -> InteractionEvent? {
        switch outcome.status {
        case .queued, .inProgress: nil
        case .cancelled: .failed(.cancelledRun)
        case .failed: .failed(outcome.failure ?? .internalError)
        case .requiresAction, .completed, .incomplete, .budgetExceeded, .requiresContinuation:
            .completed(outcome)
        }
    }

    private static func deltas(of step: InteractionStep, _ chunks: StreamChunks?) -> [InteractionDelta] {
        switch step {
        case .input: return []
        case .text(let text): return StreamSplitter.pieces(of: text, chunks).map { .text($0) }
        case .thought(let signature, let summary):
            // Recorded: an empty signature behind each summary, the real one at the end.
            let summaries: [InteractionDelta] =
                summary.map { [.thoughtSummary($0), .thoughtSignature("")] } ?? []
            return summaries + [.thoughtSignature(signature)]
        case .functionCall(_, _, let arguments):
            let text = String(decoding: arguments.bytes(.compact), as: UTF8.self)
            let isShort = text.utf8.count <= longestArguments
            return (isShort ? [text] : StreamSplitter.pieces(of: text)).map { .arguments($0) }
        }
    }
}
