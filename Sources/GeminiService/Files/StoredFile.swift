// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire
import MediaProbe

/// An uploaded file: all that the API tells of it, and what its bytes are (CORE 3.1).
struct StoredFile: Sendable, Equatable {
    /// The name without `files/`.
    let id: String
    let displayName: String?
    let mimeType: String
    let sizeBytes: Int
    /// Nanoseconds since 1970, as all times here.
    let created: Int64
    private(set) var expires: Int64
    /// In lower-case hex.
    let sha256: String
    let facts: MediaFacts
    /// What a scenario has said of it.
    let fate: FileFate?
    /// The id of the tenant that has it; nil where it was kept without one.
    let tenantID: String?
    private var course: FileCourse

    private var isFilm: Bool { mimeType.lowercased().hasPrefix("video/") }

    init(
        id: String, displayName: String?, mimeType: String, sizeBytes: Int, created: Int64, expires: Int64,
        sha256: String, facts: MediaFacts, fate: FileFate? = nil, tenantID: String? = nil
    ) {
        self.id = id
        self.displayName = displayName
        self.mimeType = mimeType
        self.sizeBytes = sizeBytes
        self.created = created
        self.sha256 = sha256
        self.facts = facts
        self.fate = fate
        self.tenantID = tenantID
        let isFilm = mimeType.lowercased().hasPrefix("video/")
        course = FileCourse(fate, isFilm: isFilm, created: created)
        self.expires = min(expires, course.expires ?? expires)
    }

    func state(at now: Int64) -> FileState { course.state(at: now) }

    /// The file has been asked for.
    mutating func poll(at now: Int64) {
        course.poll(at: now)
        expires = min(expires, course.expires ?? expires)
    }

    /// Members and their order are recorded; a member without a value is left out.
    func write(to writer: inout JSONWriter, at now: Int64) {
        let state = state(at: now)
        writer.object { writer in
            writer.member("name", "files/\(id)")
            if let displayName, !displayName.isEmpty { writer.member("displayName", displayName) }
            writer.member("mimeType", mimeType)
            if sizeBytes > 0 { writer.member("sizeBytes", String(sizeBytes)) }
            writer.member("createTime", Timestamp.text(created, decimals: 6))
            // It changes when the file has been processed.
            let updated = state == .processing ? created : course.ready
            writer.member("updateTime", Timestamp.text(updated, decimals: 6))
            writer.member("expirationTime", Timestamp.text(expires, decimals: 9))
            // The field has bytes in it, and these are the digest's hex digits.
            writer.member("sha256Hash", Base64Encoding.standard(Array(sha256.utf8)))
            // The real service's address whatever ours is: clients look for it.
            writer.member("uri", "https://generativelanguage.googleapis.com/v1beta/files/\(id)")
            writer.member("state", state.rawValue)
            if isFilm, state == .active, let seconds = facts.seconds, seconds.isFinite {
                writer.key("videoMetadata")
                writer.object { $0.member("videoDuration", "\(Int(max(0, min(seconds, 1e9))))s") }
            }
            if state == .failed {
                writer.key("error")
                course.writeError(to: &writer)
            }
            writer.member("source", "UPLOADED")
        }
    }
}

/// The names that files can be given (CORE 3.1: up to 40 lower-case letters, digits and dashes, no dash at the ends).
enum FileName {
    static func isValid(_ id: String) -> Bool {
        hasItsCharacters(id) && id.utf8.first != UInt8(ascii: "-") && id.utf8.last != UInt8(ascii: "-")
    }

    /// Whether it is a name but for dashes at its ends.
    static func hasItsCharacters(_ text: some StringProtocol) -> Bool {
        (1...40).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
                default: byte == UInt8(ascii: "-")
                }
            }
    }

    /// Twelve letters and digits, without a dash: Google's Python client cuts an id at a dash (CORE 3.1, 3.2).
    static func made(_ generator: inout SeededGenerator) -> String {
        let alphabet = Array("abcdefghijklmnopqrstuvwxyz0123456789".utf8)
        return String(decoding: (0..<12).map { _ in alphabet[Int(generator.next() % 36)] }, as: UTF8.self)
    }
}
