// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import ScenarioEngine

/// One call of the admin API: a file in `Routes/`, a line in `AdminRouteTable`, and an operation of `openapi.yaml`.
protocol AdminRoute: Sendable {
    var method: String { get }
    /// Behind `/__admin/`, as OpenAPI writes it: `entries/{id}`.
    var path: String { get }

    /// - Throws: `AdminError` to refuse.
    func answer(_ call: AdminCall, _ server: AdminServer) throws(AdminError) -> AdminAnswer
}

/// A request to the admin API, taken apart.
struct AdminCall: Sendable {
    let head: RequestHead
    /// What stands in the places of the path's `{…}`, in order.
    let names: [String]
    let body: [UInt8]
}

/// What an admin call is answered with.
enum AdminAnswer: Sendable {
    case json(JSON, status: Int = 200)
    case text(String, type: String)
    /// A stream of server-sent events that goes on until the client leaves.
    ///
    /// The witness is told when it is over.
    case events(LiveActions, any DeliveryWitness)
    /// Known later. Neither closure gives another that is known later.
    case later(within: Duration, @Sendable () -> AdminAnswer?, otherwise: @Sendable () -> AdminAnswer)
    /// Nothing to say but that it is done.
    case done
}

/// Why an admin call is refused: told as `{"error": {"status": 400, "message": "…"}}`, with `problems` where
/// something that was to be read has some.
struct AdminError: Error, Sendable, Equatable {
    let status: Int
    /// What is wrong, and what would be right.
    let message: String
    /// All that is wrong with a scenario, a condition or a fault.
    var problems: ScenarioProblems?
    /// The methods that the path takes, where it isn't this one.
    var allowed: [String] = []

    static func badRequest(_ message: String) -> AdminError { AdminError(status: 400, message: message) }
    static func badRequest(_ problems: ScenarioProblems) -> AdminError {
        AdminError(status: 400, message: problems.description, problems: problems)
    }

    static func notFound(_ message: String) -> AdminError { AdminError(status: 404, message: message) }
}
