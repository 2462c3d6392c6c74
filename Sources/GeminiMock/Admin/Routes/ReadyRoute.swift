// SPDX-License-Identifier: Apache-2.0

/// Whether the server serves: who gets an answer knows.
struct ReadyRoute: AdminRoute {
    let method = "GET"
    let path = "ready"

    func answer(_ call: AdminCall, _ server: AdminServer) throws(AdminError) -> AdminAnswer {
        try call.checkQuery()
        return .json(["status": "ready"])
    }
}
