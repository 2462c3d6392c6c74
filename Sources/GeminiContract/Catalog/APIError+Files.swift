// SPDX-License-Identifier: Apache-2.0

import HTTPWire

// What a request is refused with for the media it carries or names.

extension APIError {
    /// A file that never was, is gone, has expired or belongs to another key; the id without `files/`. CORE 3.3, seen in
    /// five repositories. It is never a 404.
    public static func noSuchFile(_ id: String) -> APIError {
        APIError(
            .permissionDenied, "You do not have permission to access the File \(id) or it may not exist."
        )
    }

    /// A file that is still being processed, or couldn't be. CORE 3.3, seen 2026.
    public static func fileNotActive(_ id: String) -> APIError {
        APIError(
            .failedPrecondition, "The File \(id) is not in an ACTIVE state and usage is not allowed."
        )
    }

    /// A `fileUri` that is no file of this service and no address. CORE 3.3: the words are seen, what stands behind the
    /// colon is assumed.
    public static func badFileURI(_ uri: String) -> APIError {
        APIError(.invalidArgument, "Invalid or unsupported file uri: \(uri)")
    }

    /// The type as it was sent or stored. CORE 6.4, seen in googleapis/python-genai#744 and others; generateContent and
    /// countTokens say the same, and the end of an upload too (googleapis/python-genai#1547).
    public static func unsupportedType(_ mimeType: String) -> APIError {
        APIError(.invalidArgument, "Unsupported MIME type: \(mimeType)")
    }

    /// What the API says where it doesn't say what is wrong. CORE 6.4, seen.
    public static let invalidArgument = APIError(.invalidArgument, "Request contains an invalid argument.")

    /// What the API says where it doesn't say what isn't fulfilled. CORE 6.4, seen.
    static let preconditionFailed = APIError(.failedPrecondition, "Precondition check failed.")

    /// More sound than a prompt may have. The limit is that of the documentation (CORE 5.3); the words are assumed.
    public static func tooMuchAudio(seconds: Int, limit: Int) -> APIError {
        APIError(
            .invalidArgument,
            "The audio of a prompt must not be longer than \(limit) seconds in total, but it is \(seconds) seconds long."
        )
    }
}

// MARK: - Uploads

extension APIError {
    /// A name of an upload that is taken. CORE 2.6: message and code are seen at the end of an upload (python-genai#913),
    /// the status by other reports.
    public static func fileExists(_ id: String) -> APIError {
        APIError(.alreadyExists, "\(id) already exists.")
    }

    /// A name that no file can have. CORE 3.1: the rule is the documentation's; the words are assumed.
    public static let badFileName = APIError.validator([
        "CreateFileRequest.file.name: The file name must have 1 to 40 lowercase letters, digits or dashes, and must not "
            + "begin or end with a dash."
    ])

    /// CORE 3.1: the limit is the documentation's; the words are assumed.
    public static let badDisplayName = APIError.validator([
        "CreateFileRequest.file.display_name: The display name must have 512 characters at most."
    ])

    /// A file over the limit. CORE 2.6: the limit is the documentation's; the words are assumed.
    public static func fileTooLarge(limit: Int) -> APIError {
        APIError(.invalidArgument, "The size of a file must not exceed the limit: \(limit) bytes.")
    }

    /// An uploaded file that was to be downloaded. CORE 3.2: that it is refused is known, the words are assumed.
    public static func notDownloadable(_ id: String) -> APIError {
        APIError(
            .failedPrecondition,
            "The File \(id) was uploaded and can't be downloaded: only generated files can."
        )
    }
}
