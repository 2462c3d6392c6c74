// SPDX-License-Identifier: Apache-2.0

import GeminiContract

/// What there is to say of a turn that is kept. Times are nanoseconds since 1970.
public struct InteractionListing: Sendable, Equatable {
    public let tenant: Tenant
    public let id: String
    /// As the API tells it, by now.
    public let status: String
    public let model: String?
    public let agent: String?
    public let created: Int64
    public let updated: Int64
    public let previousID: String?
    /// Of a run in the background; nil where the answer was there at once.
    public let run: Run?

    public struct Run: Sendable, Equatable {
        public let queued: Int64
        /// Nil where it never does.
        public let begins: Int64?
        /// When it ends unless it is cancelled; nil where it never does.
        public let ends: Int64?
    }

    init(_ turn: StoredInteraction, of tenant: Tenant, at now: Int64) {
        let resource = turn.resource(at: now)
        self.tenant = tenant.withoutSecret
        id = turn.id.text
        status = resource.status.rawValue
        switch resource.actor {
        case .model(let name): (model, agent) = (name, nil)
        case .agent(let of): (model, agent) = (nil, of.name)
        }
        created = resource.created
        updated = resource.updated
        previousID = turn.previousID?.text
        run = turn.run.map { run in
            Run(
                queued: run.queued, begins: run.begins == .max ? nil : run.begins,
                ends: run.isEndless ? nil : run.ends)
        }
    }
}
