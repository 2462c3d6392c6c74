// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Whether the server serves, which who gets an answer knows, and where.
struct ReadyRoute: AdminRoute {
    let method = "GET"
    let path = "ready"

    func answer(_ call: AdminCall, _ server: AdminServer) throws(AdminError) -> AdminAnswer {
        try call.checkQuery()
        let addresses = server.addresses.withLock { $0 }
        return .json(
            AdminText.object([
                "status": "ready", "baseURL": addresses.map { .string($0.baseURL) },
                "tlsBaseURL": addresses?.tlsBaseURL.map { .string($0) },
                "proxyURL": addresses?.proxyURL.map { .string($0) },
                "authorityFile": addresses?.authorityFile.map { .string($0) },
            ]))
    }
}
