// SPDX-License-Identifier: Apache-2.0

/// What a request to the upload server does (CORE 2.2).
public enum UploadStep: String, Sendable, CaseIterable {
    /// Begins a resumable upload.
    case start
    /// Brings bytes.
    case upload
    /// Ends the upload, often with the last bytes.
    case finalize
    case query
    case cancel
    /// Brings a file in one request.
    case whole

    /// Whether the upload begins with it.
    public var begins: Bool { self == .start || self == .whole }

    init(_ request: UploadRequest) {
        switch request.commands {
        case _ where request.id == nil: self = request.way == .resumable ? .start : .whole
        case let commands where commands.contains(.cancel): self = .cancel
        case let commands where commands.contains(.finalize): self = .finalize
        case let commands where commands.contains(.query): self = .query
        default: self = .upload
        }
    }
}
