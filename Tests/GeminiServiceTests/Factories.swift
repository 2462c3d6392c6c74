// SPDX-License-Identifier: Apache-2.0

import Foundation
import GeminiContract
import HTTPWire
import MediaProbe
import TestSupport
import XCTest

@testable import GeminiService

/// A value as it arrives in a body.
func makeView(_ json: String) throws -> JSONView {
    try JSONDocument(parsing: Array(json.utf8)).root
}

/// A value that is sent.
func makeJSON(_ json: String) throws -> JSON { JSON(try makeView(json)) }

func makeModel(_ name: String = "gemini-2.5-flash") throws -> Model {
    try XCTUnwrap(ModelCatalog().model(named: name), name)
}

func makeTraits(_ name: String = "gemini-2.5-flash") throws -> ModelTraits {
    ModelTraits(try makeModel(name))
}

/// The body of a generateContent request with one text, or with contents of one's own.
func makeBody(text: String = "hi", contents: String? = nil, members: String = "") -> String {
    let quoted = String(decoding: JSON.string(text).bytes(.compact), as: UTF8.self)
    let contents = contents ?? #"[{"role": "user", "parts": [{"text": \#(quoted)}]}]"#
    return #"{"contents": \#(contents)\#(members.isEmpty ? "" : ", \(members)")}"#
}

/// A request, whatever is wrong with it.
func makeRequest(
    text: String = "hi", contents: String? = nil, members: String = ""
) throws -> GenerateContentRequest {
    var problems = RequestProblems(message: "GenerateContentRequest")
    return GenerateContentRequest(
        try makeView(makeBody(text: text, contents: contents, members: members)), &problems
    )
}

func makeService(
    models: ModelCatalog = ModelCatalog(), seed: UInt64 = 1,
    clock: any WallClock = FixedWallClock(seconds: 0),
    files: any FileDirectory = EmptyFileDirectory(), checks: RequestChecks = RequestChecks(),
    maximumFileBytes: Int? = nil, folder: FileFolder? = nil
) -> FakeService {
    var service = FakeService(
        models: models, seed: seed, clock: clock, checks: checks, maximumFileBytes: maximumFileBytes,
        folder: folder
    )
    service.files = files
    return service
}

/// Knows no file.
struct EmptyFileDirectory: FileDirectory {
    func file(_ id: String, of tenant: Tenant) throws(APIError) -> FileEntry { throw .noSuchFile(id) }
}

/// Files of the tenant `t`.
struct FileTable: FileDirectory {
    private let entries: [String: FileEntry]

    init(_ entries: [String: FileEntry]) {
        self.entries = entries
    }

    func file(_ id: String, of tenant: Tenant) throws(APIError) -> FileEntry {
        guard tenant == Tenant("t"), let entry = entries[id] else { throw .noSuchFile(id) }
        return entry
    }
}

func makeEntry(
    _ mimeType: String, size: Int = 1000, facts: MediaFacts = MediaFacts(), state: FileState = .active
) -> FileEntry {
    FileEntry(
        mimeType: mimeType, sizeBytes: size, sha256: String(repeating: "0", count: 64), facts: facts,
        state: state)
}

/// The media of a request.
func makeMedia(
    _ request: GenerateContentRequest, files: any FileDirectory = EmptyFileDirectory(),
    tenant: Tenant = Tenant("t")
) throws -> RequestMedia {
    let media = RequestMedia(
        contents: request.contents, systemInstruction: request.systemInstruction, files: files,
        tenant: tenant
    )
    if let refusal = media.refusal { throw refusal }
    return media
}

/// A part that names a file or an address.
func makeFilePart(_ uri: String, type: String = "") -> String {
    #"{"fileData": {"fileUri": "\#(uri)", "mimeType": "\#(type)"}}"#
}

func makeHead(
    _ method: String, _ target: String, _ fields: [(String, String)] = []
) -> RequestHead {
    RequestHead(
        method: method, target: RequestTarget(target),
        fields: HTTPFields(fields.map { HTTPFields.Field($0.0, $0.1) })
    )
}

