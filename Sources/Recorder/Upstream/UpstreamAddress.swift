// SPDX-License-Identifier: Apache-2.0

/// The base URL of the server whose answers are recorded.
public struct UpstreamAddress: Sendable, Hashable, CustomStringConvertible {
    /// `https` or `http`.
    public let scheme: String
    /// The host, and the port where one is given; in lower case.
    public let authority: String
    /// What stands before each target; empty, or with a slash before it and none behind it.
    public let prefix: String

    /// Nil where it isn't an `http` or `https` URL of a host, with or without a port and a path.
    public init?(_ text: String) {
        guard let (scheme, authority, rest) = UpstreamAddress.split(text),
            !rest.contains(where: { "?#".contains($0) })
        else { return nil }
        self.scheme = scheme
        self.authority = authority
        var prefix = rest
        while prefix.hasSuffix("/") { prefix.removeLast() }
        self.prefix = String(prefix)
    }

    public var description: String { origin + prefix }

    var origin: String { "\(scheme)://\(authority)" }

    /// The URL for a target that begins with a slash.
    func url(of target: String) -> String { description + target }

    /// - Returns: the parts, the rest from the path on; nil where it isn't one.
    static func split(_ url: String) -> (scheme: String, authority: String, rest: Substring)? {
        guard let colon = url.firstIndex(of: ":"), url[colon...].hasPrefix("://") else { return nil }
        let scheme = url[..<colon].lowercased()
        let behind = url[colon...].dropFirst(3)
        let authority = behind.prefix { !"/?#".contains($0) }.lowercased()
        let isPlain = url.utf8.allSatisfy { 0x21...0x7E ~= $0 }
        guard ["http", "https"].contains(scheme), !authority.isEmpty, isPlain, !authority.contains("@") else {
            return nil
        }
        // A colon of an IPv6 address is no port's.
        let host = authority.lastIndex(of: "]").map { authority[$0...].dropFirst() } ?? authority[...]
        let words = host.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard authority.first != ":", words.count < 2 || UInt16(words[1]) != nil else { return nil }
        return (scheme, authority, behind.dropFirst(authority.utf8.count))
    }
}
