// SPDX-License-Identifier: Apache-2.0

import GeminiService
import HTTPWire

/// The turns of the Interactions API that are kept, the newest first.
struct InteractionsRoute: AdminRoute {
    let method = "GET"
    let path = "interactions"

    func answer(_ call: AdminCall, _ server: AdminServer) throws(AdminError) -> AdminAnswer {
        try server.page(call, "interactions") { tenant, before, size in
            server.service.turns(of: tenant, before: before, size: size)
        } _: {
            .object(InteractionsRoute.shown($0))
        }
    }

    static func shown(_ turn: InteractionListing) -> [JSON.Member] {
        let run = turn.run.map { run in
            AdminText.object([
                "queued": AdminText.time(run.queued), "begins": run.begins.map { AdminText.time($0) },
                "ends": run.ends.map { AdminText.time($0) },
            ])
        }
        let members: KeyValuePairs<String, JSON?> = [
            "id": .string(turn.id), "tenant": .string(turn.tenant.label), "status": .string(turn.status),
            "model": turn.model.map { .string($0) }, "agent": turn.agent.map { .string($0) },
            "created": AdminText.time(turn.created), "updated": AdminText.time(turn.updated),
            "previousInteractionId": turn.previousID.map { .string($0) }, "run": run,
        ]
        return members.compactMap { name, value in value.map { JSON.Member(name, $0) } }
    }
}

/// One of them, with the events that have happened by now.
struct InteractionRoute: AdminRoute {
    let method = "GET"
    let path = "interactions/{id}"

    /// So many events are told; a turn may have as many as it has letters.
    private static let mostEvents = 1000

    func answer(_ call: AdminCall, _ server: AdminServer) throws(AdminError) -> AdminAnswer {
        try call.checkQuery(["tenant"])
        let owners: [Tenant] =
            switch try server.choice(call) {
            case .everybody: Array(server.service.holdings.keys)
            case .one(let tenant): [tenant]
            case .unknown: []
            }
        let found = owners.compactMap { server.service.turn(call.names[0], of: $0) }
        guard let (turn, log) = found.first else { throw .notFound("There is no such interaction.") }
        guard found.count == 1 else {
            let labels = found.map(\.turn.tenant.label).sorted().prefix(10).joined(separator: ", ")
            throw .badRequest("Several tenants have one of that name: say which with ?tenant= (\(labels)).")
        }
        let events = InteractionRoute.events(Array(log.prefix(InteractionRoute.mostEvents)))
        return .json(
            .object(
                InteractionsRoute.shown(turn) + [
                    JSON.Member("events", .array(events)), JSON.Member("eventCount", .int(log.count)),
                ]))
    }

    private static func events(_ log: [(frame: [UInt8], time: Int64)]) -> [JSON] {
        var frames = log.map(\.frame)
        // What was sent is told again, and may have been cut anywhere.
        Redactor().mask(&frames)
        return zip(frames, log).map { frame, entry in
            let lines = frame.split(separator: UInt8(ascii: "\n"))
            let value = { (name: String) -> ArraySlice<UInt8>? in
                lines.first { $0.starts(with: name.utf8) }?.dropFirst(name.utf8.count)
            }
            let data = value("data: ") ?? []
            let json = (try? JSONDocument(parsing: Array(data))).map { JSON($0.root) }
            return AdminText.object([
                "event": value("event: ").map { .string(String(decoding: $0, as: UTF8.self)) },
                "at": AdminText.time(entry.time),
                "data": json ?? .string(String(decoding: data, as: UTF8.self)),
            ])
        }
    }
}
