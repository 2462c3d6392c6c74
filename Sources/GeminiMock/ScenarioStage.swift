// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import GeminiService
import HTTPWire
import Logging
import ScenarioEngine

/// Asks the scenarios what a request is answered with.
struct ScenarioStage: Sendable {
    let player: ScenarioPlayer
    /// Whether to refuse what no stub matches, whatever the scenarios themselves say.
    let refusesUnmatched: Bool
    /// Whether somebody else answers what nothing matches here.
    var passesOn = false
    let logger: Logger
    var unmatched = UnmatchedTally()

    /// What a scenario, or else a recording, wants of a request; nothing, and at no cost, where there are neither scenarios
    /// nor armed faults nor recordings.
    ///
    /// - Parameter offer: nil where no recording is to be asked.
    func staging(
        of call: APICall, for endpoint: any Endpoint, _ service: FakeService, _ offer: ReplayOffer? = nil
    ) -> Staging {
        guard !player.isIdle else {
            return offer.map { replaying($0, call.head, call.tenant) } ?? Staging()
        }
        let set = player.set(of: call.tenant.scenario)
        let subject = RequestSubject(call, for: endpoint, service)
        let values = TemplateValues(now: service.clock.nanoseconds, seed: service.seed)
        switch player.selection(for: subject, values) {
        case .reply(let reply, let stub, let wire, let use):
            logger.debug("\(LogText.line(call.head)) is answered by the stub \(LogText.plain("\(stub)"))")
            return Staging(reply: reply, wire: wire, settings: set.settings, source: .stub(stub), use: use)
        case .spent(let stub, let wire):
            return Staging(wire: wire, refusal: .spentStub(stub), source: .spentStub(stub))
        case .unmatched(let wire):
            if var replayed = offer?.take(by: call.tenant) {
                replayed.wire = wire
                return replayed
            }
            return answeredByNone(wire, set, subject, call, endpoint, offer)
        }
    }

    private func answeredByNone(
        _ wire: WireScript?, _ set: ScenarioSet, _ subject: RequestSubject, _ call: APICall,
        _ endpoint: any Endpoint, _ offer: ReplayOffer?
    ) -> Staging {
        // It belongs to what was begun, which was judged.
        let isJudged = !set.isEmpty && endpoint.goesOn(call.head)
        // And where nothing is played, there is nothing to match.
        guard !isJudged, !set.isEmpty || offer != nil else {
            return Staging(reply: wire.map { _ in .byItself }, wire: wire, settings: set.settings)
        }
        if passesOn, !set.settings.isStrict { return Staging(wire: wire) }
        var staging = miss(
            call.head, (offer?.nearMisses(by: call.tenant) ?? []) + player.nearMisses(of: subject, most: 3),
            isRefused: refusesUnmatched || set.settings.isStrict, isRecorded: offer != nil)
        staging.wire = wire
        if staging.refusal == nil {
            staging.reply = wire.map { _ in .byItself }
            staging.settings = set.settings
        }
        return staging
    }

    /// What a recording wants of a request that no scenario is asked about.
    func replaying(_ offer: ReplayOffer, _ head: RequestHead, _ tenant: Tenant) -> Staging {
        offer.take(by: tenant)
            ?? (passesOn ? Staging() : nil)
            ?? miss(
                head, offer.nearMisses(by: tenant), isRefused: refusesUnmatched, isRecorded: true)
    }

    /// - Parameter isRecorded: whether recordings were asked.
    private func miss(
        _ head: RequestHead, _ nearest: [NearMiss], isRefused: Bool, isRecorded: Bool
    ) -> Staging {
        unmatched.count(head, nearest: nearest.first)
        if isRefused {
            return Staging(
                refusal: isRecorded ? .noRecordingMatches(nearest) : .noStubMatches(nearest),
                source: isRecorded ? .noRecording : .noStub, isUnmatched: true, nearMisses: nearest)
        }
        note(nearest.first, head, isRecorded ? "no recording" : "no stub")
        return Staging(isUnmatched: true, nearMisses: nearest)
    }

    /// What receives the body of a request that goes on with an upload. What a scenario wants of it is asked now: its bytes
    /// may be what goes wrong.
    func staged(
        _ receiver: any BodyReceiver, _ call: APICall, for endpoint: any Endpoint, _ service: FakeService
    ) -> any BodyReceiver {
        guard let step = endpoint.step(of: call.head), !step.begins else { return receiver }
        let staging = staging(of: call, for: endpoint, service)
        if staging.refusal != nil { return StagedReceiver(UnwantedBody(), staging) }
        switch staging.reply {
        case nil: return receiver
        // The upload stays where it is: its bytes aren't wanted.
        case .error, .body: return StagedReceiver(UnwantedBody(), staging)
        default: return StagedReceiver(receiver, staging)
        }
    }

    /// The author of a scenario wants to know; that the request is answered all the same is what it asks for.
    private func note(_ nearest: NearMiss?, _ head: RequestHead, _ what: String) {
        let why = nearest.map { "; the nearest is \($0.line)" } ?? ""
        logger.notice("\(LogText.line(head)) matches \(what) and is answered by itself\(LogText.plain(why))")
    }
}

/// What a scenario wants of one request; nothing where no stub matches it.
struct Staging: Sendable {
    var reply: ScriptedReply?
    /// What is to become of the answer on the wire.
    var wire: WireScript?
    /// Of what the tenant plays; nil where that is nothing.
    var settings: ScenarioSet.Settings?
    /// Why the request is refused; nil where it isn't.
    var refusal: APIError?
    var source = AnswerSource.builtIn
    /// Whether there were stubs and none matched.
    var isUnmatched = false
    /// The stubs that came nearest then.
    var nearMisses: [NearMiss] = []

    /// What was recorded for it; nil where that isn't what it is answered with.
    var replayed: Replayed?
    /// Which reply of the stub it is; nil where none has replied.
    var use: StubUse?

    /// The faults that are armed for the answer, by name.
    var faults: [String] { wire?.faultNames ?? [] }

    func applied(to call: APICall) -> APICall {
        reply.map { call.scripted($0, trouble: wire?.trouble) } ?? call
    }
}

extension ScriptedReply {
    /// Of what armed faults strike that no stub answers: what goes wrong while a body is received comes with a reply.
    fileprivate static let byItself = ScriptedReply.builtIn(AnswerOverrides())
}

extension RequestSubject {
    /// What stubs see of a call.
    convenience init(_ call: APICall, for endpoint: any Endpoint, _ service: FakeService) {
        self.init(
            endpoint: endpoint.name, model: endpoint.model(of: call), tenant: call.tenant.id,
            tenantName: call.tenant.name, scenario: call.tenant.scenario, head: call.head,
            body: call.body, isStream: endpoint.isStream(call),
            step: endpoint.step(of: call.head),
            conversation: { endpoint.contents(of: call, service).conversation },
            attachments: { endpoint.contents(of: call, service).attachments(of: call.tenant, service) }
        )
    }
}

extension APIError {
    static func noStubMatches(_ nearest: [NearMiss]) -> APIError {
        let stubs = nearest.enumerated().map { "\($0 + 1). \($1)" }.joined(separator: "\n")
        let whatIsNear = nearest.isEmpty ? "" : " The nearest:\n\(stubs)"
        return own(.noStubMatches, "no stub of the scenario matches this request.\(whatIsNear)")
    }

    static func spentStub(_ stub: StubIdentity) -> APIError {
        own(.stubIsSpent, "the stub \(stub) has given all its replies and doesn’t repeat them.")
    }
}