/// What an endpoint answers to a request.
func makeAnswer(
    _ method: String = "POST", _ target: String, body: String = "{}", fields: [HTTPFields.Field] = [],
    service: FakeService = makeService(), tenant: String = "t", script: ScriptedReply? = nil
) throws -> APIAnswer {
    let (call, endpoint) = try makeCall(
        method, target, fields.map { ($0.name, $0.value) }, body: body, service: service, tenant: tenant)
    let bound = try service.checks.bind(call, to: endpoint)
    return try endpoint.answer(script.map { bound.scripted($0) } ?? bound, service)
}

/// A call whose body has arrived, not yet bound, and the endpoint that it is for.
func makeCall(
    _ method: String = "POST", _ target: String, _ fields: [(String, String)] = [], body: String = "{}",
    service: FakeService = makeService(), tenant: String = "t"
) throws -> (call: APICall, endpoint: any Endpoint) {
    let head = makeHead(method, target, fields)
    guard case .endpoint(let endpoint, let version, let names) = EndpointTable().route(head) else {
        throw NoEndpoint(target: target)
    }
    let receiver = endpoint.receiver(for: head, service)
    Array(body.utf8).withUnsafeBytes { receiver?.receive($0) }
    let call = APICall(
        head: head, version: version, names: names, tenant: Tenant(tenant),
        body: try makeView(receiver == nil ? body : "{}"), received: receiver
    )
    return (call, endpoint)
}

struct NoEndpoint: Error {
    let target: String
}

/// The JSON that an endpoint answers.
func makeAnswerJSON(
    _ method: String = "POST", _ target: String, body: String = "{}", service: FakeService = makeService()
) throws -> JSON {
    guard case .json(let bytes, _) = try makeAnswer(method, target, body: body, service: service) else {
        throw NoEndpoint(target: target)
    }
    return JSON(try JSONDocument(parsing: bytes, grammar: .strict).root)
}

/// What `body` is refused with; fails where it isn't.
func refusal(
    file: StaticString = #filePath, line: UInt = #line, _ body: () throws -> Any
) -> APIError? {
    do {
        _ = try body()
        XCTFail("not refused", file: file, line: line)
    } catch let error as APIError {
        return error
    } catch {
        XCTFail("\(error)", file: file, line: line)
    }
    return nil
}

/// The built-in answer to a request.
func makeBuiltIn(
    text: String = "hi", contents: String? = nil, members: String = "", model: String = "gemini-2.5-flash",
    seed: UInt64 = 1, checks: RequestChecks = RequestChecks(), script: ScriptedReply? = nil
) throws -> ModelAnswer {
    let head = makeHead("POST", "/v1beta/models/\(model):generateContent")
    let body = try makeView(makeBody(text: text, contents: contents, members: members))
    var call = APICall(head: head, version: "v1beta", names: [model], tenant: Tenant("t"), body: body)
    if let script { call = call.scripted(script) }
    return try makeService(seed: seed, checks: checks).answer(call, method: "generateContent")
}

/// What a scenario has a model answer to "hi", or to more.
func makeScripted(
    _ answer: ScriptedAnswer, _ overrides: AnswerOverrides = AnswerOverrides(), members: String = "",
    model: String = "gemini-2.5-flash"
) throws -> ModelAnswer {
    try makeBuiltIn(members: members, model: model, script: .answer(answer, overrides))
}

/// The text of an event on one line.
func makeLine(_ response: GenerateContentResponse) -> String {
    String(decoding: response.bytes(.singleLine), as: UTF8.self)
}

