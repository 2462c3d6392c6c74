// SPDX-License-Identifier: Apache-2.0

import GeminiService
import HTTPWire

/// Forgets, so that the next test begins anew.
struct ResetRoute: AdminRoute {
    enum What: String {
        /// What was received and answered, with all counts of it.
        case journal
        /// Files, uploads, turns and progress in scenarios, of all tenants or of one.
        case state
        /// Both, with what was loaded and armed while the server runs; a clock that stands still goes on.
        case all
    }

    let what: What
    let method = "POST"
    var path: String { "reset/\(what.rawValue)" }

    func answer(_ call: AdminCall, _ server: AdminServer) throws(AdminError) -> AdminAnswer {
        try call.checkQuery(what == .state ? ["tenant"] : [])
        // Else who names a tenant there would have everybody's forgotten.
        try AdminFields.checkNone(call)
        guard call.head.target.queryValue("tenant") != "" else {
            throw .badRequest("“tenant” is empty; without it everybody's state is forgotten.")
        }
        switch what {
        case .journal: server.resetJournal()
        case .all: server.resetAll()
        case .state:
            switch try server.choice(call) {
            case .everybody: server.reset(stateOf: nil)
            case .one(let tenant): server.reset(stateOf: tenant)
            case .unknown: break
            }
        }
        return .done
    }
}
