// SPDX-License-Identifier: Apache-2.0

import GeminiService
import HTTPWire

/// The files that are kept, the newest first.
struct FilesRoute: AdminRoute {
    let method = "GET"
    let path = "files"

    func answer(_ call: AdminCall, _ server: AdminServer) throws(AdminError) -> AdminAnswer {
        try server.page(call, "files") { tenant, before, size in
            server.service.files(of: tenant, before: before, size: size)
        } _: {
            FilesRoute.shown($0)
        }
    }

    static func shown(_ file: FileListing) -> JSON {
        AdminText.object([
            "name": .string("files/\(file.id)"), "tenant": .string(file.tenant.label),
            "displayName": AdminText.sent(file.displayName), "mimeType": AdminText.sent(file.mimeType),
            "sizeBytes": .int(file.sizeBytes), "sha256": .string(file.sha256), "state": .string(file.state),
            "created": AdminText.time(file.created), "expires": AdminText.time(file.expires),
        ])
    }
}

/// One of them.
struct FileRoute: AdminRoute {
    let method = "GET"
    let path = "files/{tenant}/{id}"

    func answer(_ call: AdminCall, _ server: AdminServer) throws(AdminError) -> AdminAnswer {
        try call.checkQuery()
        let tenant = try server.knownTenant(named: call.names[0])
        guard let file = server.service.file(call.names[1], of: tenant) else {
            throw FileRoute.notFound(tenant)
        }
        return .json(FilesRoute.shown(file))
    }

    static func notFound(_ tenant: Tenant) -> AdminError {
        .notFound("The tenant \(tenant.label) has no such file.")
    }
}

/// Takes one away.
struct DeleteFileRoute: AdminRoute {
    let method = "DELETE"
    let path = "files/{tenant}/{id}"

    func answer(_ call: AdminCall, _ server: AdminServer) throws(AdminError) -> AdminAnswer {
        try call.checkQuery()
        let tenant = try server.knownTenant(named: call.names[0])
        guard server.service.removeFile(call.names[1], of: tenant) else { throw FileRoute.notFound(tenant) }
        return .done
    }
}
