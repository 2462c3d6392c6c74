// SPDX-License-Identifier: Apache-2.0

/// The description of the admin API.
struct OpenAPIRoute: AdminRoute {
    let method = "GET"
    let path = "openapi.yaml"

    func answer(_ call: AdminCall, _ server: AdminServer) throws(AdminError) -> AdminAnswer {
        try call.checkQuery()
        return .text(OpenAPIDocument.text, type: "application/yaml; charset=UTF-8")
    }
}
