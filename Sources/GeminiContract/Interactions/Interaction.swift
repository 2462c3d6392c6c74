// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// The states of a turn that the fake gets into (INTERACTIONS 3).
public enum InteractionStatus: String, Sendable {
    case queued
    case inProgress = "in_progress"
    case requiresAction = "requires_action"
    case completed
    case cancelled
    case failed
    case budgetExceeded = "budget_exceeded"
    /// The client is to go on with a token.
    case requiresContinuation = "requires_continuation"
    /// The limit of tokens was reached.
    case incomplete

    /// Whether it is under way.
    public var isRunning: Bool { self == .queued || self == .inProgress }
}

/// The resource, members in the recorded order (INTERACTIONS 3).
public struct Interaction: Sendable {
    /// Nil where it isn't stored: then the unary answer has none, and a stream an empty one (recorded).
    public var id: String?
    public var status: InteractionStatus
    public var usage: InteractionUsage?
    /// Nanoseconds since 1970.
    public var created: Int64
    public var updated: Int64
    public var serviceTier: String
    public var steps: [InteractionStep]
    public var actor: InteractionActor
    /// Only with an environment; where it stands is assumed.
    public var environmentID: String?
    /// With what to go on where `requires_continuation`; where it stands is assumed.
    public var continuationToken: String?
    /// Why it failed. The list of diagnostics is python's since 2.17; that it stands last is assumed.
    public var failure: APIError?
    /// What was sent, where it is asked for.
    public var input: JSON?

    public init(
        id: String?, status: InteractionStatus, usage: InteractionUsage?, created: Int64, updated: Int64,
        serviceTier: String, steps: [InteractionStep], actor: InteractionActor, environmentID: String? = nil
    ) {
        self.id = id
        self.status = status
        self.usage = usage
        self.created = created
        self.updated = updated
        self.serviceTier = serviceTier
        self.steps = steps
        self.actor = actor
        self.environmentID = environmentID
    }

    /// As it is while nothing has come of it: without steps, and nothing counted.
    public func withoutResult(_ status: InteractionStatus) -> Interaction {
        var interaction = self
        interaction.status = status
        interaction.steps = []
        interaction.usage = nil
        interaction.continuationToken = nil
        interaction.failure = nil
        return interaction
    }

    /// The whole of it on one line.
    public var bytes: [UInt8] {
        var writer = JSONWriter(.compact)
        writer.object { writer in
            if let id { writer.member("id", id) }
            writeState(to: &writer)
            writer.key("steps")
            writer.array { writer in
                for step in steps { step.write(to: &writer) }
            }
            writeIdentity(to: &writer)
            writeFailure(to: &writer)
            if let input { writer.member("input", input) }
        }
        return writer.bytes
    }

    /// As a stream ends with it: without its steps.
    func writeEnd(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("id", id ?? "")
            writeState(to: &writer)
            writeIdentity(to: &writer)
            writeFailure(to: &writer)
        }
    }

    /// As a stream begins with it.
    func writeBeginning(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("id", id ?? "")
            writer.member("status", InteractionStatus.inProgress.rawValue)
            writeIdentity(to: &writer)
        }
    }

    private func writeState(to writer: inout JSONWriter) {
        writer.member("status", status.rawValue)
        if let usage {
            writer.key("usage")
            usage.write(to: &writer)
        }
        writer.member("created", Timestamp.text(created, decimals: 0))
        writer.member("updated", Timestamp.text(updated, decimals: 0))
        writer.member("service_tier", serviceTier)
        if let continuationToken { writer.member("continuation_token", continuationToken) }
    }

    private func writeFailure(to writer: inout JSONWriter) {
        guard let failure else { return }
        writer.key("errors")
        writer.array { failure.write(to: &$0) }
    }

    private func writeIdentity(to writer: inout JSONWriter) {
        if let environmentID { writer.member("environment_id", environmentID) }
        writer.member("object", "interaction")
        switch actor {
        case .model(let name): writer.member("model", name)
        case .agent(let agent): writer.member("agent", agent.name)
        }
    }
}
