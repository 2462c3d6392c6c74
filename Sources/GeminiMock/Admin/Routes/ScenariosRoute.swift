// SPDX-License-Identifier: Apache-2.0

import GeminiService
import HTTPWire
import ScenarioEngine

/// The scenarios that are loaded, in the order in which their stubs are tried; those for everybody first.
struct ScenariosRoute: AdminRoute {
    let method = "GET"
    let path = "scenarios"

    func answer(_ call: AdminCall, _ server: AdminServer) throws(AdminError) -> AdminAnswer {
        try call.checkQuery()
        return .json([
            "scenarios": AdminText.list(server.player.usage) { .object(ScenariosRoute.shown($0)) }
        ])
    }

    static func shown(_ usage: ScenarioUsage) -> [JSON.Member] {
        let scenario = usage.scenario
        let members: KeyValuePairs<String, JSON?> = [
            "name": .string(scenario.name), "description": scenario.description.map { .string($0) },
            "source": .string(scenario.source), "audience": .string(scenario.audience.rawValue),
            "loadedWhileRunning": .bool(scenario.isAdded), "stubCount": .int(scenario.stubs),
            "usedStubCount": .int(usage.stubs.count { $0.uses > 0 }),
        ]
        return members.compactMap { name, value in value.map { JSON.Member(name, $0) } }
    }
}

/// One of them, with its stubs.
struct ScenarioRoute: AdminRoute {
    let method = "GET"
    let path = "scenarios/{name}"

    func answer(_ call: AdminCall, _ server: AdminServer) throws(AdminError) -> AdminAnswer {
        try call.checkQuery()
        guard let usage = server.player.usage.first(where: { $0.scenario.name == call.names[0] }) else {
            throw ScenarioRoute.unknown(call.names[0], server)
        }
        let stubs = AdminText.list(usage.stubs) { stub in
            [
                "name": .string(stub.stub.name), "place": .string(stub.stub.place),
                "required": .bool(stub.isRequired), "replies": .int(stub.replies), "uses": .int(stub.uses),
            ]
        }
        return .json(.object(ScenariosRoute.shown(usage) + [JSON.Member("stubs", stubs)]))
    }

    static func unknown(_ name: String, _ server: AdminServer) -> AdminError {
        let near = server.player.repertoire.suggestion(for: name).map { " (did you mean \($0)?)" } ?? ""
        return .notFound("There is no scenario \(Repertoire.quoted(name))\(near).")
    }
}

/// Loads one, from its text in YAML or JSON. It replaces the one of its name.
struct LoadScenarioRoute: AdminRoute {
    let method = "POST"
    let path = "scenarios"

    func answer(_ call: AdminCall, _ server: AdminServer) throws(AdminError) -> AdminAnswer {
        try call.checkQuery(["library"])
        let isForLibrary = try call.bool("library") ?? false
        let audience = isForLibrary ? ScenarioAudience.library : .everybody
        guard !call.body.isEmpty else {
            throw .badRequest("The body must be a scenario, in YAML or JSON; it is empty.")
        }
        guard let text = String(validating: call.body, as: UTF8.self) else {
            throw .badRequest("The body isn't UTF-8.")
        }
        do throws(ScenarioProblems) {
            let loaded = try server.player.load(
                [MockScenario(parsing: text, file: "scenario")], for: audience)
            return .json([
                "name": .string(loaded.names.first ?? ""), "audience": .string(audience.rawValue),
                "warnings": AdminText.list(loaded.warnings) { AdminText.problem($0) },
            ])
        } catch {
            throw .badRequest(error)
        }
    }
}

/// Takes one away, wherever it came from.
struct RemoveScenarioRoute: AdminRoute {
    let method = "DELETE"
    let path = "scenarios/{name}"

    func answer(_ call: AdminCall, _ server: AdminServer) throws(AdminError) -> AdminAnswer {
        try call.checkQuery()
        guard server.player.remove(call.names[0]) else {
            throw ScenarioRoute.unknown(call.names[0], server)
        }
        return .done
    }
}
