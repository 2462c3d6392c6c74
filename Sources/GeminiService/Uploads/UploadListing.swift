// SPDX-License-Identifier: Apache-2.0

/// What there is to say of a resumable upload. Its id isn't: whoever has it may go on with the upload.
public struct UploadListing: Sendable, Equatable {
    public enum State: String, Sendable {
        case active, final, cancelled
        /// Refused at its end.
        case failed
    }

    public let tenant: Tenant
    public let state: State
    /// How many bytes have come.
    public let received: Int
    /// How many are to come; nil where the client hasn't told.
    public let announced: Int?
    public let mimeType: String?
    public let displayName: String?
    /// Nanoseconds since 1970.
    public let started: Int64

    init(_ session: UploadSession) {
        tenant = session.tenant.withoutSecret
        (state, received) = session.standing
        announced = session.announced
        mimeType = session.metadata.mimeType ?? session.mimeType
        displayName = session.metadata.displayName
        started = session.started
    }
}
