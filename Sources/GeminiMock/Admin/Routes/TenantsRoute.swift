// SPDX-License-Identifier: Apache-2.0

import GeminiService
import HTTPWire
import ScenarioEngine

/// Who is known to the server, in the order of what is shown of them.
struct TenantsRoute: AdminRoute {
    let method = "GET"
    let path = "tenants"

    func answer(_ call: AdminCall, _ server: AdminServer) throws(AdminError) -> AdminAnswer {
        try call.checkQuery(["pageSize", "pageToken"])
        let page = try AdminPage(call)
        let known = server.tenants.map { (tenant: $0.key, facts: $0.value) }
            .filter { $0.tenant.label > page.token ?? "" || page.token == nil }
            .sorted { $0.tenant.label < $1.tenant.label }
        let shown = known.prefix(page.size)
        let progress = server.player.progress(of: Set(shown.map(\.tenant.id)))
        return .json(
            AdminPage.json(
                "tenants",
                shown.map { TenantsRoute.shown($0.tenant, $0.facts, progress[$0.tenant.id] ?? []) },
                next: known.count > page.size ? shown.last?.tenant.label : nil))
    }

    static func shown(
        _ tenant: Tenant, _ facts: (requests: Int, kept: TenantHoldings), _ progress: [ScenarioProgress]
    ) -> JSON {
        [
            "tenant": .string(tenant.label), "requests": .int(facts.requests),
            "files": .int(facts.kept.files), "fileBytes": .int(facts.kept.fileBytes),
            "uploads": .int(facts.kept.uploads), "interactions": .int(facts.kept.interactions),
            "progress": AdminText.list(progress) { shown($0) },
        ]
    }

    private static func shown(_ progress: ScenarioProgress) -> JSON {
        AdminText.object([
            "scenario": progress.scenario.map { .string($0) },
            "states": AdminText.list(progress.states) { state in
                [
                    "scenario": .string(state.scenario), "name": .string(state.name),
                    "value": .string(state.value),
                ]
            },
            "stubs": AdminText.list(progress.stubs) { stub in
                AdminText.object([
                    "stub": .string(stub.stub.name), "scenario": .string(stub.stub.scenario),
                    "place": .string(stub.stub.place), "uses": .int(stub.uses),
                    "replies": .int(stub.replies), "calls": stub.calls.map { .int($0) },
                ])
            },
        ])
    }
}

/// One of them.
struct TenantRoute: AdminRoute {
    let method = "GET"
    let path = "tenants/{tenant}"

    func answer(_ call: AdminCall, _ server: AdminServer) throws(AdminError) -> AdminAnswer {
        try call.checkQuery()
        let tenant = try server.knownTenant(named: call.names[0])
        let facts = server.tenants[tenant] ?? (0, TenantHoldings())
        return .json(TenantsRoute.shown(tenant, facts, server.player.progress(of: tenant.id)))
    }
}

/// Forgets all that is one tenant's: files, uploads, turns and how far it has come. What it has sent stays in the journal.
struct DeleteTenantRoute: AdminRoute {
    let method = "DELETE"
    let path = "tenants/{tenant}"

    func answer(_ call: AdminCall, _ server: AdminServer) throws(AdminError) -> AdminAnswer {
        try call.checkQuery()
        server.reset(stateOf: try server.knownTenant(named: call.names[0]))
        return .done
    }
}
