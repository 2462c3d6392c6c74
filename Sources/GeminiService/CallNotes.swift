// SPDX-License-Identifier: Apache-2.0

/// What is found out about a request while it is answered, for whoever keeps a journal. One thread uses it.
public protocol CallNotes: AnyObject, Sendable {
    /// What the real service would have refused, or what somebody may want to know. Untrusted text.
    func warn(_ text: String)

    /// What the request is about.
    func concerns(_ subject: CallSubject)
}

/// What several requests can be about: each is a step of one operation then.
public enum CallSubject: Sendable, Hashable {
    /// - Parameter id: a credential, since it is all that the further requests need.
    case upload(id: String)
    case interaction(id: String)
    /// The file that an upload has brought.
    case file(id: String, sha256: String)
}
