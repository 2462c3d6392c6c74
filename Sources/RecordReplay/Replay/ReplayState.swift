// SPDX-License-Identifier: Apache-2.0

/// What a replayer keeps under its lock.
struct ReplayState: Sendable {
    /// So many tenants are remembered. Beyond that half of them are forgotten, those that have been away for longest.
    private static let mostTenants = 4096

    /// A recording that a request fits, and its key there.
    struct Option {
        let recording: Int
        let key: Meaning
    }

    struct Place: Hashable {
        let recording: Int
        let exchange: Int
    }

    private struct Part: Hashable {
        let recording: Int
        let key: Meaning
    }

    /// How far a tenant has come.
    private struct Progress {
        /// How many of the exchanges with that key it has used.
        var uses: [Part: Int] = [:]
        /// Of recordings in order: the exchange that was used last.
        var last: [Int: Int] = [:]
        /// The number of its latest request.
        var seen = 0
    }

    private var tenants: [String: Progress] = [:]
    private var requests = 0
    /// Of each recording which exchanges were used, by whomever.
    private(set) var used: [[Bool]]

    init(counts: [Int]) {
        used = counts.map { Array(repeating: false, count: $0) }
    }

    /// Anew, as large as one that may have grown meanwhile.
    init(counts: [Int], besides other: ReplayState) {
        used = zip(counts, other.used).map { Array(repeating: false, count: max($0, $1.count)) }
    }

    /// Makes room for exchanges that count as used.
    mutating func extendLast(by count: Int) {
        guard let last = used.indices.last else { return }
        used[last] += Array(repeating: true, count: count)
    }

    mutating func markUsed(_ recording: Int, _ exchange: Int) { used[recording][exchange] = true }

    mutating func forget(_ tenant: String?) {
        if let tenant { tenants[tenant] = nil } else { tenants = [:] }
    }

    /// - Returns: nil where all that fit come later, in recordings in order.
    mutating func choose(_ options: [Option], _ recordings: [LoadedRecording], by tenant: String) -> Place? {
        requests += 1
        if tenants[tenant] == nil, tenants.count >= ReplayState.mostTenants { forgetHalf() }
        // Looked up once, and changed in its place: a copy would cost all that it has used.
        let place = ReplayState.choose(
            options, recordings, &tenants[tenant, default: Progress()], at: requests)
        if let place { used[place.recording][place.exchange] = true }
        return place
    }

    private static func choose(
        _ options: [Option], _ recordings: [LoadedRecording], _ progress: inout Progress, at request: Int
    ) -> Place? {
        progress.seen = request
        for option in options {
            if let fresh = fresh(option, recordings[option.recording], &progress) {
                return Place(recording: option.recording, exchange: fresh)
            }
        }
        for option in options {
            if let again = again(option, recordings[option.recording], progress) {
                return Place(recording: option.recording, exchange: again)
            }
        }
        return nil
    }

    /// One that the tenant hasn't used yet.
    private static func fresh(_ option: Option, _ recording: LoadedRecording, _ progress: inout Progress)
        -> Int?
    {
        if recording.isInOrder {
            let next = recording.next(from: progress.last[option.recording].map { $0 + 1 } ?? 0)
            guard let next, recording.keys[next] == option.key else { return nil }
            progress.last[option.recording] = next
            return next
        }
        guard let fitting = recording.index[option.key] else { return nil }
        let uses = progress.uses[Part(recording: option.recording, key: option.key), default: 0]
        guard uses < fitting.count else { return nil }
        progress.uses[Part(recording: option.recording, key: option.key)] = uses + 1
        return fitting[uses]
    }

    /// One that it has. Of a recording in order only the latest: a client may send a request again.
    private static func again(_ option: Option, _ recording: LoadedRecording, _ progress: Progress) -> Int? {
        guard recording.isInOrder else { return recording.index[option.key]?.last }
        guard let last = progress.last[option.recording], recording.keys[last] == option.key else {
            return nil
        }
        return last
    }

    func expected(_ recordings: [LoadedRecording], of tenant: String) -> [Int: Int] {
        var expected: [Int: Int] = [:]
        for (number, recording) in recordings.enumerated() where recording.isInOrder {
            let last = tenants[tenant]?.last[number]
            expected[number] = recording.next(from: last.map { $0 + 1 } ?? 0)
        }
        return expected
    }

    private mutating func forgetHalf() {
        let times = tenants.values.map(\.seen).sorted()
        let middle = times[times.count / 2]
        tenants = tenants.filter { $0.value.seen > middle }
    }
}
