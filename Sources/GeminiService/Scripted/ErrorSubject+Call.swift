// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire

extension ErrorSubject {
    /// What a call is about, as far as it says; the caller's key is never told.
    init(_ call: APICall, _ endpoint: any Endpoint) {
        self.init()
        version = call.version
        method = endpoint.name
        if let name = call.names.first, call.head.target.segments.contains("files") { file = name }
        if let name = endpoint.model(of: call) { model = name }
        if let named = ErrorSubject.firstFile(in: call.body) {
            uri = named.uri
            if case .uploaded(let id) = FileURI(named.uri) { file = id }
            if !named.mimeType.isEmpty { mimeType = named.mimeType }
        }
        if endpoint is UploadFileEndpoint { describeUpload(call) }
    }

    /// The first part of generateContent's that names a file.
    private static func firstFile(in body: JSONView) -> (uri: String, mimeType: String)? {
        for content in body.list("contents") {
            for part in content.list("parts") {
                guard let data = part.field("fileData"), let uri = data.field("fileUri")?.string else {
                    continue
                }
                return (uri, data.field("mimeType")?.string ?? "")
            }
        }
        return nil
    }

    private mutating func describeUpload(_ call: APICall) {
        guard let metadata = try? FileMetadata(call.body) else { return }
        if let id = metadata.id { file = id }
        if let type = metadata.mimeType ?? UploadRequest(call.head).mimeType { mimeType = type }
    }
}
