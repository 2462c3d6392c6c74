// SPDX-License-Identifier: Apache-2.0

/// An `http` address, taken apart.
struct Address: Equatable {
    let host: String
    let port: UInt16
    /// Path and query, with a slash at the beginning; empty where there is none.
    let path: String

    /// - Returns: nil where the text is none, or one of another scheme.
    init?(_ text: String) {
        let scheme = "http://"
        guard text.hasPrefix(scheme) else { return nil }
        let rest = text.dropFirst(scheme.count)
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        let parts = authority.split(separator: ":", omittingEmptySubsequences: false)
        guard let host = parts.first, !host.isEmpty, parts.count < 3 else { return nil }
        guard let port = parts.count == 2 ? UInt16(parts[1]) : 80 else { return nil }
        (self.host, self.port, path) = (String(host), port, String(rest.dropFirst(authority.count)))
    }

    /// What the field `Host` has.
    var authority: String { "\(host):\(port)" }
}
