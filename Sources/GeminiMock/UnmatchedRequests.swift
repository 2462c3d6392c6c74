// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import ScenarioEngine

/// The requests that no stub of the scenarios has matched, refused or not.
public struct UnmatchedRequests: Sendable, Equatable {
    /// How many there were.
    public internal(set) var count = 0
    /// The first of them, 20 at most: method and path, credentials left out, and the stub that came nearest.
    public internal(set) var first: [String] = []
}

/// Counts them while the server runs.
final class UnmatchedTally: Sendable {
    /// More of them hardly say more; the texts of all would grow without end.
    private static let mostKept = 20

    private let requests = Monitor(UnmatchedRequests())

    /// Counts from nothing.
    func reset() { requests.withLock { $0 = UnmatchedRequests() } }

    var value: UnmatchedRequests { requests.withLock { $0 } }

    func count(_ head: RequestHead, nearest: NearMiss?) {
        let isKept = requests.withLock { requests in
            requests.count += 1
            return requests.first.count < UnmatchedTally.mostKept
        }
        guard isKept else { return }
        // Made without the lock: it takes a while.
        let text = UnmatchedTally.text(head, nearest)
        requests.withLock { requests in
            guard requests.first.count < UnmatchedTally.mostKept else { return }
            requests.first.append(text)
        }
    }

    private static func text(_ head: RequestHead, _ nearest: NearMiss?) -> String {
        guard let nearest else { return LogText.line(head) }
        return "\(LogText.line(head)); the nearest is \(LogText.plain(nearest.line))"
    }
}
