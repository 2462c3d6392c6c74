// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// What belongs together: an upload's requests, those about an interaction, a request with those that were sent again since
/// it failed. Newest first, by the first request of each.
struct OperationsRoute: AdminRoute {
    let method = "GET"
    let path = "operations"

    private static let usualPage = 100
    private static let largestPage = 1000
    /// Of so many requests the ids are told.
    private static let mostIDs = 1000

    func answer(_ call: AdminCall, _ server: AdminServer) throws(AdminError) -> AdminAnswer {
        try call.checkQuery(["endpoint", "pageSize", "pageToken", "requests", "tenant"])
        var filter = EntryFilter()
        filter.endpoint = try EntryFilter.endpoint(call)
        filter.tenant = try call.text("tenant").map { TenantFilter($0) }
        let least = try call.int("requests", 1...Int.max) ?? 1
        let size = try call.int("pageSize", 1...OperationsRoute.largestPage) ?? OperationsRoute.usualPage
        let last = try call.int("pageToken", 1...Int.max) ?? Int.max

        var operations: [Int: [JournalReading]] = [:]
        for reading in server.journal.readings() where reading.operation < last {
            operations[reading.operation, default: []].append(reading)
        }
        let found = operations.filter { _, readings in
            readings.count >= least && readings.contains { filter.fits($0, server.subjects) }
        }
        let page = found.keys.sorted(by: >).prefix(size)
        var members = [
            JSON.Member(
                "operations", .array(page.map { OperationsRoute.json($0, found[$0] ?? []) }))
        ]
        if found.count > size, let last = page.last {
            members.append(.init("nextPageToken", .string(String(last))))
        }
        return .json(.object(members))
    }

    private static func json(_ id: Int, _ readings: [JournalReading]) -> JSON {
        let entries = readings.map(\.facts)
        var members: [JSON.Member] = [.init("id", .int(id))]
        func add(_ name: String, _ value: JSON?) { if let value { members.append(.init(name, value)) } }
        add("tenant", entries.first?.tenant.map { .string($0.name) })
        add("endpoint", entries.first?.endpoint.map { .string($0) })
        add("requests", .int(readings.count))
        add("entries", .array(readings.prefix(mostIDs).map { .int($0.id) }))
        add("statuses", .array(readings.prefix(mostIDs).map { $0.answer.map { .int($0.status) } ?? .null }))
        add("began", entries.first.map { .string(EntryView.time($0.time)) })
        add("lastRequest", entries.last.map { .string(EntryView.time($0.time)) })
        return .object(members)
    }
}

/// The requests of an operation in order, with the gaps between them.
struct OperationRoute: AdminRoute {
    let method = "GET"
    let path = "operations/{id}"

    func answer(_ call: AdminCall, _ server: AdminServer) throws(AdminError) -> AdminAnswer {
        try call.checkQuery()
        let name = call.names.first ?? ""
        guard let id = Int(name), id > 0 else {
            throw .badRequest(
                "The id of an operation is a number, found “\(LogText.plain(String(name.prefix(100))))”.")
        }
        let readings = server.journal.readings(after: id - 1).filter { $0.operation == id }
        guard !readings.isEmpty else {
            throw .notFound("There is no operation \(id), or no more.")
        }
        let views = readings.map { EntryView($0, server.subjects) }
        let steps = readings.indices.map { index in
            OperationStep(
                view: views[index], reading: readings[index],
                before: index > 0 ? (views[index - 1], readings[index - 1]) : nil
            ).json
        }
        return .json(["id": .int(id), "entries": .array(steps)])
    }
}
