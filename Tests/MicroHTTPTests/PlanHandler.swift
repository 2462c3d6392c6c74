// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPWire
import Logging
import MicroHTTP
import TestSupport
import XCTest

/// Answers each request with what a test says, and keeps what arrived.
///
/// `@unchecked Sendable`: `lock` protects `arrived`. (The thread sanitizer doesn't see `Mutex`.)
final class PlanHandler: RequestHandler, @unchecked Sendable {
    private let plan: @Sendable (HTTPRequest) -> ResponsePlan
    private let limit: Int
    private let lock = NSLock()
    private var arrived: [HTTPRequest] = []

    var requests: [HTTPRequest] { lock.withLock { arrived } }

    init(limit: Int = 1000, plan: @escaping @Sendable (HTTPRequest) -> ResponsePlan) {
        self.plan = plan
        self.limit = limit
    }

    func bodyLimit(for head: RequestHead) -> Int { limit }

    func respond(to request: HTTPRequest) -> ResponsePlan {
        lock.withLock { arrived.append(request) }
        return plan(request)
    }

    func refuse(_ head: RequestHead, because problem: FramingProblem) -> ResponsePlan {
        make(status: 400, body: "\(problem)")
    }
}

/// A plan that sends `body` at once, with one header field and a date that doesn't change.
func make(status: Int = 200, body: String = "hello", framing: ResponsePlan.Framing = .length) -> ResponsePlan
{
    make(status: status, actions: body.isEmpty ? [] : [.send(Array(body.utf8))], framing: framing)
}

func make(status: Int = 200, actions: [WireAction], framing: ResponsePlan.Framing = .chunked) -> ResponsePlan
{
    let fields = [
        HTTPFields.Field("Content-Type", "text/plain"),
        HTTPFields.Field("Date", "Wed, 19 Aug 2026 14:34:12 GMT"),
    ]
    return ResponsePlan(
        head: ResponseHead(status: status, fields: fields), framing: framing, actions: actions)
}

func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

/// Tests that talk TLS to their servers. What is true of a connection should be so of these too.
protocol SpeaksTLS {
    /// The versions, as `RawClient` wants them.
    var versions: String { get }
}

extension XCTestCase {
    /// A server on a free port that is stopped when the test ends.
    func makeServer(
        _ handler: any RequestHandler, idleTimeout: Int = 120,
        logger: Logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }),
        _ change: (inout HTTPServer.Configuration) -> Void = { _ in }
    ) throws -> HTTPServer {
        var configuration = HTTPServer.Configuration()
        configuration.idleTimeout = idleTimeout
        if self is any SpeaksTLS { configuration.certificate = .test }
        change(&configuration)
        let server = try HTTPServer(configuration, logger: logger, handler: handler)
        addTeardownBlock { server.stop() }
        return server
    }

    func connect(_ server: HTTPServer, window: Int32? = nil) throws -> RawClient {
        let versions = (self as? any SpeaksTLS)?.versions
        let port = versions == nil ? server.port : try XCTUnwrap(server.tlsPort)
        return try XCTUnwrap(RawClient(port: port, window: window, tls: versions), "nobody listens")
    }
}

extension TLSCertificate {
    static let test = TLSCertificate(
        certificate: TestCertificate.shared.certificate, key: TestCertificate.shared.key)
}
