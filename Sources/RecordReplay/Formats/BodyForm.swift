// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// How one body is written down.
enum BodyForm {
    case empty
    case leftOut
    case json(JSONDocument, JSONLayout)
    case stream(StreamForm)
    case text
    case base64
    /// In a file beside the recording, with that extension.
    case file(String)
    /// Compressed. What it says stands beside it for those who read; the bytes themselves are kept, since another zlib makes
    /// others of it.
    case coded(decoded: [UInt8], isInline: Bool)

    /// - Parameters:
    ///   - fields: the header fields beside it.
    ///   - isCut: whether it came in several writes.
    ///   - isDecoded: whether it is what was inside a compressed body.
    init(_ body: RecordedBody, fields: [HTTPFields.Field], isCut: Bool = false, isDecoded: Bool = false) {
        guard let bytes = body.bytes else {
            self = .leftOut
            return
        }
        let type = BodyForm.value(of: "content-type", fields)
        if bytes.isEmpty {
            self = .empty
        } else if !isDecoded, let decoded = BodyForm.decoded(bytes, fields) {
            self = .coded(decoded: decoded, isInline: bytes.count <= RecordingFormat.longestBase64)
        } else if let stream = BodyForm.stream(bytes, type, isCut: isCut) {
            self = .stream(stream)
        } else if bytes.count > RecordingFormat.longestInline {
            // What is long inside a compressed body would make the file long.
            self = isDecoded ? .empty : .file(BodyForm.pathExtension(of: bytes, type))
        } else if let (document, layout) = StreamForm.json(bytes) {
            self = .json(document, layout)
        } else if StreamForm.isText(bytes[...]) {
            self = .text
        } else if isDecoded {
            self = .empty
        } else {
            self =
                bytes.count <= RecordingFormat.longestBase64
                ? .base64 : .file(BodyForm.pathExtension(of: bytes, type))
        }
    }

    private static func decoded(_ bytes: [UInt8], _ fields: [HTTPFields.Field]) -> [UInt8]? {
        guard value(of: "content-encoding", fields) == "gzip" else { return nil }
        return Gzip.decode(bytes, limit: RecordingFormat.longestInlineStream)?.bytes
    }

    private static func stream(_ bytes: [UInt8], _ type: String, isCut: Bool) -> StreamForm? {
        guard bytes.count <= RecordingFormat.longestInlineStream else { return nil }
        if type.hasPrefix("text/event-stream") { return StreamForm(events: bytes) }
        return isCut && type.hasPrefix("application/json") ? StreamForm(elements: bytes) : nil
    }

    /// In lower case; empty where there is none.
    static func value(of name: String, _ fields: [HTTPFields.Field]) -> String {
        fields.first { $0.name.utf8.count == name.utf8.count && $0.name.lowercased() == name }?
            .value.lowercased() ?? ""
    }

    /// What tells programs what is in a file.
    private static func pathExtension(of bytes: [UInt8], _ type: String) -> String {
        let name = type.prefix { $0 != ";" }.filter { $0 != " " }
        if let known = extensions[name] { return known }
        if !StreamForm.isText(bytes[...]) { return "bin" }
        return bytes.first == UInt8(ascii: "{") || bytes.first == UInt8(ascii: "[") ? "json" : "txt"
    }

    private static let extensions = [
        "application/json": "json", "text/event-stream": "events", "text/html": "html", "text/plain": "txt",
        "image/png": "png", "image/jpeg": "jpg", "image/webp": "webp", "audio/wav": "wav",
        "audio/mpeg": "mp3", "audio/mp3": "mp3", "audio/flac": "flac", "audio/ogg": "ogg",
        "audio/aac": "aac", "video/mp4": "mp4", "application/pdf": "pdf",
    ]
}
