// SPDX-License-Identifier: Apache-2.0

import GeminiService
import HTTPWire

/// A request as stubs look at it. What costs something is worked out when it is first asked for, and once: thousands of
/// stubs may ask. One thread uses it.
public final class RequestSubject {
    /// The method, as the API spells it.
    public let endpoint: String
    /// Without `models/`; nil where none is named.
    public let model: String?
    /// Whose request it is, and what people call that. May be a credential: never shown.
    public let tenant: String
    public let tenantName: String
    /// The scenario that is asked for; nil for those that are played for everybody.
    public let scenario: String?
    public let head: RequestHead
    /// An empty object where there is none, or where it isn't JSON.
    public let body: JSONView
    /// Whether a stream is asked for.
    public let isStream: Bool
    /// Which step of an upload it is; nil where it is none.
    public let step: UploadStep?
    /// For the regular expressions of all stubs.
    let searches = SearchBudget()
    /// Knows the request's own credentials.
    private(set) lazy var redactor = Redactor(of: head)
    public private(set) lazy var conversation = readConversation()
    public private(set) lazy var attachments = readAttachments()

    private let readConversation: () -> Conversation
    private let readAttachments: () -> Attachments

    public init(
        endpoint: String, model: String?, tenant: String, tenantName: String? = nil,
        scenario: String? = nil, head: RequestHead, body: JSONView, isStream: Bool, step: UploadStep? = nil,
        conversation: @escaping () -> Conversation = { Conversation() },
        attachments: @escaping () -> Attachments = { Attachments() }
    ) {
        self.endpoint = endpoint
        self.model = model
        self.tenant = tenant
        self.tenantName = tenantName ?? tenant
        self.scenario = scenario
        self.head = head
        self.body = body
        self.isStream = isStream
        self.step = step
        readConversation = conversation
        readAttachments = attachments
    }

    /// Whether it begins something: what goes on with it later fits only stubs that ask for its step.
    var begins: Bool { step?.begins ?? true }

    public typealias Conversation = CallConversation
    public typealias Attachments = CallAttachments
    public typealias File = CallFile
}
