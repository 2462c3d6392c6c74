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
        guard head.isFromLoopback else { throw AdminGate.refusal("it comes from another machine: \(way)") }
        // A name that an attacker's DNS points at 127.0.0.1 is no name of this machine.
        guard head.fields.values("host").count == 1, AdminGate.isLoopback(head.fields["host"] ?? "") else {
            throw AdminGate.refusal("the Host isn't localhost or a loopback address: \(way)")
        }
        guard !head.fields.contains("origin"), !AdminGate.isFromPage(head) else {
            throw AdminGate.refusal("it comes from a page in a browser: \(way)")
        }
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

    /// Browsers tell of requests without an origin, too, whether another page has caused them.
    private static func isFromPage(_ head: RequestHead) -> Bool {
        guard let site = head.fields["sec-fetch-site"]?.lowercased() else { return false }
        return site != "none" && site != "same-origin"
    }

    /// Takes the same time wherever the first difference is.
    private static func isSame(_ one: String, _ other: String) -> Bool {
        let (one, other) = (Array(one.utf8), Array(other.utf8))
        guard one.count == other.count else { return false }
        return zip(one, other).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }

    /// `localhost`, `127.x.x.x` or `[::1]`, with or without a port.
    static func isLoopback(_ host: String) -> Bool {
        let name = host.lowercased()
        if name.hasPrefix("[") { return name == "[::1]" || name.hasPrefix("[::1]:") }
        let words = name.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard words.count == 1 || UInt16(words[1]) != nil else { return false }
        if words[0] == "localhost" { return true }
        let parts = words[0].split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}
