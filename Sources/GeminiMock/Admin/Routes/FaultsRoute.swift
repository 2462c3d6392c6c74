// SPDX-License-Identifier: Apache-2.0

import GeminiService
import HTTPWire
import ScenarioEngine

/// The faults that were armed while the server runs, in that order, spent ones too.
struct FaultsRoute: AdminRoute {
    let method = "GET"
    let path = "faults"

    func answer(_ call: AdminCall, _ server: AdminServer) throws(AdminError) -> AdminAnswer {
        try call.checkQuery()
        return .json(["faults": AdminText.list(server.player.armedFaults) { FaultsRoute.shown($0) }])
    }

    static func shown(_ fault: ArmedFault) -> JSON {
        [
            "id": .int(fault.id), "fault": .string(fault.name), "times": .int(fault.times),
            "struck": .int(fault.struck), "spent": .bool(fault.isSpent),
        ]
    }
}

/// Arms one for the next answers that fit.
struct ArmFaultRoute: AdminRoute {
    let method = "POST"
    let path = "faults"

    func answer(_ call: AdminCall, _ server: AdminServer) throws(AdminError) -> AdminAnswer {
        try call.checkQuery()
        let fields = try ArmFaultRoute.fields(call)
        let times = try fields.int("times", 1...1_000_000)
        guard let fault = fields["fault"] else {
            throw .badRequest(
                "There is no “fault” to arm: say {\"fault\": \"reset\"}, or more as in a reply's “faults”: "
                    + "{\"fault\": {\"fault\": \"error-mid-stream\", \"error\": \"model-overloaded\"}}.")
        }
        do throws(ScenarioProblems) {
            let condition = try fields["when"].map { when throws(ScenarioProblems) in
                try RequestCondition(when, file: "body")
            }
            let armed = try server.player.arm(fault, when: condition, times: times, file: "body")
            return .json(FaultsRoute.shown(armed))
        } catch {
            throw .badRequest(error)
        }
    }
}

extension ArmFaultRoute {
    /// - Throws: for what else a fault has beside its name, where that belongs.
    private static func fields(_ call: AdminCall) throws(AdminError) -> AdminFields {
        do {
            return try AdminFields(call, known: ["fault", "when", "times"])
        } catch {
            guard let root = try? JSONDocument(parsing: call.body, grammar: .strict).root,
                let name = root["fault"]?.string,
                let other = root.members.map(\.name).first(where: { FaultNames.options.contains($0) })
            else { throw error }
            throw .badRequest(
                "“\(other)” belongs inside “fault”: {\"fault\": {\"fault\": \"\(LogText.plain(name))\", "
                    + "\"\(other)\": …}}.")
        }
    }
}

/// Takes one away.
struct DisarmFaultRoute: AdminRoute {
    let method = "DELETE"
    let path = "faults/{id}"

    func answer(_ call: AdminCall, _ server: AdminServer) throws(AdminError) -> AdminAnswer {
        try call.checkQuery()
        guard let id = Int(call.names[0]), server.player.disarm(id) else {
            throw .notFound("There is no armed fault with that id.")
        }
        return .done
    }
}

/// Takes all away.
struct DisarmFaultsRoute: AdminRoute {
    let method = "DELETE"
    let path = "faults"

    func answer(_ call: AdminCall, _ server: AdminServer) throws(AdminError) -> AdminAnswer {
        try call.checkQuery()
        server.player.disarmAll()
        return .done
    }
}
