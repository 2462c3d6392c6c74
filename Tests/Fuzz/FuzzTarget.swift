// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import MediaProbe

@testable import GeminiContract
@testable import GeminiService
@testable import RecordReplay

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What is fuzzed: one part of the program that reads what a client sends. It may refuse anything, but must not trap, hang, or
/// say something else of the same bytes when they arrive in pieces.
enum FuzzTarget: String {
    case json, binder, upload, multipart, media, answer, redaction, recording
    /// A word of the language.
    case foreign = "import"

    /// The one that the environment names.
    static let chosen = getenv("FUZZ_TARGET").flatMap { FuzzTarget(rawValue: String(cString: $0)) }

    func run(_ bytes: [UInt8]) {
        switch self {
        case .json: FuzzTarget.json(bytes)
        case .binder: FuzzTarget.binder(bytes)
        case .upload: FuzzTarget.upload(bytes)
        case .multipart: FuzzTarget.multipart(bytes)
        case .media: FuzzTarget.media(bytes)
        case .answer: FuzzTarget.answer(bytes)
        case .redaction: FuzzTarget.redaction(bytes)
        case .recording: FuzzTarget.recording(bytes)
        case .foreign: FuzzTarget.foreign(bytes)
        }
    }

    private static func json(_ bytes: [UInt8]) {
        do {
            let copy = JSON(try JSONDocument(parsing: bytes).root)
            for style in [JSONStyle.compact, .singleLine, .pretty] {
                let again = try? JSONDocument(parsing: copy.bytes(style), grammar: .strict)
                precondition(again.map { JSON($0.root) } == copy, "what was read can't be written")
            }
        } catch {
            precondition(!error.message.isEmpty && error.message.utf8.count < 1000, "no such message")
            precondition((try? JSONDocument(parsing: bytes, grammar: .strict)) == nil, "strict takes more")
        }
    }

    private static let messages = [
        "GenerateContentRequest", "BatchEmbedContentsRequest", "CountTokensRequest", "CreateFileRequest",
    ]

    private static func binder(_ bytes: [UInt8]) {
        guard let view = try? JSONDocument(parsing: bytes).root else { return }
        let binder = MessageBinder(package: "google.ai.generativelanguage.v1beta")
        for message in messages {
            guard let bound = binder.bind(view, to: message) else { continue }
            let error = bound.violations.isEmpty ? nil : APIError.invalidValues(bound.violations)
            precondition((error?.body.count ?? 0) < 64 << 20, "a refusal without bounds")
            var problems = RequestProblems(message: message, base64: bound.base64)
            _ = GenerateContentRequest(view, &problems)
            _ = problems.refusal
        }
        _ = view.string.flatMap { FieldMask($0) }
    }

    /// Lines of a head: the target, then fields.
    private static func upload(_ bytes: [UInt8]) {
        let lines = String(decoding: bytes, as: UTF8.self).split(
            separator: "\n", omittingEmptySubsequences: false)
        let fields = lines.dropFirst().prefix(64).map { line in
            let words = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            return HTTPFields.Field(String(words[0]), words.count > 1 ? String(words[1]) : "")
        }
        let head = RequestHead(
            method: "POST", target: RequestTarget(String(lines.first ?? "")), fields: HTTPFields(fields)
        )
        let request = UploadRequest(head)
        precondition((request.offset ?? 0) >= 0 && (request.announced ?? 0) >= 0, "below zero")
        _ = MultipartBoundary.find(in: request.contentType)
        _ = UploadURL.make(head, version: "v1", id: "id")
        _ = MessageBinder(package: "p").violations(query: head.target.query, of: "ListFilesRequest")
    }

    /// The body's type in the first line, then the body.
    private static func multipart(_ bytes: [UInt8]) {
        let type = bytes.prefix { $0 != UInt8(ascii: "\n") }
        let body = Array(bytes.dropFirst(type.count + 1))
        let whole = read(body, String(decoding: type, as: UTF8.self), cut: max(1, body.count))
        for cut in [1, 7] {
            let pieces = read(body, String(decoding: type, as: UTF8.self), cut: cut)
            precondition(whole?.0.problem == pieces?.0.problem, "another problem in pieces")
            if whole?.0.problem == nil {
                precondition(whole?.0.metadata == pieces?.0.metadata, "other metadata in pieces")
                precondition(whole?.1 == pieces?.1, "other bytes in pieces")
            }
        }
    }

    private static func read(_ body: [UInt8], _ type: String, cut: Int) -> (MultipartReader, [UInt8])? {
        guard var reader = MultipartReader(contentType: type) else { return nil }
        var content: [UInt8] = []
        body.withUnsafeBytes { bytes in
            for start in stride(from: 0, to: bytes.count, by: cut) {
                reader.consume(UnsafeRawBufferPointer(rebasing: bytes[start...].prefix(cut))) {
                    content.append(contentsOf: $0)
                }
            }
        }
        return (reader, content)
    }

    private static func media(_ bytes: [UInt8]) {
        let facts = MediaProbe.facts(of: bytes)
        precondition((facts.seconds ?? 0) >= 0 && (facts.seconds ?? 0).isFinite, "no such length")
        for cut in [13, 4096] {
            var probe = MediaProbe()
            bytes.withUnsafeBytes { bytes in
                for start in stride(from: 0, to: bytes.count, by: cut) {
                    probe.consume(UnsafeRawBufferPointer(rebasing: bytes[start...].prefix(cut)))
                }
            }
            precondition(probe.finish() == facts, "other facts in pieces")
        }
    }

