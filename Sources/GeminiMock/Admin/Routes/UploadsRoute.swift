// SPDX-License-Identifier: Apache-2.0

import GeminiService
import HTTPWire

/// The resumable uploads that were started in the last week, the newest first. Their ids aren't told: an id is all that one
/// needs to go on with an upload.
struct UploadsRoute: AdminRoute {
    let method = "GET"
    let path = "uploads"

    func answer(_ call: AdminCall, _ server: AdminServer) throws(AdminError) -> AdminAnswer {
        try server.page(call, "uploads") { tenant, before, size in
            server.service.uploads(of: tenant, before: before, size: size)
        } _: { upload in
            AdminText.object([
                "tenant": .string(upload.tenant.label), "state": .string(upload.state.rawValue),
                "offset": .int(upload.received), "announced": upload.announced.map { .int($0) },
                "displayName": AdminText.sent(upload.displayName),
                "mimeType": AdminText.sent(upload.mimeType), "started": AdminText.time(upload.started),
            ])
        }
    }
}
