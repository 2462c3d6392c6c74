// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// The entries of the journal that somebody wants to see, page by page. A page begins behind the last entry of the one
/// before, whatever has come and gone since.
struct EntriesRoute: AdminRoute {
    let method = "GET"
    let path = "entries"

    private static let usualPage = 100
    private static let largestPage = 1000

    func answer(_ call: AdminCall, _ server: AdminServer) throws(AdminError) -> AdminAnswer {
        try call.checkQuery(EntryFilter.parameters + ["order", "pageSize", "pageToken", "view"])
        let filter = try EntryFilter(call)
        let isNewestFirst = try call.choice("order", ["newest", "oldest"]) != "oldest"
        let size =
            try call.int("pageSize", 1...EntriesRoute.largestPage) ?? EntriesRoute.usualPage
        let last = try EntriesRoute.last(call, isNewestFirst)
        let extent = try call.choice("view", EntryView.Extent.allCases.map(\.rawValue))

        let found = server.journal.readings(isNewestFirst: isNewestFirst, behind: last, most: size + 1) {
            filter.fits($0, server.subjects)
        }
        let page = found.prefix(size)
        let view = extent.flatMap { EntryView.Extent(rawValue: $0) } ?? .summary
        var members = [
            JSON.Member(
                "entries", .array(page.map { EntryView($0, server.subjects).json(view) }))
        ]
        if found.count > size, let last = page.last {
            members.append(.init("nextPageToken", .string("\(isNewestFirst ? "n" : "o")\(last.id)")))
        }
        let occupancy = server.journal.occupancy
        members.append(.init("kept", .int(occupancy.entries)))
        members.append(.init("forgotten", .int(occupancy.forgotten)))
        return .json(.object(members))
    }

    /// The entry behind which a page begins.
    private static func last(_ call: AdminCall, _ isNewestFirst: Bool) throws(AdminError) -> Int? {
        guard let token = try call.text("pageToken") else { return nil }
        guard token.first == (isNewestFirst ? "n" : "o"), let id = Int(token.dropFirst()), id > 0 else {
            throw .badRequest("“pageToken” must be the nextPageToken of a page in the same order.")
        }
        return id
    }
}

/// Forgets all entries.
struct ForgetEntriesRoute: AdminRoute {
    let method = "DELETE"
    let path = "entries"

    func answer(_ call: AdminCall, _ server: AdminServer) throws(AdminError) -> AdminAnswer {
        try call.checkQuery()
        server.journal.reset()
        return .done
    }
}
