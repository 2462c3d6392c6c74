// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import ScenarioEngine

/// All about one request and its answer.
struct EntryRoute: AdminRoute {
    let method = "GET"
    let path = "entries/{id}"

    func answer(_ call: AdminCall, _ server: AdminServer) throws(AdminError) -> AdminAnswer {
        try call.checkQuery()
        let reading = try server.reading(call)
        return .json(EntryView(reading, server.subjects).json(.full))
    }
}

/// The stubs that come nearest to a request, of those that are played now for its tenant.
struct EntryNearMissesRoute: AdminRoute {
    let method = "GET"
    let path = "entries/{id}/near-misses"

    func answer(_ call: AdminCall, _ server: AdminServer) throws(AdminError) -> AdminAnswer {
        try call.checkQuery()
        let reading = try server.reading(call)
        guard let subject = server.subjects.subject(of: reading) else {
            throw .badRequest("Entry \(reading.id) is none of the API's: no stub could match it.")
        }
        return .json([
            "entry": .int(reading.id),
            "nearMisses": .array(server.player.nearMisses(of: subject).map { NearMissView.json($0) }),
            "stubDraft": .string(StubDraft(subject).stub),
        ])
    }
}

extension AdminServer {
    /// The entry that a path names.
    fileprivate func reading(_ call: AdminCall) throws(AdminError) -> JournalReading {
        let name = call.names.first ?? ""
        guard name.first != "+", let id = Int(name), id > 0 else {
            throw .badRequest(
                "The id of an entry is a number, found “\(LogText.plain(String(name.prefix(100))))”.")
        }
        guard let reading = journal.reading(id) else {
            throw .notFound("There is no entry \(id), or no more.")
        }
        return reading
    }
}
