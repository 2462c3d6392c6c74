// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import MediaProbe

// How a file is told in a `FileFolder`. Of its fate only the end is kept: whatever it waits for is over at the next start.
extension StoredFile {
    func bytes(owner: String) -> [UInt8] {
        var writer = JSONWriter(.pretty)
        writer.object { writer in
            writer.member("owner", owner)
            if let tenantID { writer.member("tenant", tenantID) }
            writer.member("id", id)
            if let displayName { writer.member("displayName", displayName) }
            writer.member("mimeType", mimeType)
            writer.member("sizeBytes", sizeBytes)
            writer.member("created", Int(created))
            writer.member("expires", Int(fate?.end == .expired ? created : expires))
            writer.member("sha256", sha256)
            if let fate {
                writer.member("end", fate.end.rawValue)
                // All that is told has room in what a folder reads of a file.
                if let error = fate.error {
                    writer.member("error", String(error.unicodeScalars.prefix(StoredFile.mostError)))
                }
            }
            writer.key("facts")
            writer.object { writer in
                if let type = facts.mimeType { writer.member("mimeType", type) }
                if let seconds = facts.seconds { writer.member("seconds", seconds) }
                if let width = facts.width { writer.member("width", width) }
                if let height = facts.height { writer.member("height", height) }
                if let pages = facts.pages { writer.member("pages", pages) }
                writer.member("hasSound", facts.hasSound)
            }
        }
        return writer.bytes
    }

    /// In scalars.
    private static let mostError = 1000
    /// Far from where sums would overflow.
    private static let largestSize = 1 << 44
    private static let latest = Int(Int64.max) / 2

    /// Nil for what wasn't written by `bytes`.
    static func read(_ bytes: [UInt8]) -> (file: StoredFile, owner: String)? {
        guard let view = try? JSONDocument(parsing: bytes, grammar: .strict).root,
            let owner = view["owner"]?.string, let id = view["id"]?.string, FileName.isValid(id),
            let mimeType = view["mimeType"]?.string, let size = view["sizeBytes"]?.int,
            (0...largestSize).contains(size),
            let created = view["created"]?.int, (0...latest).contains(created),
            let expires = view["expires"]?.int, (0...latest).contains(expires),
            let sha256 = view["sha256"]?.string
        else { return nil }
        let facts = view["facts"]
        let file = StoredFile(
            id: id, displayName: view["displayName"]?.string, mimeType: mimeType, sizeBytes: size,
            created: Int64(created), expires: Int64(expires), sha256: sha256,
            facts: MediaFacts(
                mimeType: facts?["mimeType"]?.string, seconds: facts?["seconds"]?.double,
                width: facts?["width"]?.int, height: facts?["height"]?.int, pages: facts?["pages"]?.int,
                hasSound: facts?["hasSound"]?.bool ?? false
            ), fate: fate(view),
            tenantID: view["tenant"]?.string.flatMap { Tenant($0).hash == owner ? $0 : nil }
        )
        return (file, owner)
    }

    private static func fate(_ view: JSONView) -> FileFate? {
        view["end"]?.string.flatMap { FileFate.End(rawValue: $0) }
            .map { FileFate(end: $0, error: view["error"]?.string) }
    }
}
