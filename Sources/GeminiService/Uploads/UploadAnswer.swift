// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire

/// What the upload server answers. It is another server than the API's, with header fields of its own and errors in plain
/// text (CORE 2.1).
public struct UploadAnswer: Sendable, Equatable {
    /// Where an upload stands, as its header field tells it.
    public enum Status: String, Sendable {
        case active, final, cancelled
    }

    public enum Body: Sendable, Equatable {
        case text(String)
        /// A JSON text without its last line end.
        case json([UInt8])
    }

    /// The HTTP status.
    public var code = 200
    /// The upload's id; nil where there is none to tell.
    public var id: String?
    public var status: Status?
    /// Further fields, in order.
    public var fields: [HTTPFields.Field] = []
    public var body = Body.text("")
}

extension UploadAnswer {
    /// A refusal by the API behind the upload server, passed on as it is (assumed: CORE 2.2).
    public init(_ error: APIError) {
        self.init(code: error.status.http, status: .final, body: .json(error.body))
    }

    /// A file in the form that was asked for; a refusal stays whole.
    func shaped(_ shape: AnswerShape) -> UploadAnswer {
        guard code == 200, case .json(let text) = body else { return self }
        var answer = self
        answer.body = .json(shape.applied(to: text, style: .pretty))
        return answer
    }

    /// CORE 2.2, recorded: the multiple that the length of every chunk but the last must be of.
    static let granularity = 8_388_608

    /// - Parameter url: where the bytes go.
    static func started(id: String, url: String) -> UploadAnswer {
        let vary = ["Origin", "Referer", "X-Origin"].map { HTTPFields.Field("X-Goog-Upload-Header-Vary", $0) }
        return UploadAnswer(
            id: id, status: .active,
            fields: [
                HTTPFields.Field("X-Goog-Upload-URL", url),
                HTTPFields.Field("X-Goog-Upload-Control-URL", url),
                HTTPFields.Field("X-Goog-Upload-Chunk-Granularity", String(granularity)),
                HTTPFields.Field("X-Goog-Upload-Header-Content-Type", "application/json; charset=UTF-8"),
            ] + vary
        )
    }

    /// An upload that waits for more, or was given up.
    static func progress(id: String, status: Status, received: Int) -> UploadAnswer {
        UploadAnswer(
            id: id, status: status,
            fields: [HTTPFields.Field("X-Goog-Upload-Size-Received", String(received))]
        )
    }

    static func finished(id: String, json: [UInt8]) -> UploadAnswer {
        UploadAnswer(id: id, status: .final, body: .json(json))
    }

    static func refused(_ code: Int, _ text: String, id: String? = nil, status: Status?) -> UploadAnswer {
        UploadAnswer(code: code, id: id, status: status, body: .text(text))
    }
}

/// Why the upload server doesn't take what it was sent. But for the first, the words are ours; CORE 2.6 and 9.1 tell what is
/// known of the codes.
enum UploadRefusal: Error, Equatable {
    /// Seen in many reports: the upload is finished, given up or broken off.
    case terminated
    case unknownUpload
    case noCommand
    case noOffset
    case wrongOffset(expected: Int, got: Int)
    case badLength
    case tooShort(received: Int, announced: Int)
    case tooLong(announced: Int)
    /// The client hasn't announced how much comes, and it is more than a file may have.
    case tooLarge(limit: Int)
    case badMultipart(String)

    func answer(id: String?) -> UploadAnswer {
        switch self {
        case .terminated: refused("Upload has already been terminated.", id, .final)
        case .unknownUpload: .refused(404, "Not Found", id: nil, status: nil)
        case .noCommand:
            refused("Invalid request.  X-Goog-Upload-Command names no command that fits.", id, .active)
        case .noOffset:
            refused("Invalid request.  X-Goog-Upload-Offset is missing or no number.", id, .active)
        case .wrongOffset(let expected, let got):
            refused("Invalid request.  The offset must be \(expected), but it is \(got).", id, .active)
        case .badLength:
            refused(
                "Invalid request.  Every chunk but the last must have a multiple of \(UploadAnswer.granularity) bytes.",
                id, .active
            )
        case .tooShort(let received, let announced):
            refused("Invalid request.  \(announced) bytes were announced, but \(received) came.", id, .final)
        case .tooLong(let announced):
            refused("Invalid request.  \(announced) bytes were announced, but more came.", id, .final)
        case .tooLarge(let limit): UploadAnswer(.fileTooLarge(limit: limit))
        case .badMultipart(let problem): refused("Invalid multipart request: \(problem)", id, .final)
        }
    }

    private func refused(_ text: String, _ id: String?, _ status: UploadAnswer.Status) -> UploadAnswer {
        .refused(400, text, id: id, status: status)
    }
}
