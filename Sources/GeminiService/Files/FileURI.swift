// SPDX-License-Identifier: Apache-2.0

/// What the `fileUri` of a part points to (CORE 3.3, 4.2).
enum FileURI: Equatable {
    /// A file that was uploaded. It is known by its id, under any scheme, host, port, version or prefix: behind a proxy, or
    /// made by a client's own base URL, its address differs from the one that the service gave.
    case uploaded(id: String)
    /// A film on YouTube.
    case youTube
    /// Something on the web or in Google's storage, which is never fetched.
    case elsewhere

    /// Nil where the API refuses it.
    init?(_ uri: String) {
        guard !uri.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F }) else { return nil }
        let end = uri.utf8.firstIndex { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") }
        let bare = uri[..<(end ?? uri.endIndex)]
        let address = WebAddress(bare)
        if let address, address.isYouTubeFilm(query: end.map { uri[$0...] } ?? "") {
            self = .youTube
        } else if address?.scheme != "gs", let id = FileURI.fileID(bare) {
            self = .uploaded(id: id)
        } else if let address, ["http", "https", "gs"].contains(address.scheme), !address.host.isEmpty {
            self = .elsewhere
        } else {
            return nil
        }
    }

    /// The id behind the last slash, if `files` stands before it.
    private static func fileID(_ path: Substring) -> String? {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return nil }
        let (folder, id) = (path.utf8[..<slash], path[path.utf8.index(after: slash)...])
        let isBare = folder.elementsEqual("files".utf8)
        guard isBare || folder.hasEnd("/files") else { return nil }
        // `https://example.com/files/report.pdf` has no id.
        if FileName.hasItsCharacters(id) { return String(id) }
        // These can be meant for nothing but this service: what isn't an id is a file that isn't there.
        let isOurs = isBare || RouteTemplate.versions.contains { folder.hasEnd("\($0)/files") }
        return isOurs && isName(id) ? String(id) : nil
    }

    private static func isName(_ text: Substring) -> Bool {
        (1...100).contains(text.utf8.count) && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }
}

/// Scheme, host and path of an address with `//` in it.
private struct WebAddress {
    /// In lower case, as the host is.
    let scheme: String
    let host: String
    /// What follows the host, from the slash on.
    private let path: Substring.UTF8View

    private static let youTubeHosts: Set = [
        "youtube.com", "www.youtube.com", "m.youtube.com", "music.youtube.com", "youtube-nocookie.com",
        "www.youtube-nocookie.com",
    ]

    init?(_ address: Substring) {
        let utf8 = address.utf8
        guard let colon = utf8.firstIndex(of: UInt8(ascii: ":")), utf8[colon...].starts(with: "://".utf8)
        else {
            return nil
        }
        scheme = address[..<colon].lowercased()
        let rest = utf8[utf8.index(colon, offsetBy: 3)...]
        let authority = rest.prefix { $0 != UInt8(ascii: "/") }
        // Who signs in stands before the host, the port behind it.
        let at = authority.lastIndex(of: UInt8(ascii: "@"))
        let name = authority[(at.map { authority.index(after: $0) } ?? authority.startIndex)...]
        host = Substring(name.prefix { $0 != UInt8(ascii: ":") }).lowercased()
        path = rest[authority.endIndex...]
    }

    /// - Parameter query: what stands behind the path, from the question mark on.
    func isYouTubeFilm(query: Substring) -> Bool {
        guard scheme == "http" || scheme == "https" else { return false }
        guard host == "youtu.be" || WebAddress.youTubeHosts.contains(host) else { return false }
        let segments = path.dropFirst()
            .split(separator: UInt8(ascii: "/"), maxSplits: 2, omittingEmptySubsequences: false)
            .map { Substring($0) }
        guard let first = segments.first else { return false }
        if host == "youtu.be" { return WebAddress.isFilmID(first) }
        switch first {
        case "watch":
            // A real address has a few of them; without an end, 20 MB of them took a second.
            let fields = query.utf8.dropFirst().prefix { $0 != UInt8(ascii: "#") }
                .split(separator: UInt8(ascii: "&"), maxSplits: 50)
            return fields.contains {
                $0.starts(with: "v=".utf8) && WebAddress.isFilmID(Substring($0.dropFirst(2)))
            }
        case "shorts", "live", "embed", "v": return segments.count > 1 && WebAddress.isFilmID(segments[1])
        default: return false
        }
    }

    /// Eleven characters today; nothing promises it.
    private static func isFilmID(_ text: Substring) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
                }
            }
    }
}

extension Substring.UTF8View {
    fileprivate func hasEnd(_ end: String) -> Bool { suffix(end.utf8.count).elementsEqual(end.utf8) }
}
