// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire

/// One turn, from the request to how it ends.
struct InteractionTurn {
    let request: InteractionRequest
    private let call: APICall
    private let service: FakeService
    private let now: Int64
    let delivery: InteractionDelivery
    /// How a scenario has it end.
    private let fate: InteractionFate?

    /// What agents think and count like.
    private static let agentModel = ModelCatalog().model(named: "gemini-3.1-pro-preview")

    /// - Throws: `APIError` with what is wrong with the request itself.
    init(_ call: APICall, _ service: FakeService) throws(APIError) {
        request = try InteractionRequest(call.body)
        self.call = call
        self.service = service
        now = service.clock.nanoseconds
        delivery = InteractionDelivery(call.script)
        if case .interaction(let fate) = call.script { self.fate = fate } else { fate = nil }
    }

    /// The answer that isn't kept: it has no name, and nobody can ask for it again.
    func passing() throws(APIError) -> Interaction {
        let (model, name) = try model()
        return try outcome(model, name, after: try conversation())
    }

    /// The answer that is kept, with its run where it is one in the background.
    func kept() throws(APIError) -> StoredInteraction {
        let (model, name) = try model()
        var outcome = try outcome(model, name, after: try conversation())
        let run = run(to: outcome)
        if let run, !run.isEndless { outcome.updated = run.ends }
        let input = request.input?.kept
        let kept = service.interactions.keep(
            for: call.tenant, root: request.previousID?.root, seed: seed(name), at: now
        ) { id in
            var named = outcome
            named.id = id.text
            return StoredInteraction(
                id: id, outcome: named, input: input, previousID: request.previousID, run: run,
                chunks: delivery.chunks)
        }
        service.note(.interaction(id: kept.id.text))
        return kept
    }

    /// The run to an outcome; nil where it is there at once. A scenario's length of it goes before its rate of tokens,
    /// and both before the usual length.
    private func run(to outcome: Interaction) -> InteractionRun? {
        guard request.isBackground || outcome.status.isRunning else { return nil }
        let paced = delivery.rate.flatMap { rate in
            outcome.usage.map { StreamPace(tokens: [$0.output], rate: rate).length }
        }
        let length = fate?.runLength ?? paced ?? service.runLength
        return outcome.status.isRunning
            ? InteractionRun(from: now, endlessly: outcome.status == .queued, length: length)
            : InteractionRun(from: now, length: length)
    }

    private func model() throws(APIError) -> (Model, name: String) {
        switch request.actor {
        case .model(let name):
            guard let model = service.models.model(named: name),
                model.methods.contains("generateContent") || service.models.isGiven(name)
            else { throw .interactionModelNotFound(name) }
            return (model, name)
        case .agent(let agent):
            guard let model = InteractionTurn.agentModel else { throw .internalError }
            return (model, agent.name)
        }
    }

    /// What the answer follows from: all that was sent but for the previous id, which has the time in it.
    private func seed(_ name: String) -> UInt64 {
        call.body.members.reduce(Fingerprint.of(name, seed: service.seed)) { seed, member in
            member.isNamed("previous_interaction_id") ? seed : Fingerprint.of(member.value.source, seed: seed)
        }
    }

    // MARK: What came before

    private struct Conversation {
        var contents: [Content] = []
        /// Of the functions called in it, by their calls' ids.
        var names: [String: String] = [:]
    }

    /// - Throws: `APIError` where the turn that it follows isn't there, or isn't over.
    private func conversation() throws(APIError) -> Conversation {
        var conversation = Conversation()
        guard let id = request.previousID else { return conversation }
        let last = try service.interactions.find(id.text, of: call.tenant, at: now)
        guard !last.status(at: now).isRunning else { throw .notRunning }
        for turn in service.interactions.conversation(upTo: last, of: call.tenant) {
            if let input = turn.readInput {
                conversation.contents += try input.contents(names: &conversation.names, isEarlier: true)
            }
            // What a cancelled run would have said was never said.
            if turn.status(at: now) != .cancelled { add(turn.outcome.steps, to: &conversation) }
        }
        return conversation
    }

    private func add(_ steps: [InteractionStep], to conversation: inout Conversation) {
        for step in steps {
            switch step {
            case .text(let text): conversation.contents.append(.said(text))
            case .functionCall(let id, let name, let arguments):
                conversation.names[id] = name
                conversation.contents.append(.functionCall(name, arguments: arguments))
            case .thought, .input: continue
            }
        }
    }

    /// The turn as generateContent's request, with the conversation before it.
    func asGenerateContent() throws(APIError) -> GenerateContentRequest {
        let conversation = try conversation()
        return try request.asGenerateContent(earlier: conversation.contents, names: conversation.names)
    }

    // MARK: How it ends

    private func outcome(
        _ model: Model, _ name: String, after conversation: Conversation
    ) throws(APIError) -> Interaction {
        let seed = seed(name)
        let generated = try request.asGenerateContent(
            earlier: conversation.contents, names: conversation.names)
        let media = try service.media(
            of: generated.newContents, systemInstruction: generated.systemInstruction, in: call
        )
        let answer = ModelAnswer.make(
            to: generated, media: media, traits: service.traits(of: model), model: name,
            serviceTier: request.serviceTier, seed: seed, script: fate.map { $0.reply } ?? call.script
        )
        var generator = SeededGenerator(seed: SeededGenerator.mix(seed))
        let told = try InteractionAnswer(answer.whole, &generator)
        var outcome = Interaction(
            id: nil, status: told.status, usage: told.usage, created: now, updated: now,
            serviceTier: request.serviceTier, steps: told.steps, actor: request.actor,
            environmentID: request.hasEnvironment ? UUIDText.make(&generator) : nil
        )
        fate?.decide(&outcome, &generator)
        return outcome
    }
}
