// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// What time it is for the server.
struct ClockRoute: AdminRoute {
    let method = "GET"
    let path = "clock"

    func answer(_ call: AdminCall, _ server: AdminServer) throws(AdminError) -> AdminAnswer {
        try call.checkQuery()
        return .json(ClockRoute.shown(server.clock))
    }

    static func shown(_ clock: ServerClock) -> JSON {
        let state = clock.state
        return [
            "now": AdminText.time(state.nanoseconds),
            "offset": .string(AdminText.duration(state.offset)), "frozen": .bool(state.isFrozen),
            "waiting": .int(clock.waiting),
        ]
    }
}

/// Moves the clock on, stops it or sets it going.
struct MoveClockRoute: AdminRoute {
    let method = "POST"
    let path = "clock"

    func answer(_ call: AdminCall, _ server: AdminServer) throws(AdminError) -> AdminAnswer {
        try call.checkQuery()
        let fields = try AdminFields(call, known: ["advance", "freeze", "resume"])
        let advance = try fields.duration("advance")
        let (freeze, resume) = (try isTold("freeze", fields), try isTold("resume", fields))
        guard advance != nil || freeze || resume else {
            throw .badRequest(#"There is nothing to do: say {"advance": "48h"}, "freeze" or "resume"."#)
        }
        guard !(freeze && resume) else { throw .badRequest("The clock can't be both stopped and set going.") }
        if let advance, !server.clock.advanceWhole(by: advance) {
            throw .badRequest(
                "The clock goes \(AdminText.days(ClockShift.furthest)) ahead at most, all moves together, and is "
                    + "\(AdminText.duration(server.clock.state.offset)) ahead now.")
        }
        if freeze { server.clock.freeze() }
        if resume { server.clock.resume() }
        return .json(ClockRoute.shown(server.clock))
    }

    private func isTold(_ name: String, _ fields: AdminFields) throws(AdminError) -> Bool {
        guard let value = try fields.bool(name) else { return false }
        guard value else {
            throw .badRequest(#""\#(name)" can be true alone; "freeze" and "resume" undo each other."#)
        }
        return true
    }
}
