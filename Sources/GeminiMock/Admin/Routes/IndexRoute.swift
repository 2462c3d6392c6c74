// SPDX-License-Identifier: Apache-2.0

/// The list of calls, for people who look what is there.
struct IndexRoute: AdminRoute {
    let method = "GET"
    let path = ""

    func answer(_ call: AdminCall, _ server: AdminServer) throws(AdminError) -> AdminAnswer {
        try call.checkQuery()
        let operations = OpenAPIDocument.operations
        let longest = operations.map(\.path.utf8.count).max() ?? 0
        let lines = operations.map { operation in
            let method =
                operation.method + String(repeating: " ", count: max(0, 7 - operation.method.utf8.count))
            let blanks = String(repeating: " ", count: longest - operation.path.utf8.count)
            return "\(method)/__admin/\(operation.path)\(blanks)  \(operation.summary)\n"
        }
        return .text(
            "The admin API of gemini-mock \(geminiMockVersion); /__admin/openapi.yaml describes it.\n\n"
                + lines.joined(), type: "text/plain; charset=UTF-8")
    }
}
