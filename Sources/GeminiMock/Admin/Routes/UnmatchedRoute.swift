// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// The requests that no stub has matched, each with the stubs that came nearest and one that would match it; newest first.
struct UnmatchedRoute: AdminRoute {
    let method = "GET"
    let path = "unmatched"

    private static let usualPage = 20
    private static let largestPage = 1000

    func answer(_ call: AdminCall, _ server: AdminServer) throws(AdminError) -> AdminAnswer {
        try call.checkQuery(["after", "pageSize", "pageToken", "tenant"])
        var filter = EntryFilter()
        filter.isUnmatched = true
        filter.after = try call.int("after", 0...Int.max)
        filter.tenant = try call.text("tenant").map { TenantFilter($0) }
        let size = try call.int("pageSize", 1...UnmatchedRoute.largestPage) ?? UnmatchedRoute.usualPage
        let last = try call.int("pageToken", 1...Int.max)
        let found = server.journal.readings(isNewestFirst: true, behind: last, most: size + 1) {
            filter.fits($0, server.subjects)
        }
        let page = found.prefix(size)
        var members: [JSON.Member] = [
            // Of all, those that are forgotten too.
            .init("count", .int(server.journal.totals.unmatched)),
            .init("entries", .array(page.map { EntryView($0, server.subjects).unmatched })),
        ]
        if found.count > size, let last = page.last {
            members.append(.init("nextPageToken", .string(String(last.id))))
        }
        return .json(.object(members))
    }
}
