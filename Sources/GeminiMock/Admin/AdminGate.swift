// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Who may use the admin API: what shows and changes everything is for the developer at this machine, not for the pages that
/// a browser on it has open, nor for others on the network.
struct AdminGate: Sendable {
    /// What other machines and browsers must bring as `X-Gemini-Mock-Admin-Key` or `Authorization: Bearer …`; nil lets none
    /// of them in.
    let key: String?

    /// - Throws: `AdminError` with what would open it.
    func check(_ head: RequestHead) throws(AdminError) {
        if key != nil, AdminGate.toldKey(head) != nil {
            guard isOpened(by: head) else { throw AdminGate.refusal("that is not the admin key") }
            return
        }
        let way = key == nil ? "start the server with --admin-key" : "bring the admin key"
        if let objection = LocalCaller.objection(to: head) { throw AdminGate.refusal("\(objection): \(way)") }
    }

    /// Whether it brings the key.
    func isOpened(by head: RequestHead) -> Bool {
        guard let key, let told = AdminGate.toldKey(head) else { return false }
        return AdminGate.isSame(told, key)
    }

    /// Whether a browser asks if a page may send a request; where there is no key, none may.
    func isPreflight(_ head: RequestHead) -> Bool {
        key != nil && head.method == "OPTIONS" && head.fields.contains("origin")
            && head.fields.contains("access-control-request-method")
    }

    private static func refusal(_ why: String) -> AdminError {
        AdminError(status: 403, message: "The admin API doesn't answer this request, since \(why).")
    }

    private static func toldKey(_ head: RequestHead) -> String? {
        if let key = head.fields["x-gemini-mock-admin-key"] { return key }
        guard let value = head.fields["authorization"], value.lowercased().hasPrefix("bearer ") else {
            return nil
        }
        return String(value.dropFirst(7).drop { $0 == " " })
    }

    /// Takes the same time wherever the first difference is.
    private static func isSame(_ one: String, _ other: String) -> Bool {
        let (one, other) = (Array(one.utf8), Array(other.utf8))
        guard one.count == other.count else { return false }
        return zip(one, other).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
