// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire

/// The turns that are kept, each tenant's by themselves.
///
/// Bounded: a tenant's oldest turn is forgotten for its newest, and the oldest of all where all of them together are too
/// large; it says so then. What is past its time is forgotten when somebody next looks.
public final class InteractionStore: Sendable {
    public struct Limits: Sendable {
        /// How many turns are kept for one tenant.
        public var turnsPerTenant = 20_000
        /// How much all turns may take, in bytes.
        public var bytes = 256 << 20
        /// How long a turn is kept: the documentation's 55 days of paid projects (INTERACTIONS 5).
        public var retention = Duration.seconds(55 * 86_400)

        public init() {}
    }

    private struct Entry {
        let interaction: StoredInteraction
        let size: Int
        /// Nanoseconds since 1970.
        let kept: Int64
        /// Counts up over all tenants.
        let serial: Int
    }

    private struct Drawer {
        var entries: [String: Entry] = [:]
        var order = ArrivalQueue<String>()
        /// How many turns were ever put in.
        var serial: UInt64 = 0
    }

    private struct Address {
        let tenant: Tenant
        let id: String
    }

    private struct State {
        var drawers: [Tenant: Drawer] = [:]
        var order = ArrivalQueue<Address>()
        var count = 0
        var bytes = 0
        var forgotten = 0
        var lastSerial = 0
    }

    /// How far back a conversation is read, in turns and in bytes of what was sent: about what a model reads.
    private static let longestConversation = 500
    private static let largestConversation = 4 << 20

    /// Up to so many tenants, one that has nothing left keeps its place, so that no name comes twice.
    private static let emptyDrawers = 1000

    private let limits: Limits
    private let retention: Int64
    private let report: @Sendable (String) -> Void
    private let state = Monitor(State())

    /// - Parameter report: where to say that turns had to be forgotten.
    public init(limits: Limits = Limits(), report: @escaping @Sendable (String) -> Void = { _ in }) {
        self.limits = limits
        self.report = report
        let (seconds, attoseconds) = limits.retention.components
        retention = max(0, min(seconds, 1 << 32)) * 1_000_000_000 + attoseconds / 1_000_000_000
    }

    /// How many turns are kept, and how large they are; about.
    public var occupancy: (turns: Int, bytes: Int) { state.withLock { ($0.count, $0.bytes) } }

    // MARK: Turns

    /// Keeps a turn under a name that no other turn of the tenant's has.
    ///
    /// - Parameters:
    ///   - root: of the conversation; nil begins one.
    ///   - seed: from the request: the same requests in the same order get the same names.
    func keep(
        for tenant: Tenant, root: String?, seed: UInt64, at now: Int64,
        _ make: (InteractionID) -> StoredInteraction
    ) -> StoredInteraction {
        let (kept, forgotten) = state.withLock { state in
            forgetExpired(&state, now)
            var drawer = state.drawers.removeValue(forKey: tenant) ?? Drawer()
            var id: InteractionID
            repeat {
                drawer.serial += 1
                var generator = SeededGenerator(seed: SeededGenerator.mix(seed &+ drawer.serial))
                let token = InteractionID.token(
                    seconds: now / 1_000_000_000, random: generator.bytes(13))
                id = InteractionID(root: root, token: token)
            } while drawer.entries[id.text] != nil
            let interaction = make(id)
            state.lastSerial += 1
            let entry = Entry(
                interaction: interaction, size: interaction.size, kept: now, serial: state.lastSerial)
            drawer.entries[id.text] = entry
            drawer.order.append(id.text)
            state.drawers[tenant] = drawer
            state.order.append(Address(tenant: tenant, id: id.text))
            state.count += 1
            state.bytes += entry.size
            let before = state.forgotten
            makeRoom(&state, for: tenant)
            return (interaction, before == state.forgotten ? nil : state.forgotten)
        }
        if let forgotten { say(forgotten) }
        return kept
    }

    /// - Throws: `APIError` where there is none, or it is past its time.
    func find(_ id: String, of tenant: Tenant, at now: Int64) throws(APIError) -> StoredInteraction {
        let found = state.withLock { state in
            forgetExpired(&state, now)
            return state.drawers[tenant]?.entries[id]?.interaction
        }
        guard let found else { throw .noSuchEntity }
        return found
    }

    /// Forgets a turn; a run goes on for those who follow it.
    ///
    /// - Throws: `APIError` where there is none.
    func remove(_ id: String, of tenant: Tenant, at now: Int64) throws(APIError) {
        let wasThere = state.withLock { state in
            forgetExpired(&state, now)
            return forget(Address(tenant: tenant, id: id), &state)
        }
        guard wasThere else { throw .noSuchEntity }
    }