/// A WAVE file of silence: 16 kHz, 16 bits, one channel.
func makeWAV(seconds: Double = 4.32) -> [UInt8] {
    let size = Int(seconds * 32_000)
    let number = { (value: Int, bytes: Int) in
        (0..<bytes).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
    return Array("RIFF".utf8) + number(size + 36, 4) + Array("WAVEfmt ".utf8) + number(16, 4) + number(1, 2)
        + number(1, 2) + number(16_000, 4) + number(32_000, 4) + number(2, 2) + number(16, 2)
        + Array("data".utf8)
        + number(size, 4) + [UInt8](repeating: 0, count: size)
}

/// A part with bytes in it.
func makeInlinePart(_ bytes: [UInt8], type: String = "audio/wav") -> String {
    #"{"inlineData": {"mimeType": "\#(type)", "data": "\#(Base64Encoding.standard(bytes))"}}"#
}

/// The body of an interaction with a model.
func makeInteractionBody(_ input: String = #""hi""#, members: String = "", model: String = "gemini-3.5-flash")
    -> String
{
    #"{"model": "\#(model)", "input": \#(input)\#(members.isEmpty ? "" : ", \(members)")}"#
}

/// What `POST /interactions` answers.
func makeInteraction(
    _ input: String = #""hi""#, members: String = "", model: String = "gemini-3.5-flash",
    service: FakeService,
    tenant: String = "t", script: ScriptedReply? = nil
) throws -> JSON {
    try makeInteractionAnswer(
        "POST", "/v1beta/interactions", body: makeInteractionBody(input, members: members, model: model),
        service: service, tenant: tenant, script: script)
}

/// What an endpoint of the Interactions API answers, as JSON.
func makeInteractionAnswer(
    _ method: String, _ target: String, body: String = "{}", service: FakeService, tenant: String = "t",
    script: ScriptedReply? = nil
) throws -> JSON {
    let answer = try makeAnswer(
        method, target, body: body, service: service, tenant: tenant, script: script)
    guard case .interaction(let bytes) = answer else { throw NoEndpoint(target: target) }
    return JSON(try JSONDocument(parsing: bytes, grammar: .strict).root)
}

/// The frames of a stream, played to its end; `wait` is called instead of waiting.
func makeFrames(
    _ method: String = "POST", _ target: String = "/v1beta/interactions", body: String = "{}",
    service: FakeService, script: ScriptedReply? = nil,
    wait: (Duration) throws -> Void = { _ in throw NoEndpoint(target: "it waits") }
) throws -> [String] {
    switch try makeAnswer(method, target, body: body, service: service, script: script) {
    case .frames(let frames): return frames.map { String(decoding: $0, as: UTF8.self) }
    case .live(let live):
        var (position, frames): (Int, [String]) = (0, [])
        while let action = live.next(&position) {
            switch action {
            case .send(let bytes): frames.append(String(decoding: bytes, as: UTF8.self))
            case .wait(let duration): try wait(duration)
            default: throw NoEndpoint(target: "\(action)")
            }
        }
        return frames
    default: throw NoEndpoint(target: target)
    }
}

extension JSON {
    var text: String? { if case .string(let text) = self { text } else { nil } }
    var elements: [JSON] { if case .array(let elements) = self { elements } else { [] } }
    /// The first text of the first step that is the model's.
    var outputText: String? {
        self["steps"]?.elements.first { $0["type"] == "model_output" }?["content"]?.elements.first?["text"]?
            .text
    }
}

// MARK: - Uploads

/// What the head of a request to the upload server says; the names of its fields without `X-Goog-Upload-`, but for
/// those that begin with a capital.
func makeUploadRequest(
    _ command: String? = nil, id: String? = nil, query: String = "", fields: [(String, String)] = []
) -> UploadRequest {
    UploadRequest(makeUploadHead(command, id: id, query: query, fields: fields))
}

func makeUploadHead(
    _ command: String? = nil, id: String? = nil, query: String = "", fields: [(String, String)] = []
) -> RequestHead {
    let query = id.map { "?upload_id=\($0)&upload_protocol=resumable" } ?? query
    var all = command.map { [("X-Goog-Upload-Command", $0)] } ?? []
    all += fields.map { name, value in
        (name.first?.isUppercase ?? true ? name : "x-goog-upload-\(name)", value)
    }
    return makeHead("POST", "/upload/v1beta/files\(query)", all)
}

/// What the upload server answers to a request whose body arrives in parts; nil where the client leaves before its end.
@discardableResult
func sendUpload(
    _ head: RequestHead, _ parts: [[UInt8]] = [], to service: FakeService, tenant: Tenant = Tenant("t"),
    isWhole: Bool = true
) throws -> UploadAnswer? {
    guard case .endpoint(let endpoint, let version, let names) = EndpointTable().route(head) else {
        throw NoEndpoint(target: head.target.raw)
    }
    let receiver = endpoint.receiver(for: head, service)
    for part in parts where receiver?.wantsMore ?? false { part.withUnsafeBytes { receiver?.receive($0) } }
    guard isWhole else { return nil }
    let json = receiver == nil ? Array(parts.joined()) : []
    let call = APICall(
        head: head, version: version, names: names, tenant: endpoint.tenant(of: head, service) ?? tenant,
        body: try JSONDocument(parsing: json.isEmpty ? Array("{}".utf8) : json).root, received: receiver
    )
    guard case .upload(let answer) = try endpoint.answer(call, service) else {
        throw NoEndpoint(target: head.target.raw)
    }
    return answer
}

/// Starts a resumable upload and gives its id.
func startUpload(
    _ service: FakeService, announced: Int? = nil, json: String = "{}", tenant: Tenant = Tenant("t")
) throws -> String {
    let length = announced.map { [("header-content-length", String($0))] } ?? []
    let head = makeUploadHead("start", fields: [("protocol", "resumable")] + length)
    return try XCTUnwrap(
        try sendUpload(head, [Array(json.utf8)], to: service, tenant: tenant)?.id)
}

/// Goes on with a resumable upload.
@discardableResult
func sendChunk(
    _ command: String, _ id: String, at offset: Int? = nil, _ parts: [[UInt8]] = [], hasLength: Bool = true,
    isWhole: Bool = true, to service: FakeService
) throws -> UploadAnswer? {
    var fields = offset.map { [("offset", String($0))] } ?? []
    if hasLength { fields.append(("Content-Length", String(parts.joined().count))) }
    return try sendUpload(
        makeUploadHead(command, id: id, fields: fields), parts, to: service, isWhole: isWhole)
}

/// The file that an answer of the upload server tells of.
func uploadedFile(_ answer: UploadAnswer?) throws -> JSON {
    guard case .json(let bytes) = try XCTUnwrap(answer).body else { throw NoEndpoint(target: "no JSON") }
    return try XCTUnwrap(JSON(try JSONDocument(parsing: bytes, grammar: .strict).root)["file"])
}

func makeBytes(
    _ bytes: [UInt8] = Array("hello".utf8), folder: FileFolder? = nil
) -> UploadedBytes {
    let content = UploadedBytes(folder: folder)
    _ = bytes.withUnsafeBytes { content.append($0) }
    return content
}

/// An upload whose bytes have all arrived.
func makeUpload(
    _ text: String = "hello", id: String? = nil, type: String = "text/plain", started: Int64 = 0,
    folder: FileFolder? = nil
) -> FinishedUpload {
    var metadata = FileMetadata()
    metadata.id = id
    return makeBytes(Array(text.utf8), folder: folder)
        .finished(metadata, mimeType: type, started: started)
}

func makeStoredFile(
    _ id: String = "abc", displayName: String? = nil, type: String = "text/plain", size: Int = 5,
    created: Int64 = 0, expires: Int64 = FileStore.lifetime, facts: MediaFacts = MediaFacts(),
    fate: FileFate? = nil
) -> StoredFile {
    StoredFile(
        id: id, displayName: displayName, mimeType: type, sizeBytes: size, created: created,
        expires: expires,
        sha256: SHA256.hex(of: "hello"), facts: facts, fate: fate
    )
}

/// What stands in a folder, but for its lock.
func names(in path: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).filter { $0 != ".lock" }.sorted()
}
