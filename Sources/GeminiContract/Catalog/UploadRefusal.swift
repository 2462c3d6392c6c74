// SPDX-License-Identifier: Apache-2.0

/// Why the upload server doesn't take what it was sent, in plain text (CORE 2.1). But for the first, the words are assumed;
/// CORE 2.6 and 9.1 tell what is known of the codes.
public enum UploadRefusal: Error, Sendable, Equatable {
    /// Seen in many reports: the upload is finished, given up or broken off.
    case terminated
    case unknownUpload
    case noCommand
    case noOffset
    case wrongOffset(expected: Int, got: Int)
    /// A chunk, but the last, whose length is no multiple of the granularity.
    case badLength(granularity: Int)
    case tooShort(received: Int, announced: Int)
    case tooLong(announced: Int)
    /// The client hasn't announced how much comes, and it is more than a file may have: the API's refusal.
    case tooLarge(limit: Int)
    /// The tenant's files, and what has arrived of others, are as much as may be: the API's refusal.
    case noRoom(limit: Int)
    case badMultipart(MultipartFault)

    /// CORE 2.2, recorded: the multiple that the length of every chunk but the last must be of.
    public static let granularity = 8_388_608

    /// What is wrong with a body of several parts.
    public enum MultipartFault: String, Sendable {
        case noBoundary = "its Content-Type names no boundary."
        case missingPart = "it has fewer than two parts."
        case preambleTooLong = "its first part doesn't begin."
        case headTooLong = "the head of a part is too long."
        case metadataTooLong = "the first part is too long."
        case notBase64 = "the second part isn't base64, though it says so."
        case unfinished = "it ends before its second part does."
    }

    /// The HTTP status.
    public var http: Int {
        switch self {
        case .unknownUpload: 404
        case .noRoom: 429
        default: 400
        }
    }

    public var text: String {
        switch self {
        case .terminated: "Upload has already been terminated."
        case .unknownUpload: "Not Found"
        case .noCommand: "Invalid request.  X-Goog-Upload-Command names no command that fits."
        case .noOffset: "Invalid request.  X-Goog-Upload-Offset is missing or no number."
        case .wrongOffset(let expected, let got):
            "Invalid request.  The offset must be \(expected), but it is \(got)."
        case .badLength(let granularity):
            "Invalid request.  Every chunk but the last must have a multiple of \(granularity) bytes."
        case .tooShort(let received, let announced):
            "Invalid request.  \(announced) bytes were announced, but \(received) came."
        case .tooLong(let announced): "Invalid request.  \(announced) bytes were announced, but more came."
        case .tooLarge(let limit): APIError.fileTooLarge(limit: limit).message
        case .noRoom(let limit): APIError.fileStorageQuota(limit: limit).message
        case .badMultipart(let fault): "Invalid multipart request: \(fault.rawValue)"
        }
    }
}
