// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// A recorded request that came near to one that none fits.
public struct ReplayCandidate: Sendable {
    public let place: ReplayPlace
    public let request: AskedRequest
    public let rules: MatchingRules
    /// Of a recording in order the exchange that comes next, if it isn't this one; from 1.
    public let expected: Int?
    /// Whether the request itself fits, but doesn't come next.
    public let isOutOfOrder: Bool
}

extension Replayer {
    /// The recorded requests that look most like one, the likest first: those of the same path, then of the same method of
    /// the API, and of these those with bodies of about its length.
    public func candidates(for asked: AskedRequest, by tenant: String, most: Int) -> [ReplayCandidate] {
        let expected = expected(of: tenant)
        var best: [(rank: Rank, recording: Int, exchange: Int)] = []
        let path = asked.head.target.segments
        for (number, recording) in recordings.enumerated() {
            // Many exchanges, few heads: only these are looked at closely.
            for exchanges in recording.heads.values {
                guard let first = exchanges.first else { continue }
                let distance = Rank.distance(asked, path, recording.exchanges[first].request)
                for exchange in exchanges {
                    let rank = Rank(
                        distance: distance + (expected[number] == exchange ? 0 : 1),
                        difference: abs(
                            recording.exchanges[exchange].request.body.length - asked.body.length),
                        order: exchange)
                    guard best.count < most || rank < best[best.count - 1].rank else { continue }
                    let place = best.firstIndex { rank < $0.rank } ?? best.count
                    best.insert((rank, number, exchange), at: place)
                    if best.count > most { best.removeLast() }
                }
            }
        }
        return best.map { candidate($0.recording, $0.exchange, asked, expected) }
    }

    private func candidate(
        _ number: Int, _ exchange: Int, _ asked: AskedRequest, _ expected: [Int: Int]
    ) -> ReplayCandidate {
        let recording = recordings[number]
        let key = recording.rules.key(recording.rules.headKey(asked), asked)
        let next = expected[number]
        return ReplayCandidate(
            place: ReplayPlace(recording: number, exchange: exchange, name: recording.name),
            request: AskedRequest(recording.exchanges[exchange].request), rules: recording.rules,
            expected: next == exchange ? nil : next.map { $0 + 1 },
            isOutOfOrder: recording.isInOrder && recording.keys[exchange] == key)
    }
}

/// How far off a recorded request is at the first look; less is nearer.
private struct Rank: Comparable {
    let distance: Int
    /// Of the bodies' lengths.
    let difference: Int
    /// Equally near ones stay in the recording's order.
    let order: Int

    static func distance(_ asked: AskedRequest, _ path: [String], _ recorded: RecordedRequest) -> Int {
        let target = RequestTarget(recorded.target)
        let methods = recorded.method == asked.method ? 0 : 4
        guard target.segments != path else { return methods }
        return methods + (method(target.segments) == method(path) ? 2 : 8)
    }

    /// What stands behind the colon, or the kind of thing that it is about.
    private static func method(_ path: [String]) -> Substring {
        guard let last = path.last else { return "" }
        if let colon = last.lastIndex(of: ":") { return last[colon...] }
        return path.dropLast().last.map { $0[...] } ?? last[...]
    }

    static func < (one: Rank, other: Rank) -> Bool {
        (one.distance, one.difference, one.order) < (other.distance, other.difference, other.order)
    }
}
