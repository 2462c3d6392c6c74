// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// How long the events of a stream are waited for.
public struct StreamPace: Sendable, Equatable {
    /// How long a stream waits in all, at most.
    static let longest = Duration.seconds(3600)

    /// Before each event.
    public let waits: [Duration]

    /// - Parameters:
    ///   - tokens: of each event.
    ///   - rate: tokens a second, above 0.
    init(tokens: [Int], rate: Double) {
        var rest = StreamPace.longest
        waits = tokens.map { count in
            let seconds = Double(count) / rate
            // What is longer than all of it can't be told as a duration, perhaps.
            let wait = seconds < 3600 ? min(rest, .seconds(seconds)) : rest
            rest -= wait
            return wait
        }
    }

    /// The pace of an answer's events; nil where it has none.
    init?(of answer: ModelAnswer) {
        guard let rate = answer.tokensPerSecond, rate > 0 else { return nil }
        self.init(tokens: answer.eventTokens, rate: rate)
    }

    /// How long it takes in all.
    var length: Duration { waits.reduce(.zero, +) }

    /// What is sent, each piece after its own wait and no other; what is sent beyond the events comes at once.
    public func applied(to actions: [WireAction]) -> [WireAction] {
        var paced: [WireAction] = []
        var number = 0
        for action in actions {
            if case .wait = action { continue }
            if case .send = action {
                if number < waits.count, waits[number] > .zero { paced.append(.wait(waits[number])) }
                number += 1
            }
            paced.append(action)
        }
        return paced
    }
}
