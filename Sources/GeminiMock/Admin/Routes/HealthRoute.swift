// SPDX-License-Identifier: Apache-2.0

/// Whether the server is there at all.
struct HealthRoute: AdminRoute {
    let method = "GET"
    let path = "health"

    func answer(_ call: AdminCall, _ server: AdminServer) throws(AdminError) -> AdminAnswer {
        .json(["status": "ok", "version": .string(geminiMockVersion)])
    }
}