    /// A turn and those before it, oldest first. It begins later where one in between isn't there any more, or where it is
    /// long.
    func conversation(upTo last: StoredInteraction, of tenant: Tenant) -> [StoredInteraction] {
        state.withLock { state in
            let entries = state.drawers[tenant]?.entries ?? [:]
            var turns = [last]
            var size = last.size
            while turns.count < InteractionStore.longestConversation,
                let previous = turns[turns.count - 1].previousID, let entry = entries[previous.text]
            {
                size += entry.size
                if size > InteractionStore.largestConversation { break }
                turns.append(entry.interaction)
            }
            return turns.reversed()
        }
    }

    // MARK: For who looks at all of it

    /// A turn, who has it, and its number: the newest has the greatest.
    typealias Kept = (tenant: Tenant, interaction: StoredInteraction, serial: Int)

    /// A page of a tenant's turns, or of all, the newest first.
    ///
    /// - Parameter before: the number with which the page before ended.
    func page(of tenant: Tenant?, before: Int?, size: Int, at now: Int64) -> (turns: [Kept], next: Int?) {
        let before = before ?? .max
        var turns = state.withLock { state -> [Kept] in
            forgetExpired(&state, now)
            return state.drawers.filter { tenant == nil || $0.key == tenant }.flatMap { tenant, drawer in
                drawer.entries.values.lazy.filter { $0.serial < before }.map {
                    (tenant, $0.interaction, $0.serial)
                }
            }
        }
        turns.sort { $0.serial > $1.serial }
        return (Array(turns.prefix(size)), turns.count > size ? turns[size - 1].serial : nil)
    }

    /// How many turns each tenant has.
    func counts(at now: Int64) -> [Tenant: Int] {
        state.withLock { state in
            forgetExpired(&state, now)
            return state.drawers.mapValues(\.entries.count).filter { $0.value > 0 }
        }
    }

    // MARK: Forgetting

    /// Forgets all turns of a tenant, or of all; runs go on for those who follow them. Names begin as at the start.
    func removeAll(of tenant: Tenant? = nil) {
        state.withLock { state in
            guard let tenant else {
                (state.drawers, state.order) = ([:], ArrivalQueue())
                (state.count, state.bytes) = (0, 0)
                return
            }
            guard let drawer = state.drawers.removeValue(forKey: tenant) else { return }
            state.count -= drawer.entries.count
            state.bytes -= drawer.entries.values.reduce(0) { $0 + $1.size }
            let drawers = state.drawers
            state.order.compact(live: state.count) { drawers[$0.tenant]?.entries[$0.id] != nil }
        }
    }

    private func forgetExpired(_ state: inout State, _ now: Int64) {
        while let oldest = state.order.first {
            if let entry = state.drawers[oldest.tenant]?.entries[oldest.id] {
                guard now - entry.kept >= retention else { return }
                _ = forget(oldest, &state)
            }
            state.order.removeFirst()
        }
    }

    private func makeRoom(_ state: inout State, for tenant: Tenant) {
        // Nothing may hold on to the drawer here, or taking an entry out would copy all of it.
        while state.drawers[tenant]?.entries.count ?? 0 > limits.turnsPerTenant,
            let oldest = state.drawers[tenant]?.order.first
        {
            state.drawers[tenant]?.order.removeFirst()
            if forget(Address(tenant: tenant, id: oldest), &state) { state.forgotten += 1 }
        }
        // The newest stays, however large it is.
        while state.bytes > limits.bytes, state.count > 1, let oldest = state.order.first {
            state.order.removeFirst()
            if forget(oldest, &state) { state.forgotten += 1 }
        }
    }

    /// - Returns: whether it was there.
    private func forget(_ address: Address, _ state: inout State) -> Bool {
        guard let entry = state.drawers[address.tenant]?.entries.removeValue(forKey: address.id) else {
            return false
        }
        state.count -= 1
        state.bytes -= entry.size
        let left = state.drawers[address.tenant]?.entries ?? [:]
        if left.isEmpty, state.drawers.count > InteractionStore.emptyDrawers {
            state.drawers[address.tenant] = nil
        } else {
            state.drawers[address.tenant]?.order.compact(live: left.count) { left[$0] != nil }
        }
        let drawers = state.drawers
        state.order.compact(live: state.count) { drawers[$0.tenant]?.entries[$0.id] != nil }
        return true
    }

    /// The first time, then each time there are twice as many: a full store forgets with each turn.
    private func say(_ forgotten: Int) {
        guard forgotten & (forgotten - 1) == 0 else { return }
        report(
            """
            the store of interactions is full (\(limits.turnsPerTenant) of one key, \(limits.bytes >> 20) MiB of all): \
            \(forgotten) of the oldest had to be forgotten and will be 404
            """
        )
    }
}
