// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import ScenarioEngine

/// Refusals of what only this server takes: tenants and scenarios by name.
extension APIError {
    /// The name isn't repeated: by mistake it may be a key.
    static let badTenantName = own(
        .badTenantName,
        "a tenant’s name (/t/NAME/ in front of the path, or the header X-Gemini-Mock-Tenant) has 1 to 100 "
            + "letters, digits, dots, underscores and hyphens, and isn’t “.” or “..”.")

    /// - Parameter name: what was asked for.
    static func unknownScenario(_ name: String, in repertoire: Repertoire) -> APIError {
        let (names, isAll) = repertoire.listing(most: mostNames)
        let meant = repertoire.suggestion(for: name).map { " (did you mean \($0)?)" } ?? ""
        let loaded =
            names.isEmpty
            ? "No scenario is loaded." : "There are: \(names.joined(separator: ", "))\(isAll ? "." : ", …")"
        return own(
            .unknownScenario,
            "there is no scenario \(Repertoire.quoted(name))\(meant). \(loaded)")
    }

    /// So many names are listed.
    private static let mostNames = 100
}
