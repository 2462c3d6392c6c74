// SPDX-License-Identifier: Apache-2.0

/// Whether a request comes from a program on this machine, and not from a page in one of its browsers, nor from others on the
/// network: only those may see and spend what belongs to its user.
public enum LocalCaller {
    /// Why it may not, as the end of a sentence; nil where it may.
    public static func objection(to head: RequestHead) -> String? {
        guard head.isFromLoopback else { return "it comes from another machine" }
        // A name that an attacker's DNS points at 127.0.0.1 is no name of this machine.
        guard head.fields.values("host").count == 1, isLoopback(head.fields["host"] ?? "") else {
            return "the Host isn't localhost or a loopback address"
        }
        // An absolute form says itself whom it is for, and Host counts no more.
        if let authority = head.target.authority, !isLoopback(String(authority)) {
            return "its target isn't localhost or a loopback address"
        }
        guard !head.fields.contains("origin"), !isFromPage(head) else {
            return "it comes from a page in a browser"
        }
        return nil
    }

    /// Browsers tell of requests without an origin, too, whether a page has caused them: also one of ours, which could only be
    /// what a scenario has us send.
    private static func isFromPage(_ head: RequestHead) -> Bool {
        guard let site = head.fields["sec-fetch-site"]?.lowercased() else { return false }
        return site != "none"
    }

    /// `localhost`, `127.x.x.x` or `[::1]`, with or without a port.
    public static func isLoopback(_ host: String) -> Bool {
        let name = host.lowercased()
        if name.hasPrefix("[::1]:") { return UInt16(name.dropFirst(6)) != nil }
        if name.hasPrefix("[") { return name == "[::1]" }
        let words = name.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard words.count == 1 || UInt16(words[1]) != nil else { return false }
        if words[0] == "localhost" { return true }
        let parts = words[0].split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}
