// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Finds what was recorded for a request, and keeps how far every tenant has come in the recordings.
///
/// What a request means is worked out without a lock, and looked up by its hash: recordings may be as long as they like. Which
/// of the exchanges that it fits it gets is one step under a lock: of requests at the same time, each gets one of its own.
public final class Replayer: Sendable {
    /// An exchange that is replayed.
    public struct Use: Sendable {
        public let place: ReplayPlace
        public let exchange: RecordedExchange
        /// What followed, where an upload began with it.
        public let upload: RecordedUpload?
    }

    /// The last one may grow.
    private let loaded: Monitor<[LoadedRecording]>
    var recordings: [LoadedRecording] { loaded.withLock { $0 } }
    private let state: Monitor<ReplayState>

    public init(_ recordings: [Recording]) {
        var known: [MatchingRules] = []
        let loaded = recordings.map { recording in
            let rules = known.firstIndex { $0.matching == recording.matching }
            if rules == nil { known.append(MatchingRules(recording.matching)) }
            let number = rules ?? known.count - 1
            return LoadedRecording(recording, known[number], number: number)
        }
        isIdle = recordings.isEmpty
        self.loaded = Monitor(loaded)
        state = Monitor(ReplayState(counts: recordings.map(\.exchanges.count)))
    }

    /// Puts exchanges behind those of the last recording; they count as used. All of an upload comes at once.
    package func add(_ exchanges: [RecordedExchange]) {
        // Before they can be found.
        state.withLock { $0.extendLast(by: exchanges.count) }
        loaded.withLock { loaded in
            guard !loaded.isEmpty else { return }
            loaded[loaded.count - 1].append(exchanges)
        }
    }

    /// Whether nothing is ever replayed.
    public let isIdle: Bool

    /// What a request gets: of each recording the next exchange that it fits, of the first recordings first; where all of
    /// these were used, the last one again.
    ///
    /// A request to a version of the API for which nothing was recorded gets what was recorded for another one: newer clients
    /// ask for other versions (google-genai 2 for v1beta, 3 for v1).
    ///
    /// - Returns: nil where none fits. Then the tenant stays where it is.
    public func use(for asked: AskedRequest, by tenant: String) -> Use? {
        guard !isIdle else { return nil }
        let recordings = recordings
        if let use = use(for: asked, of: recordings, by: tenant) { return use }
        for other in asked.inOtherVersions {
            if let use = use(for: other, of: recordings, by: tenant) { return use }
        }
        return nil
    }

    private func use(for asked: AskedRequest, of recordings: [LoadedRecording], by tenant: String) -> Use? {
        var keys: [Int: RequestKeys] = [:]
        for recording in recordings where keys[recording.rulesNumber] == nil {
            keys[recording.rulesNumber] = RequestKeys(asked, recording.rules)
        }
        return use(of: recordings, by: tenant) { keys[$0.rulesNumber]?.plain($0) }
            ?? use(of: recordings, by: tenant) { keys[$0.rulesNumber]?.leftOut($0) }
            ?? use(of: recordings, by: tenant) { keys[$0.rulesNumber]?.masked($0) }
    }

    private func use(
        of recordings: [LoadedRecording], by tenant: String, _ key: (LoadedRecording) -> Meaning?
    ) -> Use? {
        let fitting = recordings.indices.compactMap { number -> (Int, Meaning)? in
            guard let key = key(recordings[number]), recordings[number].index[key] != nil else { return nil }
            return (number, key)
        }
        guard !fitting.isEmpty else { return nil }
        let place = state.withLock { state in
            state.choose(
                fitting.map { ReplayState.Option(recording: $0.0, key: $0.1) }, recordings, by: tenant)
        }
        return place.map { use(at: $0, of: recordings) }
    }

    private func use(at place: ReplayState.Place, of recordings: [LoadedRecording]) -> Use {
        let recording = recordings[place.recording]
        return Use(
            place: ReplayPlace(recording: place.recording, exchange: place.exchange, name: recording.name),
            exchange: recording.exchanges[place.exchange], upload: recording.uploads[place.exchange])
    }

    // MARK: - Uploads

