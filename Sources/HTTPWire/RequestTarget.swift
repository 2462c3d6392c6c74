// SPDX-License-Identifier: Apache-2.0

/// The target of a request line: what was sent, the path's segments and the query's items, percent-decoded.
public struct RequestTarget: Sendable {
    /// The target exactly as it stood on the request line.
    public let raw: String
    /// The path without scheme, host and query, still encoded; empty where an absolute form has none.
    public let path: Substring
    /// The decoded segments between the slashes, without those of a tenant's prefix; the leading slash makes none, a
    /// doubled or trailing one an empty one.
    public let segments: [String]
    /// The decoded NAME where the path begins with `/t/NAME/`, whatever it is made of; nil elsewhere. No path of the API
    /// begins with a `t`.
    public let tenant: String?
    /// The query's items in order, decoded (`+` is a blank).
    public let query: [QueryItem]

    /// A name and its value; no `=` means an empty value.
    public struct QueryItem: Sendable, Equatable {
        public let name: String
        public let value: String

        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// Takes origin form (`/v1/models?x=y`) and, for plain HTTP proxies, absolute form
    /// (`http://host/v1/models`).
    public init(_ raw: String) {
        self.raw = raw
        let target = RequestTarget.withoutAuthority(raw)
        let mark = target.utf8.firstIndex(of: UInt8(ascii: "?"))
        path = target[..<(mark ?? target.endIndex)]
        var segments = RequestTarget.segments(path)
        if segments.count > 2, segments[0] == "t" {
            tenant = segments[1]
            segments.removeFirst(2)
        } else {
            tenant = nil
        }
        self.segments = segments
        query = mark.map { RequestTarget.items(target.utf8[$0...].dropFirst()) } ?? []
    }

    private static func segments(_ path: Substring) -> [String] {
        var segments: [String] = []
        segments.reserveCapacity(4)
        var path = String(path)
        path.withUTF8 { path in
            guard path.first == UInt8(ascii: "/") else { return }
            var start = 1
            while start <= path.count {
                let end = path[start...].firstIndex(of: UInt8(ascii: "/")) ?? path.count
                segments.append(PercentEncoding.decode(path[start..<end], plusIsBlank: false))
                start = end + 1
            }
        }
        return segments
    }

    /// The value of the first query item of that name, or nil.
    public func queryValue(_ name: String) -> String? {
        query.first { $0.name == name }?.value
    }

    /// The host, and the port where there is one, that an absolute form names; nil for an origin form. It is whom the request
    /// is for, whatever Host says (RFC 9112 3.2.2).
    public var authority: Substring? {
        RequestTarget.start(ofAuthority: raw).map { start in
            Substring(raw.utf8[start...].prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") })
        }
    }

    private static func withoutAuthority(_ raw: String) -> Substring {
        guard let start = start(ofAuthority: raw) else { return raw[...] }
        return Substring(raw.utf8[start...].drop { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") })
    }

    /// Behind `http://`; nil where there is no scheme.
    private static func start(ofAuthority raw: String) -> String.Index? {
        let letters = raw.utf8.prefix { $0 | 0x20 >= UInt8(ascii: "a") && $0 | 0x20 <= UInt8(ascii: "z") }
        let separator = "://".utf8
        guard !letters.isEmpty, raw.utf8[letters.endIndex...].starts(with: separator) else { return nil }
        return raw.utf8.index(letters.endIndex, offsetBy: separator.count)
    }

    private static func items(_ query: Substring.UTF8View) -> [QueryItem] {
        query.split(separator: UInt8(ascii: "&")).map { item in
            let name = item.prefix { $0 != UInt8(ascii: "=") }
            let value = item.dropFirst(name.count + 1)
            return QueryItem(
                PercentEncoding.decode(Substring(name), plusIsBlank: true),
                PercentEncoding.decode(Substring(value), plusIsBlank: true)
            )
        }
    }
}

/// `%41` ↔ `A`.
public enum PercentEncoding {
    /// Decodes; a `%` without two hex digits behind it stands for itself, bad UTF-8 becomes U+FFFD.
    public static func decode(_ text: Substring, plusIsBlank: Bool) -> String {
        var text = String(text)
        return text.withUTF8 { decode($0[...], plusIsBlank: plusIsBlank) }
    }

    /// The text that is encoded; nil where none is.
    static func decodedIfEncoded(_ bytes: UnsafeBufferPointer<UInt8>, plusIsBlank: Bool) -> String? {
        let isEncoded = bytes.contains { $0 == UInt8(ascii: "%") || plusIsBlank && $0 == UInt8(ascii: "+") }
        guard isEncoded else { return nil }
        let decoded = decode(bytes[...], plusIsBlank: plusIsBlank)
        return decoded.utf8.elementsEqual(bytes) ? nil : decoded
    }

    static func decode(_ bytes: Slice<UnsafeBufferPointer<UInt8>>, plusIsBlank: Bool) -> String {
        let isPlain = bytes.allSatisfy {
            $0 != UInt8(ascii: "%") && !(plusIsBlank && $0 == UInt8(ascii: "+"))
        }
        if isPlain { return String(decoding: UnsafeBufferPointer(rebasing: bytes), as: UTF8.self) }
        var out: [UInt8] = []
        var at = bytes.startIndex
        while at < bytes.endIndex {
            if bytes[at] == UInt8(ascii: "%"), at + 2 < bytes.endIndex,
                let high = JSONEscapes.hexDigit(bytes[at + 1]), let low = JSONEscapes.hexDigit(bytes[at + 2])
            {
                out.append(high << 4 | low)
                at += 3
            } else {
                out.append(plusIsBlank && bytes[at] == UInt8(ascii: "+") ? 0x20 : bytes[at])
                at += 1
            }
        }
        return String(decoding: out, as: UTF8.self)
    }
}
