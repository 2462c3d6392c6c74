// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import RecordReplay
import ScenarioEngine

/// What `gemini-mock run` would report: requests that no stub and no recording has matched, required stubs that nobody has
/// used, faults that haven't struck, recorded exchanges that nobody has used.
struct FindingsRoute: AdminRoute {
    let method = "GET"
    let path = "findings"

    func answer(_ call: AdminCall, _ server: AdminServer) throws(AdminError) -> AdminAnswer {
        try call.checkQuery()
        let unmatched = server.unmatched.value
        let (unused, unspent) = (server.player.unused, server.player.unspentFaults)
        let recordings = server.replay.replayer.usage
        let exchanges = recordings.reduce(0) { $0 + $1.unused.count }
        return .json([
            "clean": .bool(unmatched.count == 0 && unused.isEmpty && unspent.isEmpty && exchanges == 0),
            "unmatched": [
                "count": .int(unmatched.count), "first": AdminText.list(unmatched.first) { .string($0) },
            ],
            "unused": AdminText.list(unused) { .object(FindingsRoute.shown($0)) },
            "unspent": AdminText.list(unspent) { FindingsRoute.shown($0) },
            "unusedExchanges": [
                "count": .int(exchanges),
                "first": .array(
                    Array(
                        recordings.lazy.flatMap { recording -> [JSON] in
                            if case .array(let texts) = RecordingsRoute.unused(recording) {
                                texts
                            } else {
                                []
                            }
                        }.prefix(20))),
            ],
        ])
    }

    private static func shown(_ stub: StubIdentity) -> [JSON.Member] {
        [
            JSON.Member("stub", .string(stub.name)), JSON.Member("scenario", .string(stub.scenario)),
            JSON.Member("place", .string(stub.place)),
        ]
    }

    private static func shown(_ fault: UnspentFault) -> JSON {
        let source: [JSON.Member] =
            switch fault.source {
            case .stub(let stub): shown(stub)
            case .armed(let id): [JSON.Member("id", .int(id))]
            }
        return .object(
            [JSON.Member("fault", .string(fault.name))] + source + [
                JSON.Member("times", .int(fault.times)), JSON.Member("struck", .int(fault.spent)),
            ])
    }
}
