// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire

/// The upload server (CORE 2): resumable uploads in their steps, and files that come in one request.
struct UploadFileEndpoint: Endpoint {
    let name = "uploadFile"
    let route = RouteTemplate("POST /upload/{version}/files")
    let message: String? = "CreateFileRequest"
    let answerMessage: String? = "CreateFileResponse"

    func errorForm(for head: RequestHead) -> ErrorForm { .upload }

    /// The id of an upload is all that its further requests need: Google's Python client sends no key with them (CORE 2.2).
    func tenant(of head: RequestHead, _ service: FakeService) -> Tenant? {
        guard let id = head.target.queryValue("upload_id") else { return nil }
        return service.uploads.session(id)?.tenant ?? Tenant("")
    }

    var receivesBodies: Bool { true }

    func receiver(for head: RequestHead, _ service: FakeService) -> (any BodyReceiver)? {
        let request = UploadRequest(head)
        let largest = service.fileStore.limits.fileBytes
        if let id = request.id {
            return ChunkReceiver(request, session: service.uploads.session(id), largest: largest)
        }
        if request.way == .resumable { return nil }
        return WholeFileReceiver(
            request, bytes: service.newBytes(), largest: largest, started: service.clock.nanoseconds
        )
    }

    func answer(_ call: APICall, _ service: FakeService) throws -> APIAnswer {
        if let session = (call.received as? ChunkReceiver)?.session { service.note(.upload(id: session.id)) }
        do {
            if let trouble = call.trouble, trouble.unavailableAfter != nil {
                let session = (call.received as? ChunkReceiver)?.session
                return .upload(.unavailable(trouble.tellsStanding ? session : nil))
            }
            if call.trouble?.isCancelled ?? false, let session = (call.received as? ChunkReceiver)?.session {
                return .upload(try session.cancel())
            }
            switch call.received {
            case let chunk as ChunkReceiver: return .upload(try goOn(chunk, service))
            case let file as WholeFileReceiver:
                let upload = try file.upload { metadata throws(APIError) in
                    try service.checks.bind(metadata, as: self, call)
                }
                let json = try take(upload, of: call.tenant, fate: fate(call), service)
                return .upload(UploadAnswer(status: .final, body: .json(json)))
            default: return .upload(try start(call, service))
            }
        } catch let refusal as UploadRefusal {
            return .upload(refusal.answer(id: (call.received as? ChunkReceiver)?.session?.id))
        }
    }

    func step(of head: RequestHead) -> UploadStep? { UploadStep(UploadRequest(head)) }

    /// Of a file that comes in one request all is known; of one that is only begun, what the client says.
    func contents(of call: APICall, _ service: FakeService) -> CallContents {
        if let upload = try? (call.received as? WholeFileReceiver)?.upload() {
            return CallContents(uploaded: CallFile(upload))
        }
        let request = UploadRequest(call.head)
        let metadata = try? FileMetadata(call.body)
        return CallContents(
            uploaded: CallFile(
                mimeType: metadata?.mimeType ?? request.mimeType ?? "", size: request.announced
            )
        )
    }

    /// What a scenario says of the file that the call brings, or begins to bring.
    private func fate(_ call: APICall) -> FileFate? {
        if case .file(let fate) = call.script { fate } else { nil }
    }

    private func start(_ call: APICall, _ service: FakeService) throws -> UploadAnswer {
        let request = UploadRequest(call.head)
        guard request.commands.contains(.start) else { throw UploadRefusal.noCommand }
        let metadata = try FileMetadata(call.body)
        try FileMetadata.checkLength(ofType: request.mimeType)
        if let announced = request.announced {
            try service.fileStore.checkRoom(for: announced, of: call.tenant)
        }
        let session = service.uploads.start(
            request, metadata, of: call.tenant, bytes: service.newBytes(of: call.tenant), fate: fate(call),
            granularity: call.trouble?.granularity
        )
        service.note(.upload(id: session.id))
        let url = UploadURL.make(call.head, version: call.version, id: session.id)
        return .started(id: session.id, url: url, granularity: session.granularity)
    }

    /// The command decides, whatever else stands in the head: Python's client repeats the start's fields (CORE 2.4).
    private func goOn(_ chunk: ChunkReceiver, _ service: FakeService) throws -> UploadAnswer {
        if let refusal = chunk.refusal { throw refusal }
        guard let session = chunk.session else { throw UploadRefusal.unknownUpload }
        let commands = chunk.request.commands
        if commands.contains(.cancel) { return try session.cancel() }
        if commands.contains(.finalize) {
            return try session.finalize(turn: chunk.turn) { upload in
                try take(upload, of: session.tenant, fate: session.fate, service) {
                    try session.checkIsKnown()
                }
            }
        }
        if let turn = chunk.turn { return try session.endOfChunk(turn: turn, count: chunk.count) }
        guard commands.contains(.query) else { throw UploadRefusal.noCommand }
        return session.query()
    }

    /// Makes a file of an upload.
    ///
    /// - Parameter check: refuses what isn't wanted any more.
    /// - Returns: `{"file": …}`, as recorded.
    private func take(
        _ upload: FinishedUpload, of tenant: Tenant, fate: FileFate?, _ service: FakeService,
        check: () throws -> Void = {}
    ) throws -> [UInt8] {
        try FileMetadata.checkLength(ofType: upload.mimeType)
        guard SupportedMediaType.isWellFormed(upload.mimeType) else {
            throw APIError.unsupportedType(upload.mimeType)
        }
        let file = try service.fileStore.add(upload, of: tenant, fate: fate, check: check)
        service.note(.file(id: file.id, sha256: file.sha256))
        var writer = JSONWriter(.pretty)
        writer.object { writer in
            writer.key("file")
            file.write(to: &writer, at: service.clock.nanoseconds)
        }
        return writer.bytes
    }
}
