// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// A recording made ready for replay: what its requests mean, by their hashes.
struct LoadedRecording: Sendable {
    let name: String
    private(set) var exchanges: [RecordedExchange]
    let rules: MatchingRules
    /// Recordings with the same rules have the same number.
    let rulesNumber: Int
    /// The exchanges of each key, from 0, in their order; but those that go on with an upload.
    private(set) var index: [Meaning: [Int]]
    /// The key of each exchange; nil for those.
    private(set) var keys: [Meaning?]
    /// The exchanges whose requests have the same head, by its key; those that have a key.
    private(set) var heads: [Meaning: [Int]]
    /// By the exchange that began each.
    private(set) var uploads: [Int: RecordedUpload]
    /// Whether the body of some request isn't there.
    private(set) var hasLeftOutBodies: Bool
    /// In bytes; nil where no file came in one request.
    private(set) var longestWholeUpload: Int?

    var isInOrder: Bool { rules.matching.isInOrder }

    init(_ recording: Recording, _ rules: MatchingRules, number: Int) {
        name = recording.name
        exchanges = recording.exchanges
        self.rules = rules
        rulesNumber = number
        let (uploads, further) = RecordedUpload.all(in: exchanges)
        self.uploads = uploads
        (index, keys, heads) = ([:], [], [:])
        (hasLeftOutBodies, longestWholeUpload) = (false, nil)
        keys.reserveCapacity(exchanges.count)
        index.reserveCapacity(exchanges.count)
        addKeys(of: exchanges, from: 0, but: further)
    }

    /// Puts exchanges behind the others. What goes on with an upload comes together with its start.
    mutating func append(_ more: [RecordedExchange]) {
        let first = exchanges.count
        let (begun, further) = RecordedUpload.all(in: more)
        for (start, upload) in begun { uploads[first + start] = upload.moved(by: first) }
        exchanges += more
        addKeys(of: more, from: first, but: further)
    }

    private struct Keys {
        let head: Meaning
        let whole: Meaning
    }

    /// The keys of many requests are worked out by several threads: most of what it takes to make a recording ready.
    ///
    /// - Parameter further: those that go on with an upload.
    private mutating func addKeys(of added: [RecordedExchange], from first: Int, but further: Set<Int>) {
        let parts = ParallelParts.map(added.count) { [rules] range in
            var known: [HeadLine: Meaning] = [:]
            return range.map { at -> Keys? in
                guard !further.contains(at) else { return nil }
                let request = added[at].request
                let head = LoadedRecording.headKey(request, rules, &known)
                return Keys(head: head, whole: rules.key(head, request))
            }
        }
        for (at, keys) in parts.joined().enumerated() { add(keys, of: first + at) }
    }

    private mutating func add(_ new: Keys?, of at: Int) {
        keys.append(new?.whole)
        guard let new else { return }
        let request = exchanges[at].request
        heads[new.head, default: []].append(at)
        index[new.whole, default: []].append(at)
        hasLeftOutBodies = hasLeftOutBodies || request.body.bytes == nil
        if RecordedUpload.isAboutUploads(request), uploads[at] == nil, request.method == "POST" {
            longestWholeUpload = max(longestWholeUpload ?? 0, request.body.length)
        }
    }

    private struct HeadLine: Hashable {
        let method: String
        let target: String
    }

    /// Few requests differ in more than their bodies, so most heads are known.
    private static func headKey(
        _ request: RecordedRequest, _ rules: MatchingRules, _ known: inout [HeadLine: Meaning]
    ) -> Meaning {
        let line = HeadLine(method: request.method, target: request.target)
        if rules.headers.isEmpty, let key = known[line] { return key }
        let key = rules.headKey(AskedRequest(request))
        known[line] = key
        return key
    }

    /// The first exchange from `number` on that is no step of an upload; nil where there is none.
    func next(from number: Int) -> Int? {
        guard number < keys.count else { return nil }
        return keys[number...].firstIndex { $0 != nil }
    }
}
