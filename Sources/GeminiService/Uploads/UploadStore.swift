// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// The resumable uploads that were started, finished ones too: they answer for a while that they are finished.
final class UploadStore: Sendable {
    /// CORE 2.5.
    private static let lifetime: Int64 = 7 * 24 * 3600 * 1_000_000_000
    /// The oldest go when there are more. What is known of one file on its way can take some megabytes.
    static let maximumCount = 2_000

    private struct State {
        var sessions: [String: UploadSession] = [:]
        /// Their ids, the oldest first; those before `first` are gone.
        var order: [String] = []
        var first = 0
        /// How many were ever started: what their ids follow from.
        var started = 0
    }

    private let seed: UInt64
    private let clock: any WallClock
    private let state = Monitor(State())

    init(clock: any WallClock, seed: UInt64) {
        self.clock = clock
        self.seed = seed
    }

    /// Starts an upload, which gets an id of its own: about 110 characters, as recorded.
    func start(
        _ request: UploadRequest, _ metadata: FileMetadata, of tenant: Tenant, bytes: UploadedBytes,
        fate: FileFate? = nil, granularity: Int? = nil
    ) -> UploadSession {
        let now = clock.nanoseconds
        return state.withLock { state in
            UploadStore.removeOld(&state, now, room: 1)
            state.started += 1
            var generator = SeededGenerator(
                seed: Fingerprint.of(tenant.id, seed: SeededGenerator.mix(seed &+ UInt64(state.started))))
            let session = UploadSession(
                id: "AJ" + Base64Encoding.urlSafe(generator.bytes(81)), tenant: tenant, metadata: metadata,
                request: request, started: now, bytes: bytes, fate: fate,
                granularity: granularity ?? UploadAnswer.granularity
            )
            state.sessions[session.id] = session
            state.order.append(session.id)
            return session
        }
    }

    /// Nil for an id that was never given, or too long ago.
    func session(_ id: String) -> UploadSession? {
        let now = clock.nanoseconds
        return state.withLock { state in
            UploadStore.removeOld(&state, now, room: 0)
            return state.sessions[id]
        }
    }

    /// Ends all uploads, or those of a tenant; what has arrived of them is gone, and requests under way are told that there is no
    /// such upload.
    func removeAll(of tenant: Tenant? = nil) {
        let gone = state.withLock { state -> [UploadSession] in
            let gone = state.sessions.values.filter { tenant == nil || $0.tenant == tenant }
            for session in gone { state.sessions[session.id] = nil }
            if state.sessions.isEmpty { (state.order, state.first) = ([], 0) }
            return gone
        }
        for session in gone { session.forget() }
    }

    // MARK: For who looks at all of it

    /// A page of a tenant's uploads, or of all, the newest first, each with its number.
    ///
    /// - Parameter before: the number with which the page before ended.
    func page(of tenant: Tenant?, before: Int?, size: Int) -> (
        sessions: [(number: Int, session: UploadSession)], next: Int?
    ) {
        let now = clock.nanoseconds
        return state.withLock { state in
            UploadStore.removeOld(&state, now, room: 0)
            var page: [(number: Int, session: UploadSession)] = []
            for (place, id) in state.order[state.first...].reversed().enumerated() {
                let number = state.started - place
                guard number < before ?? .max, let session = state.sessions[id],
                    tenant == nil || session.tenant == tenant
                else { continue }
                if page.count == size { return (page, page.last?.number) }
                page.append((number, session))
            }
            return (page, nil)
        }
    }

    /// How many uploads each tenant has going.
    var open: [Tenant: Int] {
        let now = clock.nanoseconds
        let sessions = state.withLock { state in
            UploadStore.removeOld(&state, now, room: 0)
            return Array(state.sessions.values)
        }
        return sessions.reduce(into: [:]) { open, session in
            if session.standing.state == .active { open[session.tenant, default: 0] += 1 }
        }
    }

    /// - Parameter room: how many are about to be added.
    private static func removeOld(_ state: inout State, _ now: Int64, room: Int) {
        while state.first < state.order.count {
            let id = state.order[state.first]
            let isOld = state.sessions[id].map { now - $0.started >= lifetime } ?? true
            guard isOld || state.order.count - state.first + room > maximumCount else { break }
            state.sessions[id] = nil
            state.first += 1
        }
        // Moved up now and then, so that each start costs the same.
        if state.first > maximumCount {
            state.order.removeFirst(state.first)
            state.first = 0
        }
    }
}
