// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// A request as stubs look at it. What costs something is worked out when it is first asked for, and once: thousands of
/// stubs may ask. One thread uses it.
public final class RequestSubject {
    /// The method, as the API spells it.
    public let endpoint: String
    /// Without `models/`; nil where none is named.
    public let model: String?
    /// Whose request it is. May be a credential: never shown.
    public let tenant: String
    public let head: RequestHead
    /// An empty object where there is none, or where it isn't JSON.
    public let body: JSONView
    /// Whether a stream is asked for.
    public let isStream: Bool
    public private(set) lazy var conversation = readConversation()
    public private(set) lazy var attachments = readAttachments()

    private let readConversation: () -> Conversation
    private let readAttachments: () -> Attachments

    public init(
        endpoint: String, model: String?, tenant: String, head: RequestHead, body: JSONView, isStream: Bool,
        conversation: @escaping () -> Conversation = { Conversation() },
        attachments: @escaping () -> Attachments = { Attachments() }
    ) {
        self.endpoint = endpoint
        self.model = model
        self.tenant = tenant
        self.head = head
        self.body = body
        self.isStream = isStream
        readConversation = conversation
        readAttachments = attachments
    }

    /// What is said in a request, whichever API it is for.
    public struct Conversation: Sendable {
        /// The system instruction's text; nil where there is none.
        public var system: String?
        /// The last text that the user sent; nil where there is none.
        public var lastText: String?
        /// Names of the functions that are declared.
        public var tools: [String] = []
        /// Names of the functions whose results the last turn brings.
        public var functionResponses: [String] = []
        /// How many turns of the user there are, this one included; 0 where the request isn't part of a conversation.
        public var turn = 0

        public init() {}
    }

    /// The media of a request.
    public struct Attachments: Sendable {
        /// Those that are named, and the one that is uploaded.
        public var files: [File] = []
        /// How many bytes of inline data there are in all.
        public var inlineBytes = 0

        public init() {}
    }

    public struct File: Sendable {
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
    }
}
