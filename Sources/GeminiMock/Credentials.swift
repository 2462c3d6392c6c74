// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import GeminiService
import HTTPWire
import ScenarioEngine

/// Who may call, and as whom (CORE 1.2, 1.3).
struct Credentials: Sendable {
    /// The keys and tokens that are good; nil means every one is. Keys that name a scenario are good besides, if it is there.
    let known: Set<String>?
    /// Knows which scenarios there are.
    let player: ScenarioPlayer
    /// Whether a tenant that the path names plays the scenario of its name, up to the first dot.
    private let playsByTenant: Bool
    private let tenants = KeyTenants()

    init(
        known: Set<String>?, player: ScenarioPlayer = ScenarioPlayer(), playsByTenant: Bool = false
    ) {
        self.known = known
        self.player = player
        self.playsByTenant = playsByTenant
    }

    private enum Credential {
        case key(String)
        case token(String)
    }

    /// Whose request it is. The tenant is the one that the path names, else the one that the header names, else the
    /// credential's; each kind has ids of its own, so that none is taken for one of another kind.
    ///
    /// - Throws: the real refusals of a missing, an unknown and a second credential; ours of a tenant's name that can't be
    ///   one, and of a scenario that isn't there.
    func tenant(of head: RequestHead) throws(APIError) -> Tenant {
        let sent = Credentials.all(in: head)
        guard sent.count < 2 else { throw .severalCredentials }
        guard let credential = sent.first else { throw .noCredential }
        var scenario: String?
        switch credential {
        case .key(let key):
            scenario = try loaded(ScenarioKey.scenario(of: key))
            guard scenario != nil || known?.contains(key) ?? true else { throw .unknownKey(key) }
        case .token(let token):
            guard known?.contains(token) ?? true else { throw .unknownToken }
        }
        if let name = try loaded(head.fields[Credentials.scenarioHeader]) { scenario = name }
        if playsByTenant, scenario == nil, let name = head.target.tenant {
            let first = String(name.prefix { $0 != "." })
            if player.has(first) { scenario = first }
        }
        if let name = head.target.tenant ?? head.fields[Credentials.tenantHeader] {
            guard TenantName.isValid(name) else { throw .badTenantName }
            // Names are shown: a tenant that is called by a real key is the key's own, which is shown as a hash.
            if Redactor().text(name) != name { return tenants.tenant(of: name).playing(scenario) }
            return .named(name, scenario: scenario)
        }
        switch credential {
        case .key(let key): return tenants.tenant(of: key).playing(scenario)
        case .token:
            // All tokens of one project see the same; without a project, all tokens do.
            return .ofProject(head.fields["x-goog-user-project"] ?? "", scenario: scenario)
        }
    }

    /// For clients that can vary neither their key nor their base address.
    private static let tenantHeader = "x-gemini-mock-tenant"
    /// For clients that can't vary their key; counts more than a key.
    private static let scenarioHeader = "x-gemini-mock-scenario"

    private func loaded(_ scenario: String?) throws(APIError) -> String? {
        guard let scenario, !player.has(scenario) else { return scenario }
        throw .unknownScenario(scenario, in: player.repertoire)
    }

    private static func all(in head: RequestHead) -> [Credential] {
        var found = head.fields.values("x-goog-api-key").map { Credential.key($0) }
        for item in head.target.query {
            if item.name == "key" { found.append(.key(item.value)) }
            if item.name == "access_token" { found.append(.token(item.value)) }
        }
        for value in head.fields.values("authorization") where value.lowercased().hasPrefix("bearer ") {
            found.append(.token(String(value.dropFirst(7).drop { $0 == " " })))
        }
        return found.filter { credential in
            switch credential {
            case .key(let text), .token(let text): !text.isEmpty
            }
        }
    }
}