    /// A known secret in the first line, then a text.
    private static func redaction(_ bytes: [UInt8]) {
        let secret = bytes.prefix { $0 != UInt8(ascii: "\n") }
        let text = Array(bytes.dropFirst(secret.count + 1))
        let redactor = Redactor(secrets: [String(decoding: secret, as: UTF8.self)])
        var masked = text
        redactor.mask(&masked)
        precondition(masked.count == text.count, "another length")
        if (try? JSONDocument(parsing: text, grammar: .strict)) != nil {
            precondition((try? JSONDocument(parsing: masked, grammar: .strict)) != nil, "no JSON any more")
        }
        var pieces = [Array(text.prefix(text.count / 2)), Array(text.dropFirst(text.count / 2))]
        redactor.mask(&pieces)
        precondition(pieces.map(\.count).reduce(0, +) == text.count, "another length in pieces")
        _ = redactor.text(String(decoding: text, as: UTF8.self))
    }

    /// The text of a recording, or the body of an answer: what is written reads back equal, redacted or not.
    private static func recording(_ bytes: [UInt8]) {
        if let found = read(bytes) {
            precondition(read(RecordingFormat.files(of: found)) == found, "another recording")
        }
        let events = HTTPFields.Field("Content-Type", "text/event-stream")
        let request = RecordedRequest(method: "POST", target: "/", body: RecordedBody(bytes))
        let answer = RecordedAnswer(
            status: 200, fields: [events], body: RecordedBody(bytes),
            writes: bytes.isEmpty ? [] : [.init(at: 1, count: 1), .init(at: 2, count: bytes.count - 1)])
        let exchange = RecordedExchange(request: request, answer: answer)
        let redacted = Redaction.recorded(exchange)
        precondition(Redaction.recorded(redacted) == redacted, "redacted again it is another")
        let recording = Recording(name: "n", exchanges: [exchange, redacted])
        precondition(read(RecordingFormat.files(of: recording)) == recording, "other exchanges")
        rename(request, answer)
    }

    /// What is called as before says what it said.
    private static func rename(_ request: RecordedRequest, _ answer: RecordedAnswer) {
        var names = Renaming()
        var plain = answer
        plain.fields = []
        for answer in [answer, plain] { names.learn(answer, answer) }
        let again = names.applied(to: request).request.body.bytes
        func value(_ bytes: [UInt8]?) -> JSON? {
            bytes.flatMap { try? JSONDocument(parsing: $0) }.map { JSON($0.root) }
        }
        precondition(value(again) == value(request.body.bytes), "renamed to itself it is another")
        _ = AnswerContents(plain).isUnderWay
        _ = AnswerContents.isAboutKey(plain)
    }

    private static func read(_ files: RecordingFormat.Files) -> Recording? {
        let bodies = Dictionary(files.bodies.map { ($0.name, $0.bytes) }) { first, _ in first }
        return read(files.main, bodies)
    }

    private static func read(_ text: [UInt8], _ bodies: [String: [UInt8]] = [:]) -> Recording? {
        guard let view = try? JSONDocument(parsing: text, grammar: .strict).root else { return nil }
        return view.withNodes { nodes, at in
            let reader = RecordingReader(nodes, isThorough: true) { name in
                bodies[name].map { .success($0) } ?? .failure(.init(reason: "isn't there"))
            }
            let recording = reader.recording(at, named: "")
            return reader.problems.isEmpty ? recording : nil
        }
    }

    /// Another tool's file: what is taken of it is written and read back equal, also by way of HAR.
    private static func foreign(_ bytes: [UInt8]) {
        guard let taken = taken(bytes) else { return }
        let recording = Recording(
            name: "n", upstream: taken.upstream, made: taken.made, exchanges: taken.exchanges)
        precondition(read(RecordingFormat.files(of: recording)) == recording, "another recording")
        let har = HARWriter.text(of: [recording], version: "1", redaction: Redaction())
        precondition(self.taken(har)?.exchanges == taken.exchanges, "other exchanges by way of HAR")
    }

    private static func taken(_ bytes: [UInt8]) -> RecordingImport? {
        do {
            var taken = RecordingImport(hosts: nil)
            try taken.add(SourceFile(bytes, file: "f"))
            precondition(taken.notes.count < 30, "notes without bounds")
            return taken
        } catch {
            precondition(!error.problems.isEmpty && error.description.utf8.count < 20_000, "no such message")
            return nil
        }
    }

    private static let endpoints = EndpointTable()
    private static let targets = [
        "models/gemini-2.5-flash:generateContent", "models/gemini-3.6-flash:streamGenerateContent",
        "models/gemini-2.0-flash:countTokens", "models/gemini-embedding-001:batchEmbedContents",
        "interactions",
    ]

    /// What is behind the checks.
    private static func answer(_ bytes: [UInt8]) {
        guard let view = try? JSONDocument(parsing: bytes).root else { return }
        let service = FakeService(
            models: ModelCatalog(), seed: 1, clock: MovableWallClock(FixedWallClock(seconds: 0)),
            checks: RequestChecks(mode: .off)
        )
        for target in targets {
            let head = RequestHead(
                method: "POST", target: RequestTarget("/v1beta/\(target)"), fields: HTTPFields())
            guard case .endpoint(let endpoint, let version, let names) = endpoints.route(head) else {
                continue
            }
            let call = APICall(head: head, version: version, names: names, tenant: Tenant("t"), body: view)
            _ = try? endpoint.answer(call, service)
        }
    }
}

/// Called by libFuzzer for each input.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzOneInput(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    guard let target = FuzzTarget.chosen else { fatalError("FUZZ_TARGET names no target") }
    target.run(Array(UnsafeBufferPointer(start: bytes, count: count)))
    return 0
}
