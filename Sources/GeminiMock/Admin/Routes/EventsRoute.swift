// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// New entries as they come, for whoever watches.
struct EventsRoute: AdminRoute {
    let method = "GET"
    let path = "events"

    func answer(_ call: AdminCall, _ server: AdminServer) throws(AdminError) -> AdminAnswer {
        try call.checkQuery(EntryFilter.parameters + ["view"])
        let filter = try EntryFilter(call)
        let extent = try call.choice("view", EntryView.Extent.allCases.map(\.rawValue))
        let view = extent.flatMap { EntryView.Extent(rawValue: $0) } ?? .summary
        let start = try EventsRoute.start(call, filter, server.journal)
        guard let seat = server.watchers.take() else {
            throw AdminError(
                status: 503, message: "There are \(EntryWatchers.most) such streams already; end one of them."
            )
        }
        let stream = Monitor(EntryStream(server, filter, view, from: start))
        return .events(LiveActions { _ in stream.withLock { $0.next() } }, seat)
    }

    /// Where the client left off; else behind `after`; else now.
    private static func start(
        _ call: AdminCall, _ filter: EntryFilter, _ journal: Journal
    ) throws(AdminError) -> EntryStream.Position {
        let now = journal.position
        if let text = call.head.fields["last-event-id"], !text.isEmpty {
            guard let position = EntryStream.Position(text) else {
                throw .badRequest("“Last-Event-ID” must be the id of an event of this stream.")
            }
            // One of a server that was there before: all is new.
            let isOurs = position.revision <= now.revision && position.entry <= now.entry
            return isOurs ? position : EntryStream.Position(revision: 0, entry: 0)
        }
        return filter.after.map { EntryStream.Position(revision: 0, entry: $0) } ?? now
    }
}

extension Journal {
    /// Where a stream of what comes from now on begins.
    fileprivate var position: EntryStream.Position {
        let (revision, id) = latest
        return EntryStream.Position(revision: revision, entry: id)
    }
}
