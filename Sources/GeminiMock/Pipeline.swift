// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import GeminiService
import HTTPWire
import Logging
import MicroHTTP
import RecordReplay
import ScenarioEngine

/// The way of one request, from top to bottom: what arrived → which endpoint → may it → what does it say → what have the
/// scenarios and recordings to say → the answer → what is put on the wire. Each step makes a new value from the one before; none goes back.
struct Pipeline: RequestHandler {
    let endpoints: EndpointTable
    let credentials: Credentials
    let service: FakeService
    let scenarios: ScenarioStage
    let replay: ReplayStage
    /// Nil where the server answers by itself.
    var passing: PassingOn?
    let renderer: AnswerRenderer
    let journal: Journal
    var turns = TenantTurns(limit: .max)
    let maximumRequestBytes: Int
    let usesGzip: Bool
    let logger: Logger

    func receiver(for head: RequestHead) -> (any BodyReceiver)? {
        if let replayed = replay.receiver(for: head) { return replayed }
        // Nobody here keeps files then.
        if let passing { return passing.receiver(for: head, replay) }
        guard let (endpoint, version, names) = endpoints.receivingEndpoint(for: head) else { return nil }
        if replay.longestWholeUpload(head) != nil { return nil }
        // Else anybody could have files written that are refused only at their end.
        guard let tenant = endpoint.tenant(of: head, service) ?? (try? credentials.tenant(of: head)) else {
            return UnwantedBody()
        }
        guard let receiver = endpoint.receiver(for: head, service), let empty = try? parsed([]) else {
            return nil
        }
        let call = APICall(head: head, version: version, names: names, tenant: tenant, body: empty)
        return scenarios.staged(receiver, call, for: endpoint, service)
    }

    func bodyLimit(for head: RequestHead) -> Int {
        max(maximumRequestBytes, replay.longestWholeUpload(head) ?? 0)
    }

    func respond(to request: HTTPRequest) -> ResponsePlan {
        let started = renderer.clock.nanoseconds
        let notes = RequestNotes()
        var plan = answer(request, started: started, notes)
        if notes.staging.source == .upstream { return entered(plan, request, notes, at: started) }
        let wire = notes.staging.wire
        let replayed = notes.staging.replayed
        let readable = replayed?.readable ?? plan.actions
        // What a scenario says of bytes and events is about those that are seen here.
        if usesGzip, wire == nil, replayed == nil, GzipCoding.isAccepted(by: request.head) {
            plan = GzipCoding.encode(plan)
        }
        plan = CrossOrigin.allow(plan, for: request.head)
        var shown = plan
        if let wire {
            plan = wire.applied(to: plan, for: request.head)
            shown = plan
        } else {
            shown.actions = readable
        }
        plan.witness = journal.enter(request, shown, notes, at: started)
        if let turn = notes.turn { plan.witness = TurnWitness(turn, plan.witness) }
        log(request, plan, started: started)
        return plan
    }

    func abandon(
        _ head: RequestHead, _ receiver: any BodyReceiver, arrival: Arrival, after count: Int,
        because ending: DeliveryEnding
    ) {
        let notes = RequestNotes()
        if case .endpoint(let endpoint, _, _) = endpoints.route(head) {
            notes.endpoint = endpoint.name
            notes.tenant = endpoint.tenant(of: head, service) ?? (try? credentials.tenant(of: head))
            if let id = head.target.queryValue("upload_id") { notes.concerns(.upload(id: id)) }
        }
        if let staged = receiver as? StagedReceiver { notes.staging = staged.staging }
        if let passed = receiver as? PassedReceiver {
            passing?.handler.abandon(
                passed.head, passed.inner, arrival: arrival, after: count, because: ending)
        }
        journal.enter(
            abandoned: head, notes, arrival: arrival, count: count, ending, at: renderer.clock.nanoseconds)
    }

    func refuse(_ head: RequestHead, because problem: FramingProblem) -> ResponsePlan {
        logger.notice("\(LogText.line(head)) refused, it can be understood in two ways: \(problem)")
        let started = renderer.clock.nanoseconds
        let page = renderer.page(status: 400, ErrorPage.badRequest, started: started)
        var plan = CrossOrigin.allow(page, for: head)
        plan.witness = journal.enter(
            HTTPRequest(head: head, body: .bytes([])), plan, RequestNotes(), at: started)
        return plan
    }

    func turnAway(_ head: RequestHead, because reason: TurnedAway) -> ResponsePlan {
        logger.notice("\(LogText.line(head)) isn't served: \(reason)")
        let started = renderer.clock.nanoseconds
        let answer =
            switch reason {
            case .tooManyConnections: renderer.plan(.serviceUnavailable, form: .object, started: started)
            case .slowBody: renderer.page(status: 408, ErrorPage.timeout, started: started)
            }
        var plan = CrossOrigin.allow(answer, for: head)
        plan.witness = journal.enter(
            HTTPRequest(head: head, body: .bytes([])), plan, RequestNotes(), at: started)
        return plan
    }

