// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// What the head of a request to the upload server says (CORE 2.2–2.8).
struct UploadRequest {
    enum Way {
        /// Start, then chunks to the address that the start gave.
        case resumable
        /// Metadata and bytes in one `multipart/related` body.
        case multipart
        /// The body is the bytes.
        case raw
    }

    struct Commands: OptionSet {
        let rawValue: Int
        static let start = Commands(rawValue: 1)
        static let upload = Commands(rawValue: 2)
        static let finalize = Commands(rawValue: 4)
        static let query = Commands(rawValue: 8)
        static let cancel = Commands(rawValue: 16)
    }

    /// The upload that the request goes on with; nil where it begins one.
    let id: String?
    let way: Way
    let commands: Commands
    /// Where the bytes of this request belong; nil where that isn't told, or not as a number.
    let offset: Int?
    /// The size of the whole file. Go's client doesn't know it beforehand.
    let announced: Int?
    /// The type of the bytes, as the head tells it.
    let mimeType: String?
    /// The type of the body, for a `multipart` one.
    let contentType: String
    /// The length of this request's body, where it is told.
    let contentLength: Int?

    init(_ head: RequestHead) {
        let (fields, target) = (head.fields, head.target)
        id = target.queryValue("upload_id")
        contentType = fields["content-type"] ?? ""
        commands = UploadRequest.commands(fields["x-goog-upload-command"] ?? "")
        way = UploadRequest.way(head, commands)
        offset = UploadRequest.number(fields["x-goog-upload-offset"])
        announced = UploadRequest.number(fields["x-goog-upload-header-content-length"])
        contentLength = UploadRequest.number(fields["content-length"])
        let named = fields["x-goog-upload-header-content-type"].flatMap { $0.isEmpty ? nil : $0 }
        // A raw body's own type says what the bytes are; elsewhere it says nothing (CORE 2.3).
        mimeType = named ?? (way == .raw && !contentType.isEmpty ? contentType : nil)
    }

    /// A comma list in any case, blanks optional (CORE 2.5).
    private static func commands(_ text: String) -> Commands {
        text.split(separator: ",").reduce(into: Commands()) { commands, word in
            switch word.filter({ $0 != " " && $0 != "\t" }).lowercased() {
            case "start": commands.insert(.start)
            case "upload": commands.insert(.upload)
            case "finalize": commands.insert(.finalize)
            case "query": commands.insert(.query)
            case "cancel": commands.insert(.cancel)
            default: break
            }
        }
    }

    /// By header, else by the classic query, else by what the body is.
    private static func way(_ head: RequestHead, _ commands: Commands) -> Way {
        let named = head.fields["x-goog-upload-protocol"] ?? head.target.queryValue("uploadType") ?? ""
        switch named.lowercased() {
        case "resumable": return .resumable
        case "multipart": return .multipart
        case "raw", "media": return .raw
        default: break
        }
        if commands.contains(.start) { return .resumable }
        let type = head.fields["content-type"]?.lowercased() ?? ""
        return type.hasPrefix("multipart/") ? .multipart : .raw
    }

    /// Digits only; the blanks around them, which shells leave, are gone already.
    private static func number(_ text: String?) -> Int? {
        guard let text, !text.isEmpty, text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
        return Int(text)
    }
}
