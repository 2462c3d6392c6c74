// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// What the head of a request of a resumable upload says (CORE 2.2–2.5).
public struct UploadHead: Sendable, Equatable {
    public struct Commands: OptionSet, Sendable {
        public let rawValue: Int
        public init(rawValue: Int) { self.rawValue = rawValue }

        public static let start = Commands(rawValue: 1)
        public static let upload = Commands(rawValue: 2)
        public static let finalize = Commands(rawValue: 4)
        public static let query = Commands(rawValue: 8)
        public static let cancel = Commands(rawValue: 16)
    }

    /// The upload that it goes on with; nil where it begins one, or is about none.
    public let id: String?
    public let commands: Commands
    /// Where its bytes belong; nil where that isn't told.
    public let offset: Int?

    public init(_ head: RequestHead) {
        id = head.target.queryValue("upload_id")
        commands = UploadHead.commands(head.fields["x-goog-upload-command"] ?? "")
        offset = head.fields["x-goog-upload-offset"].flatMap { Int($0) }.flatMap { $0 < 0 ? nil : $0 }
    }

    /// Whether an upload begins with it whose bytes come in further requests.
    public var begins: Bool { id == nil && commands.contains(.start) }

    /// The same with the id of another.
    public func withID(of other: UploadHead) -> UploadHead {
        UploadHead(id: other.id, commands: commands, offset: offset)
    }

    /// The same with the commands and the offset of another.
    public func asking(for other: UploadHead) -> UploadHead {
        UploadHead(id: id, commands: other.commands, offset: other.offset)
    }

    /// What it must have been by its answer, where it was recorded without the fields of the protocol: cassettes are made so
    /// that keep few header fields.
    ///
    /// - Parameters:
    ///   - received: how many bytes had come before.
    ///   - length: how many it brought.
    func supposed(by answer: RecordedAnswer, received: Int, length: Int) -> UploadHead {
        let status = answer.fields.first { $0.name.lowercased() == "x-goog-upload-status" }?.value
            .lowercased()
        switch status {
        case "final": return UploadHead(id: id, commands: [.upload, .finalize], offset: offset ?? received)
        case "active" where length > 0:
            return UploadHead(id: id, commands: .upload, offset: offset ?? received)
        case "active": return UploadHead(id: id, commands: .query, offset: nil)
        default: return self
        }
    }

    private init(id: String?, commands: Commands, offset: Int?) {
        self.id = id
        self.commands = commands
        self.offset = offset
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
}
