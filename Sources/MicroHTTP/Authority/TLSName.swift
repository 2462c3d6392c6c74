// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A name that a certificate is for: that of a host, or an address.
public enum TLSName: Sendable, Hashable, CustomStringConvertible {
    /// In lower case, without a dot at the end.
    case host(String)
    /// 4 or 16 bytes.
    case address([UInt8])

    /// Nil for what is neither; wildcards aren't taken.
    public init?(_ text: String) {
        var text = text.lowercased()
        if text.hasPrefix("["), text.hasSuffix("]") { text = String(text.dropFirst().dropLast()) }
        if let address = TLSName.bytes(ofAddress: text) {
            self = .address(address)
            return
        }
        if text.hasSuffix(".") { text.removeLast() }
        guard TLSName.isHost(text) else { return nil }
        self = .host(text)
    }

    public var description: String {
        switch self {
        case .host(let name): name
        case .address(let bytes): TLSName.text(ofAddress: bytes)
        }
    }

    /// Whether who may vouch for this may vouch for `other`, by the rules of name constraints (RFC 5280 4.2.1.10): a
    /// host covers those below it.
    func covers(_ other: TLSName) -> Bool {
        guard case .host(let name) = self, case .host(let otherName) = other else { return self == other }
        return name == otherName || otherName.hasSuffix(".\(name)")
    }

    /// What a certificate, and a name constraint, has of it.
    var bytes: [UInt8] {
        switch self {
        case .host(let name): Array(name.utf8)
        case .address(let bytes): bytes
        }
    }

    /// Letters, digits, hyphens and underlines between dots, as far as names of hosts may be long (RFC 1035 2.3.4).
    private static func isHost(_ text: String) -> Bool {
        guard 1...253 ~= text.utf8.count else { return false }
        let labels = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        // What ends in a number is an address with a mistake in it.
        guard let last = labels.last, !last.allSatisfy(isDigit) else { return false }
        return labels.allSatisfy { label in
            1...63 ~= label.count && label.first != UInt8(ascii: "-") && label.last != UInt8(ascii: "-")
                && label.allSatisfy {
                    isDigit($0) || UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 || $0 == UInt8(ascii: "-")
                        || $0 == UInt8(ascii: "_")
                }
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }

    private static func bytes(ofAddress text: String) -> [UInt8]? {
        for (family, count) in [(AF_INET, 4), (AF_INET6, 16)] {
            var bytes = [UInt8](repeating: 0, count: count)
            if inet_pton(family, text, &bytes) == 1 { return bytes }
        }
        return nil
    }

    private static func text(ofAddress bytes: [UInt8]) -> String {
        // As long as any address and the zero behind it.
        var text = [CChar](repeating: 0, count: 64)
        let family = bytes.count == 4 ? AF_INET : AF_INET6
        guard inet_ntop(family, bytes, &text, socklen_t(text.count)) != nil else { return "?" }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
