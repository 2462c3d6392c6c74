// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire

/// Takes a file that comes in one request: as the body itself, or as the second part of a multipart one.
///
/// `@unchecked Sendable`: only its connection's thread touches it.
final class WholeFileReceiver: BodyReceiver, @unchecked Sendable {
    private let request: UploadRequest
    private let bytes: UploadedBytes
    private let started: Int64
    private let largest: Int
    private var multipart: MultipartReader?
    private var refusal: UploadRefusal?
    private var isTooLarge = false

    /// - Parameters:
    ///   - largest: how many bytes the file may have.
    ///   - started: nanoseconds since 1970.
    init(_ request: UploadRequest, bytes: UploadedBytes, largest: Int, started: Int64) {
        self.request = request
        self.bytes = bytes
        self.largest = largest
        self.started = started
        if request.way == .multipart {
            multipart = MultipartReader(contentType: request.contentType)
            if multipart == nil { refusal = .badMultipart(.noBoundary) }
        } else if (request.contentLength ?? 0) > largest {
            isTooLarge = true
        }
    }

    var wantsMore: Bool { refusal == nil && !isTooLarge && !(multipart?.isOver ?? false) }

    func receive(_ data: UnsafeRawBufferPointer) {
        if multipart == nil {
            append(data)
        } else {
            multipart?.consume(data) { append($0) }
            if multipart?.hasFailed ?? false { refusal = multipartRefusal }
        }
    }

    func finish() -> HTTPRequest.Body { .received(self) }

    /// The file, once the body is complete.
    ///
    /// - Parameter check: refuses metadata that doesn't fit its message.
    /// - Throws: `UploadRefusal` or `APIError`.
    func upload(checking check: (JSONView) throws(APIError) -> Void = { _ in }) throws -> FinishedUpload {
        if let refusal { throw refusal }
        if isTooLarge { throw APIError.fileTooLarge(limit: largest) }
        guard let multipart else {
            return bytes.finished(FileMetadata(), mimeType: request.mimeType, started: started)
        }
        if multipart.problem != nil { throw multipartRefusal }
        let metadata = try FileMetadata(json: multipart.metadata, checking: check)
        return bytes.finished(metadata, mimeType: request.mimeType ?? multipart.contentType, started: started)
    }

    private func append(_ data: UnsafeRawBufferPointer) {
        guard !isTooLarge, data.count <= largest - bytes.count else {
            isTooLarge = true
            return
        }
        bytes.append(data)
    }

    private var multipartRefusal: UploadRefusal {
        switch multipart?.problem {
        case .missingPart: .badMultipart(.missingPart)
        case .preambleTooLong: .badMultipart(.preambleTooLong)
        case .headTooLong: .badMultipart(.headTooLong)
        case .metadataTooLong: .badMultipart(.metadataTooLong)
        case .notBase64: .badMultipart(.notBase64)
        case .unfinished, nil: .badMultipart(.unfinished)
        }
    }
}
