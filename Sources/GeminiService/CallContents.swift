// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire
import MediaProbe

/// What is said in a request and what comes with it, whichever API it is for: for those who decide by it what is
/// answered.
public struct CallContents: Sendable {
    private var contents: [Content] = []
    /// How many of the contents are from earlier calls.
    private var earlier = 0
    private var system: Content?
    /// Names of the functions that are declared.
    private var tools: [String] = []
    /// The file that the request brings.
    private let uploaded: CallFile?

    init(uploaded: CallFile? = nil) {
        self.uploaded = uploaded
    }

    init(contents: [Content], system: Content? = nil) {
        self.init()
        self.contents = contents
        self.system = system
    }

    init(_ request: GenerateContentRequest) {
        self.init(contents: request.contents, system: request.systemInstruction)
        earlier = request.earlierContents
        tools = request.functions.map(\.name)
    }

    public var conversation: CallConversation {
        var conversation = CallConversation()
        conversation.system = system?.text
        conversation.tools = tools
        conversation.turn = contents.count { !$0.isFromModel }
        conversation.lastText = contents.last { !$0.isFromModel && $0.hasText }?.text
        conversation.functionResponses =
            contents.last?.parts.compactMap { part in
                if case .functionResponse(let view) = part.data { view.field("name")?.string } else { nil }
            } ?? []
        return conversation
    }

    public func attachments(of tenant: Tenant, _ service: FakeService) -> CallAttachments {
        let media = RequestMedia(
            contents: Array(contents.dropFirst(earlier)), systemInstruction: system, files: service.files,
            tenant: tenant
        )
        var attachments = CallAttachments()
        for medium in media.all {
            switch medium.place {
            case .inline: attachments.inlineBytes += medium.sizeBytes ?? 0
            case .file, .youTube: attachments.files.append(CallFile(medium))
            }
        }
        if let uploaded { attachments.files.append(uploaded) }
        return attachments
    }
}

/// What is said in a request.
public struct CallConversation: Sendable {
    /// The system instruction's text; nil where there is none.
    public var system: String?
    /// The last text that the user sent; nil where there is none.
    public var lastText: String?
    /// Names of the functions that are declared.
    public var tools: [String] = []
    /// Names of the functions whose results the last turn brings.
    public var functionResponses: [String] = []
    /// How many turns of the user there are, this one included; what functions gave back is one. 0 where the request is
    /// no part of a conversation.
    public var turn = 0

    public init() {}
}

/// The media of a request.
public struct CallAttachments: Sendable {
    /// Those that are named, and the one that is uploaded.
    public var files: [CallFile] = []
    /// How many bytes of inline data there are in all.
    public var inlineBytes = 0

    public init() {}
}

/// A file that a request names, or that it uploads.
public struct CallFile: Sendable {
    /// Empty where it isn't told.
    public var mimeType: String
    /// In bytes; nil where it isn't known, or not yet.
    public var size: Int?
    /// In lower-case hex; nil where it isn't known, or not yet.
    public var sha256: String?
    /// In seconds; nil where it has none, or it isn't known yet.
    public var seconds: Double?

    public init(mimeType: String, size: Int? = nil, sha256: String? = nil, seconds: Double? = nil) {
        self.mimeType = mimeType
        self.size = size
        self.sha256 = sha256
        self.seconds = seconds
    }

    init(_ medium: Medium) {
        self.init(
            mimeType: medium.mimeType, size: medium.sizeBytes, sha256: medium.sha256,
            seconds: medium.facts.seconds
        )
    }

    init(_ upload: FinishedUpload) {
        self.init(
            mimeType: upload.mimeType, size: upload.sizeBytes, sha256: upload.sha256,
            seconds: upload.facts.seconds
        )
    }
}

extension Content {
    fileprivate var hasText: Bool {
        parts.contains { part in
            if case .text = part.data { !part.isThought } else { false }
        }
    }
}
