// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPWire
import Logging
import MicroHTTP
import RecordReplay
import Recorder
import TestSupport
import XCTest

/// Keeps what is recorded.
///
/// `@unchecked Sendable`: `lock` protects `kept`.
final class MemorySink: ExchangeSink, @unchecked Sendable {
    private let lock = NSLock()
    private var kept: [RecordedExchange] = []

    var exchanges: [RecordedExchange] { lock.withLock { kept } }

    func append(_ exchange: RecordedExchange) throws(RecordingFileError) {
        lock.withLock { kept.append(exchange) }
    }
}

/// An upstream that answers each request with what a test says, and keeps what came.
///
/// `@unchecked Sendable`: `lock` protects `came`.
final class UpstreamHandler: RequestHandler, @unchecked Sendable {
    private let plan: @Sendable (HTTPRequest) -> ResponsePlan
    private let lock = NSLock()
    private var came: [HTTPRequest] = []

    var requests: [HTTPRequest] { lock.withLock { came } }

    init(_ plan: @escaping @Sendable (HTTPRequest) -> ResponsePlan) { self.plan = plan }

    func bodyLimit(for head: RequestHead) -> Int { 64 << 20 }

    func respond(to request: HTTPRequest) -> ResponsePlan {
        lock.withLock { came.append(request) }
        return plan(request)
    }

    func refuse(_ head: RequestHead, because problem: FramingProblem) -> ResponsePlan {
        ResponsePlan(status: 400, fields: [], body: [])
    }
}

/// What tests of a recorder share: an upstream over TLS, the recorder before it, and what it has recorded.
class RecorderTestCase: XCTestCase {
    private(set) var sink = MemorySink()
    /// In it nothing may be left.
    private(set) var folder = ""

    override func setUpWithError() throws {
        sink = MemorySink()
        folder = TemporaryPath.next
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    }

    override func tearDownWithError() throws {
        XCTAssertEqual(try FileManager.default.contentsOfDirectory(atPath: folder), [])
        try FileManager.default.removeItem(atPath: folder)
    }

    static let quiet = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })

    func makeUpstream(_ handler: some RequestHandler) throws -> HTTPServer {
        var configuration = HTTPServer.Configuration()
        configuration.certificate = TLSCertificate(
            certificate: TestCertificate.shared.certificate, key: TestCertificate.shared.key)
        let server = try HTTPServer(configuration, logger: RecorderTestCase.quiet, handler: handler)
        addTeardownBlock { server.stop() }
        return server
    }

    /// - Parameter upstream: reached over TLS; nil for a port on which nobody listens.
    func makeRecorder(
        _ upstream: HTTPServer?, _ change: (inout RecordingServer.Configuration) -> Void = { _ in }
    ) throws -> RecordingServer {
        let files = try TestCertificate.shared.write()
        addTeardownBlock { try FileManager.default.removeItem(atPath: files.folder) }
        let address = "https://localhost:\(upstream?.tlsPort ?? 1)"
        var configuration = RecordingServer.Configuration(
            upstream: try XCTUnwrap(UpstreamAddress(address)), folder: folder)
        configuration.authorityFile = files.authority
        change(&configuration)
        let recorder = try RecordingServer(configuration, to: sink)
        addTeardownBlock {
            recorder.stop()
            XCTAssertTrue(recorder.liveObjects == (0, 0, 0), "\(recorder.liveObjects)")
        }
        return recorder
    }

    func connect(_ recorder: RecordingServer) throws -> RawClient {
        try XCTUnwrap(RawClient(port: recorder.port), "nobody listens")
    }

    /// One request on a connection of its own.
    func ask(
        _ recorder: RecordingServer, _ method: String = "POST", _ target: String = "/v1/x",
        _ fields: [String] = [],
        body: [UInt8] = []
    ) throws -> RawAnswer {
        let client = try connect(recorder)
        client.send(request(method, target, fields, length: body.count))
        client.send(body)
        return try client.receiveAnswer(isToHEAD: method == "HEAD")
    }

    func request(_ method: String, _ target: String, _ fields: [String] = [], length: Int = 0) -> String {
        let lines = ["\(method) \(target) HTTP/1.1", "Host: localhost:1"] + fields
        return (lines + (length > 0 ? ["Content-Length: \(length)"] : []) + ["", ""]).joined(
            separator: "\r\n")
    }
}

func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }
