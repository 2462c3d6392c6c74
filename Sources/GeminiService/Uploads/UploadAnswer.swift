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
    package static let granularity = UploadRefusal.granularity

    /// - Parameter url: where the bytes go.
    static func started(
        id: String, url: String, granularity: Int = UploadAnswer.granularity
    ) -> UploadAnswer {
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
    package static func progress(id: String, status: Status, received: Int) -> UploadAnswer {
        UploadAnswer(
            id: id, status: status,
            fields: [HTTPFields.Field("X-Goog-Upload-Size-Received", String(received))]
        )
    }

    /// The upload server can't, for now.
    ///
    /// - Parameter session: the upload, where the answer is to tell where that stands. Both are known of Google's resumable
    ///   uploads (storage-testbench; google-cloud-go#1507); the words are assumed.
    static func unavailable(_ session: UploadSession?) -> UploadAnswer {
        var answer = UploadAnswer()
        if let session { answer = session.query() }
        answer.code = 503
        answer.body = .text("Service Unavailable")
        return answer
    }

    static func finished(id: String, json: [UInt8]) -> UploadAnswer {
        UploadAnswer(id: id, status: .final, body: .json(json))
    }

    fileprivate static func refused(_ why: UploadRefusal, id: String?, status: Status?) -> UploadAnswer {
        UploadAnswer(code: why.http, id: id, status: status, body: .text(why.text))
    }
}

extension UploadRefusal {
    /// - Parameter id: the upload's; nil where there is none to tell.
    package func answer(id: String?) -> UploadAnswer {
        switch self {
        case .unknownUpload: .refused(self, id: nil, status: nil)
        case .noCommand, .noOffset, .wrongOffset, .badLength: .refused(self, id: id, status: .active)
        case .terminated, .tooShort, .tooLong, .badMultipart: .refused(self, id: id, status: .final)
        case .tooLarge(let limit): UploadAnswer(.fileTooLarge(limit: limit))
        case .noRoom(let limit): UploadAnswer(.fileStorageQuota(limit: limit))
        }
    }
}
