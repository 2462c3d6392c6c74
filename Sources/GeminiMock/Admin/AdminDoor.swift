// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import MicroHTTP

/// The admin API under `/__admin/`, in front of the API that is imitated. What comes here is in no journal.
struct AdminDoor: RequestHandler {
    /// Who answers everything else.
    let api: Pipeline
    /// Nil where the admin API is off; then its paths are none of the API's.
    let gate: AdminGate?
    let server: AdminServer

    /// The largest body of an admin call, in bytes: scenario files may be as large.
    private static let largestBody = 4 << 20

    func receiver(for head: RequestHead) -> (any BodyReceiver)? {
        guard isAdmin(head) else { return api.receiver(for: head) }
        // Nobody else has us keep anything.
        return isOpen(to: head) ? nil : UnwantedBody()
    }

    func bodyLimit(for head: RequestHead) -> Int {
        isAdmin(head) ? AdminDoor.largestBody : api.bodyLimit(for: head)
    }

    func respond(to request: HTTPRequest) -> ResponsePlan {
        isAdmin(request.head) ? plan(request) : api.respond(to: request)
    }

    func refuse(_ head: RequestHead, because problem: FramingProblem) -> ResponsePlan {
        api.refuse(head, because: problem)
    }

    func turnAway(_ head: RequestHead, because reason: TurnedAway) -> ResponsePlan {
        api.turnAway(head, because: reason)
    }

    func abandon(
        _ head: RequestHead, _ receiver: any BodyReceiver, arrival: Arrival, after count: Int,
        because ending: DeliveryEnding
    ) {
        guard !isAdmin(head) else { return }
        api.abandon(head, receiver, arrival: arrival, after: count, because: ending)
    }

    private func isAdmin(_ head: RequestHead) -> Bool {
        gate != nil && head.target.segments.first == "__admin" && head.target.tenant == nil
    }

    private func isOpen(to head: RequestHead) -> Bool {
        do throws(AdminError) {
            try gate?.check(head)
            return true
        } catch {
            return false
        }
    }

    // MARK: Answers

    private func plan(_ request: HTTPRequest) -> ResponsePlan {
        if let gate, gate.isPreflight(request.head) { return AdminDoor.preflight(request.head) }
        do throws(AdminError) {
            return allow(AdminDoor.plan(try answer(request)), for: request.head)
        } catch {
            return allow(AdminDoor.plan(error), for: request.head)
        }
    }

    // MARK: Pages of other origins

    /// What the browser asks before it sends the key of a page. It tells nobody anything.
    private static func preflight(_ head: RequestHead) -> ResponsePlan {
        var fields = fields(nil) + allowance(for: head)
        fields.append(HTTPFields.Field("Access-Control-Allow-Methods", "DELETE, GET, PATCH, POST, PUT"))
        fields.append(
            HTTPFields.Field(
                "Access-Control-Allow-Headers",
                "Authorization, Content-Type, Last-Event-ID, X-Gemini-Mock-Admin-Key"))
        fields.append(HTTPFields.Field("Access-Control-Max-Age", "600"))
        return ResponsePlan(status: 204, fields: fields, body: [])
    }

    /// Whoever has the key may read what it opens, wherever the page is from.
    private func allow(_ plan: ResponsePlan, for head: RequestHead) -> ResponsePlan {
        guard let gate, gate.isOpened(by: head), head.fields.contains("origin") else { return plan }
        if let pending = plan.pending { return .pending(pending.mapped { allow($0, for: head) }) }
        var plan = plan
        plan.head.fields += AdminDoor.allowance(for: head)
        return plan
    }

    private static func allowance(for head: RequestHead) -> [HTTPFields.Field] {
        guard let origin = head.fields["origin"], !origin.isEmpty,
            origin.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else { return [] }
        return [
            HTTPFields.Field("Access-Control-Allow-Origin", origin), HTTPFields.Field("Vary", "Origin"),
        ]
    }

    private func answer(_ request: HTTPRequest) throws(AdminError) -> AdminAnswer {
        let head = request.head
        try gate?.check(head)
        switch AdminRouteTable.match(head.method, head.target.segments.dropFirst()) {
        case .route(let route, let names):
            let call = AdminCall(head: head, names: names, body: try AdminDoor.body(of: request))
            return try route.answer(call, server)
        case .otherMethod(let methods):
            throw AdminError(
                status: 405, message: "This path takes \(methods.joined(separator: ", ")).", allowed: methods)
        case .unknown:
            let hint = AdminDoor.isCallBeforeSlash(head) ? " without the slash at the end there is one;" : ""
            throw .notFound("There is no such admin call;\(hint) /__admin/openapi.yaml describes them all.")
        }
    }

    /// Whether the path is that of a call but for a slash at its end. As with the API itself, that is another path.
    private static func isCallBeforeSlash(_ head: RequestHead) -> Bool {
        let segments = head.target.segments
        guard segments.count > 2, segments.last == "" else { return false }
        if case .unknown = AdminRouteTable.match(head.method, segments.dropFirst().dropLast()) {
            return false
        }
        return true
    }

    private static func body(of request: HTTPRequest) throws(AdminError) -> [UInt8] {
        switch request.body {
        case .bytes(let bytes): return bytes
        case .tooLarge(let limit):
            throw AdminError(status: 413, message: "The body is larger than \(limit) bytes.")
        case .received: return []
        }
    }

    private static func plan(_ answer: AdminAnswer) -> ResponsePlan {
        switch answer {
        case .json(let value, let status): plan(value, status: status)
        case .text(let text, let type):
            ResponsePlan(status: 200, fields: fields(type), body: Array(text.utf8))
        case .done: ResponsePlan(status: 204, fields: fields(nil), body: [])
        case .events(let actions, let witness): stream(actions, witness)
        case .later(let time, let look, let giveUp):
            .pending(
                PendingPlan(within: time) {
                    look().map { plan($0) }
                } otherwise: {
                    plan(giveUp())
                })
        }
    }

    private static func stream(_ actions: LiveActions, _ witness: any DeliveryWitness) -> ResponsePlan {
        var plan = ResponsePlan(
            head: ResponseHead(status: 200, fields: fields("text/event-stream")), framing: .chunked,
            actions: [.live(actions)])
        plan.witness = witness
        return plan
    }

    private static func plan(_ value: JSON, status: Int) -> ResponsePlan {
        ResponsePlan(
            status: status, fields: fields("application/json; charset=UTF-8"),
            body: value.bytes(.pretty) + [UInt8(ascii: "\n")])
    }

    private static func plan(_ error: AdminError) -> ResponsePlan {
        let told = AdminText.object([
            "status": .int(error.status), "message": .string(error.message),
            "problems": error.problems.map { AdminText.problems($0) },
        ])
        var plan = plan(["error": told], status: error.status)
        // A 405 has to have it (RFC 9110, 15.5.6).
        if !error.allowed.isEmpty {
            plan.head.fields.append(HTTPFields.Field("Allow", error.allowed.joined(separator: ", ")))
        }
        return plan
    }

    /// No browser is to keep what it got, or to take it for a page.
    private static func fields(_ type: String?) -> [HTTPFields.Field] {
        (type.map { [HTTPFields.Field("Content-Type", $0)] } ?? []) + [
            HTTPFields.Field("Cache-Control", "no-store"),
            HTTPFields.Field("X-Content-Type-Options", "nosniff"),
            HTTPFields.Field("Cross-Origin-Resource-Policy", "same-origin"),
        ]
    }
}
