// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire

/// A turn of a conversation: answered whole, as a stream where the body asks for one, or begun in the background
/// (INTERACTIONS 2 to 5).
struct CreateInteractionEndpoint: Endpoint {
    let name = "createInteraction"
    let route = RouteTemplate("POST /{version}/interactions")

    func errorForm(for head: RequestHead) -> ErrorForm { .interaction }

    func answer(_ call: APICall, _ service: FakeService) throws -> APIAnswer {
        try LegacyClient.refuse(call.head)
        let turn = try InteractionTurn(call, service)
        guard turn.request.isStored else { return answer(turn, try turn.passing()) }
        let kept = try turn.kept()
        guard kept.run != nil else { return answer(turn, kept.outcome) }
        return turn.request.isStreamed
            ? .live(InteractionReplay(kept, clock: service.clock).asCreated)
            : .interaction(kept.resource(at: service.clock.nanoseconds).bytes)
    }

    func model(of call: APICall) -> String? {
        let name = call.body["model"]?.string ?? call.body["agent"]?.string
        return name.map { $0.hasPrefix("models/") ? String($0.dropFirst(7)) : $0 }
    }

    func isStream(_ call: APICall) -> Bool { call.body["stream"]?.bool ?? false }

    func contents(of call: APICall, _ service: FakeService) -> CallContents {
        guard let turn = try? InteractionTurn(call, service), let request = try? turn.asGenerateContent()
        else {
            return CallContents()
        }
        return CallContents(request)
    }

    private func answer(_ turn: InteractionTurn, _ outcome: Interaction) -> APIAnswer {
        let status = outcome.status
        guard turn.request.isStreamed else {
            let hasResult = !status.isRunning && status != .cancelled
            return .interaction((hasResult ? outcome : outcome.withoutResult(status)).bytes)
        }
        let events = InteractionEvents.all(of: outcome, chunks: turn.delivery.chunks, isNumbered: false)
        // One that is neither kept nor ever over breaks off.
        let frames = events.map(\.frame) + (status.isRunning ? [] : [InteractionEvent.done])
        return APIAnswer.frames(frames).paced(turn.delivery.pace(of: events))
    }
}