    /// The exchange of a recording, such as a step of an upload; it counts as used from now on.
    public func exchange(_ number: Int, besides place: ReplayPlace) -> (RecordedExchange, ReplayPlace) {
        state.withLock { $0.markUsed(place.recording, number) }
        let recording = recordings[place.recording]
        return (
            recording.exchanges[number],
            ReplayPlace(recording: place.recording, exchange: number, name: recording.name)
        )
    }

    /// Counts all that followed an upload's start as used: its bytes may have come in other pieces.
    public func finish(_ upload: RecordedUpload, at place: ReplayPlace) {
        state.withLock { state in
            for step in upload.steps { state.markUsed(place.recording, step.exchange) }
        }
    }

    /// The recorded uploads that begin like a request, each with the exchange that ended it, whether they were used or not.
    package func uploads(like asked: AskedRequest) -> [(upload: RecordedUpload, last: RecordedExchange?)] {
        recordings.flatMap { recording in
            let keys = RequestKeys(asked, recording.rules)
            let all = [keys.plain(recording), keys.masked(recording)].compactMap(\.self).flatMap {
                recording.index[$0] ?? []
            }
            return all.compactMap { recording.uploads[$0] }.map { upload in
                (upload, upload.last.map { recording.exchanges[$0.exchange] })
            }
        }
    }

    /// How long the longest body is that was sent to the upload server in one request; nil where none was.
    public var longestWholeUpload: Int? { recordings.compactMap(\.longestWholeUpload).max() }

    // MARK: - Afterwards

    /// Lets a tenant begin anew, or all. What was used stays used.
    public func resetProgress(of tenant: String? = nil) { state.withLock { $0.forget(tenant) } }

    /// As if nothing had been asked for.
    public func reset() {
        let counts = recordings.map(\.exchanges.count)
        state.withLock { $0 = ReplayState(counts: counts, besides: $0) }
    }

    /// What is loaded, with what nobody has used.
    public var usage: [ReplayUsage] {
        let (recordings, used) = (recordings, state.withLock { $0.used })
        return zip(recordings, used).map { recording, used in
            ReplayUsage(
                name: recording.name, exchanges: recording.exchanges.count,
                unused: recording.exchanges.indices.filter { $0 < used.count && !used[$0] }.map { number in
                    let request = recording.exchanges[number].request
                    return ReplayUsage.Exchange(
                        number: number + 1, method: request.method, target: request.target)
                })
        }
    }

    /// What an in-order recording expects of a tenant next, by the recordings' numbers.
    func expected(of tenant: String) -> [Int: Int] {
        let recordings = recordings
        return state.withLock { $0.expected(recordings, of: tenant) }
    }
}

/// Which exchange of which recording.
public struct ReplayPlace: Sendable, Hashable {
    /// From 0, in the order in which they were given.
    let recording: Int
    let exchange: Int
    /// The recording's.
    public let name: String

    /// From 1, as people count.
    public var number: Int { exchange + 1 }
}

/// A recording that is loaded, and what was used of it.
public struct ReplayUsage: Sendable, Equatable {
    public let name: String
    /// How many there are.
    public let exchanges: Int
    /// Those that no request has used.
    public let unused: [Exchange]

    public struct Exchange: Sendable, Equatable {
        /// From 1.
        public let number: Int
        public let method: String
        public let target: String
    }
}

/// The keys of one request by some rules; those that cost more are worked out where somebody wants them.
private final class RequestKeys {
    private let asked: AskedRequest
    private let rules: MatchingRules
    private let head: Meaning
    private let plainKey: Meaning
    private lazy var rawKey = rules.key(
        head, length: asked.body.length, sha256: ContentHash.hex(of: asked.body.bytes ?? []))
    private lazy var maskedKey = rules.key(head, asked, masked: true)

    init(_ asked: AskedRequest, _ rules: MatchingRules) {
        self.asked = asked
        self.rules = rules
        head = rules.headKey(asked)
        plainKey = rules.key(head, asked)
    }

    func plain(_ recording: LoadedRecording) -> Meaning? { plainKey }

    func leftOut(_ recording: LoadedRecording) -> Meaning? { recording.hasLeftOutBodies ? rawKey : nil }

    /// Only where there is something that it may be.
    func masked(_ recording: LoadedRecording) -> Meaning? { recording.heads[head] == nil ? nil : maskedKey }
}