    /// - Parameter notes: get what is found out, for refusals too; the plan follows from what a scenario wants of the wire.
    private func answer(_ request: HTTPRequest, started: Int64, _ notes: RequestNotes) -> ResponsePlan {
        let head = request.head
        if CrossOrigin.isPreflight(head) {
            return renderer.empty(CrossOrigin.preflightFields(head), started: started)
        }
        if case .received(let body) = request.body, let upload = body as? ReplayedUploadReceiver {
            return goOn(upload, head, started, notes)
        }
        if case .received(let body) = request.body, let passed = body as? PassedReceiver, let passing {
            notes.endpoint = receivingName(head)
            notes.staging = Staging(source: .upstream)
            return passing.plan(for: passed)
        }
        let offer = offer(request)
        switch endpoints.route(head) {
        case .unknownPath:
            return beyond(head, .object, started, notes, offer) { _ in
                passedOn(request, notes)
                    ?? renderer.page(status: 404, ErrorPage.notFound(head.target), started: started)
            }
        case .unknownMethod:
            return beyond(head, .object, started, notes, offer) { caller throws(APIError) in
                if let plan = passedOn(request, notes) { return plan }
                if let error = caller.error { throw error }
                throw .noSuchMethod
            }
        case .endpoint(let endpoint, let version, let names):
            notes.endpoint = endpoint.name
            return refusing(endpoint.errorForm(for: head), head, started) {
                let service = service.noting(in: notes)
                let bound: APICall
                let staged: StagedReceiver?
                do {
                    (bound, staged) = try self.bound(request, endpoint, version, names, service, notes)
                } catch {
                    // What was recorded is answered, whatever is thought of it here.
                    guard let tenant = notes.tenant ?? anonymous(error) else { throw error }
                    if let offer, let plan = try replaying(offer, head, tenant, notes) { return plan }
                    if let plan = passedOn(request, notes) { return plan }
                    throw error
                }
                let shape = try AnswerShape(query: head.target.query, message: endpoint.answerMessage ?? "")
                // What was received as parts of it isn't there.
                if bound.received == nil { offer?.json = bound.body }
                let staging = asked(staged, bound, endpoint, service, offer)
                notes.staging = staging
                if let refusal = staging.refusal { throw refusal }
                if let plan = staging.replayed?.plan { return plan }
                if staging.source == .builtIn, let plan = passedOn(request, notes) { return plan }
                let call = staging.applied(to: bound)
                let answer = try service.taking(staging.settings?.runLength).answer(call, by: endpoint)
                    .shaped(shape)
                return renderer(staging.settings).plan(answer, started: started)
            }
        }
    }

    /// The request as a call of an endpoint: who may, what does it say, is it right.
    private func bound(
        _ request: HTTPRequest, _ endpoint: any Endpoint, _ version: String, _ names: [String],
        _ service: FakeService, _ notes: RequestNotes
    ) throws -> (APICall, StagedReceiver?) {
        let head = request.head
        let tenant = try endpoint.tenant(of: head, service) ?? credentials.tenant(of: head)
        notes.tenant = tenant
        notes.turn = try turns.begin(tenant)
        let (body, received) = try read(request.body, head, endpoint, service)
        notes.body = body
        let staged = received as? StagedReceiver
        let sent = APICall(
            head: head, version: version, names: names, tenant: tenant, body: body,
            received: staged?.inner ?? received
        )
        return (try service.checks.bind(sent, to: endpoint), staged)
    }

    /// The renderer, as the settings of what is played want it.
    private func renderer(_ settings: ScenarioSet.Settings?) -> AnswerRenderer {
        settings?.streamInterval.map { renderer.pausing(for: $0) } ?? renderer
    }

    /// What a scenario wants of a request, asked now unless it was asked when the head had come.
    private func asked(
        _ staged: StagedReceiver?, _ call: APICall, _ endpoint: any Endpoint, _ service: FakeService,
        _ offer: ReplayOffer?
    ) -> Staging {
        if let staged { return staged.staging }
        // No stub has matched it then, and it isn't counted twice.
        if call.received != nil, endpoint.goesOn(call.head) { return Staging() }
        return scenarios.staging(of: call, for: endpoint, service, offer)
    }

    /// The body as JSON, or what has taken it. An absent one is an empty message.
    private func read(
        _ body: HTTPRequest.Body, _ head: RequestHead, _ endpoint: any Endpoint, _ service: FakeService
    ) throws(APIError) -> (json: JSONView, receiver: (any BodyReceiver)?) {
        switch body {
        case .tooLarge(let limit): throw .tooLarge(limit: limit)
        case .received(let receiver): return (try parsed([]), receiver)
        case .bytes(let bytes):
            // Kept for the recordings only, which had nothing to say.
            guard replay.longestWholeUpload(head) != nil,
                let receiver = endpoint.receiver(for: head, service)
            else { return (try parsed(bytes), nil) }
            bytes.withUnsafeBytes { receiver.receive($0) }
            _ = receiver.finish()
            return (try parsed([]), receiver)
        }
    }

    private func parsed(_ bytes: [UInt8]) throws(APIError) -> JSONView {
        do {
            return try JSONDocument(parsing: bytes.isEmpty ? Array("{}".utf8) : bytes).root
        } catch {
            throw .malformed(error)
        }
    }

    /// Renders a refusal in the endpoint's form. What is no refusal is a failure of ours: logged, told as the API's own
    /// 500, and the server goes on.
    func refusing(
        _ form: ErrorForm, _ head: RequestHead, _ started: Int64, _ answer: () throws -> ResponsePlan
    ) -> ResponsePlan {
        do {
            return try answer()
        } catch let error as APIError {
            return renderer.plan(error, form: form, started: started)
        } catch {
            logger.error("\(LogText.line(head)) failed: \(error)")
            return renderer.plan(.internalError, form: form, started: started)
        }
    }

    private func log(_ request: HTTPRequest, _ plan: ResponsePlan, started: Int64) {
        logger.debug(
            """
            \(LogText.line(request.head)) → \(plan.head.status), \
            \(plan.bodyLength) bytes, \((renderer.clock.nanoseconds - started) / 1000) µs
            """
        )
    }
}
