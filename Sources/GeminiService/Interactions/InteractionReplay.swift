// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire

/// The stream of a turn that is kept: what has happened at once, then what happens, as the clock goes on. A cancel ends
/// it in the middle, at whatever time it comes.
struct InteractionReplay {
    /// How often a stream that waits looks again: a cancel, or a clock that was moved, is seen this late at most.
    private static let look = Duration.milliseconds(100)

    private struct Frame {
        let bytes: [UInt8]
        let eventID: String?
        /// Nanoseconds since 1970.
        let due: Int64
    }

    private let interaction: StoredInteraction
    private let clock: any WallClock

    init(_ interaction: StoredInteraction, clock: any WallClock) {
        self.interaction = interaction
        self.clock = clock
    }

    /// As `POST` sends it while the turn is under way.
    var asCreated: LiveActions { following(frames(input: [])) }

    /// As `GET` sends it: from the beginning with what was sent, or on behind an event of either stream. The two count
    /// their steps differently, and an id tells which one the client has seen.
    ///
    /// - Throws: `APIError` where there is no such event.
    func asGot(after lastEventID: String?) throws(APIError) -> LiveActions {
        let whole = frames(input: interaction.inputEcho)
        guard let lastEventID else { return following(whole) }
        for frames in [frames(input: []), whole] {
            if let last = frames.lastIndex(where: { $0.eventID == lastEventID }) {
                return following(Array(frames.dropFirst(last + 1)))
            }
        }
        throw .invalidInteraction
    }

    /// What has happened so far, as `GET` would send it, and when.
    func log(at now: Int64) -> [(frame: [UInt8], time: Int64)] {
        let end = interaction.cancelledAt
        let past = frames(input: interaction.inputEcho).prefix { $0.due <= min(now, end) }
        let log = past.map { ($0.bytes, $0.due == Int64.min ? interaction.outcome.created : $0.due) }
        guard end <= now else { return log }
        return log + [(InteractionEvent.failed(.cancelledRun).frame, end)]
    }

    private func frames(input: [InteractionStep]) -> [Frame] {
        let events = InteractionEvents.all(
            of: interaction.outcome, input: input, chunks: interaction.chunks, isNumbered: true)
        // What was sent takes no time.
        let extra = 2 * input.count
        let count = events.count - extra
        var frames = events.enumerated().map { index, event in
            let own = index < 2 ? index : max(1, index - extra)
            return Frame(
                bytes: event.frame, eventID: event.id,
                due: interaction.run?.due(own, of: count) ?? Int64.min
            )
        }
        frames.append(
            Frame(bytes: InteractionEvent.done, eventID: nil, due: interaction.run?.ends ?? Int64.min))
        return frames
    }

    private func following(_ frames: [Frame]) -> LiveActions {
        LiveActions { [interaction, clock] position in
            guard position < frames.count else { return nil }
            let frame = frames[position]
            if interaction.cancelledAt < frame.due {
                position = frames.count
                return .send(InteractionEvent.failed(.cancelledRun).frame + InteractionEvent.done)
            }
            let rest = frame.due == Int64.min ? 0 : frame.due - clock.nanoseconds
            guard rest <= 0 else { return .wait(min(.nanoseconds(rest), InteractionReplay.look)) }
            position += 1
            return .send(frame.bytes)
        }
    }
}
