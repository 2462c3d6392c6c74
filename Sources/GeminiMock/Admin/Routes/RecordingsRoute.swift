// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import RecordReplay

/// The recordings that are replayed, in the order in which they are asked, with what nobody has used of them.
struct RecordingsRoute: AdminRoute {
    let method = "GET"
    let path = "recordings"

    /// Of a longer list a client makes no use.
    private static let mostShown = 100

    func answer(_ call: AdminCall, _ server: AdminServer) throws(AdminError) -> AdminAnswer {
        try call.checkQuery()
        return .json([
            "recordings": AdminText.list(server.replay.replayer.usage) { recording in
                [
                    "name": .string(recording.name), "exchanges": .int(recording.exchanges),
                    "used": .int(recording.exchanges - recording.unused.count),
                    "unused": RecordingsRoute.unused(recording),
                ]
            }
        ])
    }

    /// The first of them.
    static func unused(_ recording: ReplayUsage) -> JSON {
        AdminText.list(Array(recording.unused.prefix(mostShown))) { exchange in
            [
                "recording": .string(recording.name), "exchange": .int(exchange.number),
                "method": .string(exchange.method), "target": .string(LogText.plain(exchange.target)),
            ]
        }
    }
}
