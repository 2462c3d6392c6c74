// SPDX-License-Identifier: Apache-2.0

import GeminiService
import HTTPWire

extension AdminServer {
    /// The tenants that have sent something that is in the journal, play something, or have something kept.
    var tenants: [Tenant: (requests: Int, kept: TenantHoldings)] {
        var tenants: [Tenant: (requests: Int, kept: TenantHoldings)] = [:]
        for (tenant, kept) in service.holdings { tenants[tenant] = (0, kept) }
        // Requests that go on with an upload that isn't known are nobody's.
        for (tenant, requests) in journal.tenants where !tenant.id.isEmpty {
            tenants[tenant.withoutSecret, default: (0, TenantHoldings())].requests = requests
        }
        for id in player.tenants where !id.isEmpty && tenants[Tenant(id)] == nil {
            tenants[Tenant(id).withoutSecret] = (0, TenantHoldings())
        }
        return tenants
    }

    /// The tenant that is called so: what is shown of it, its name, its API key or its project. Nil where none is known.
    func tenant(named text: String) -> Tenant? { Tenant.named(text, among: tenants.keys) }

    /// The tenant that a segment of the path names.
    ///
    /// - Throws: `AdminError` where none is known.
    func knownTenant(named text: String) throws(AdminError) -> Tenant {
        let known = tenants.keys
        guard let tenant = Tenant.named(text, among: known) else {
            // It may be a key that isn't there: it isn't told again.
            throw .notFound("No such tenant has sent anything, or has anything kept.")
        }
        return tenant
    }

    /// Whose things a list is about, by the parameter `tenant`.
    enum Choice {
        case everybody
        case one(Tenant)
        case unknown
    }

    func choice(_ call: AdminCall) throws(AdminError) -> Choice {
        guard let text = try call.text("tenant") else { return .everybody }
        return tenant(named: text).map { .one($0) } ?? .unknown
    }

    /// A page of what a tenant has, or all; empty where the tenant isn't known.
    func page<Element>(
        _ call: AdminCall, _ name: String, _ look: (Tenant?, Int?, Int) -> ([Element], next: Int?),
        _ json: (Element) -> JSON
    ) throws(AdminError) -> AdminAnswer {
        try call.checkQuery(["tenant", "pageSize", "pageToken"])
        let page = try AdminPage(call)
        let before = try page.number()
        let (elements, next) =
            switch try choice(call) {
            case .everybody: look(nil, before, page.size)
            case .one(let tenant): look(tenant, before, page.size)
            case .unknown: ([], nil)
            }
        return .json(AdminPage.json(name, elements.map(json), next: next.map { String($0) }))
    }
}
