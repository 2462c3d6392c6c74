// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import XCTest

/// What the environment says of the way to an upstream: `HTTPS_PROXY`, `NO_PROXY` and `SSL_CERT_FILE`.
final class UpstreamAccessTests: ServerTestCase {
    private static let recordings = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Recordings").path
    private static let models = "/v1beta/models?pageSize=1"

    private var files = (folder: "", authority: "", certificate: "", key: "")
    private var upstream = ""

    override func setUpWithError() throws {
        files = try TestCertificate.shared.write()
        upstream = try XCTUnwrap(
            try serve("--tls-cert", files.certificate, "--tls-key", files.key).ready.tlsBaseURL
        ).replacingOccurrences(of: "127.0.0.1", with: "localhost")
    }

    override func tearDownWithError() throws {
        try super.tearDownWithError()
        try FileManager.default.removeItem(atPath: files.folder)
    }

    private func environment(_ changes: [String: String?]) -> [String: String?] {
        let usual: [String: String?] = [
            "NO_PROXY": nil, "no_proxy": nil, "SSL_CERT_FILE": files.authority,
            "GEMINI_API_KEY": "made-up-key",
            "GOOGLE_API_KEY": nil,
        ]
        return RecordTests.withoutProxies.merging(usual) { $1 }.merging(changes) { $1 }
    }

    /// The status of a request that goes through a process that was started with these arguments.
    private func status(_ arguments: [String], _ changes: [String: String?]) throws -> Int {
        let process = try ChildProcess(
            ServerProcess.executable, arguments + ["--upstream", upstream, "--port", "0", "--json"],
            environment: environment(changes))
        let ready = try JSONDecoder().decode(ServerProcess.Ready.self, from: Data(process.line().utf8))
        let client = try XCTUnwrap(RawClient(port: ready.port))
        client.send("GET \(Self.models) HTTP/1.1\r\nHost: localhost\r\nx-goog-api-key: made-up\r\n\r\n")
        let status = try client.receiveAnswer().status
        process.send(signal: SIGTERM)
        XCTAssertEqual(try process.result(within: .seconds(30)).exitCode, 0)
        return status
    }

    private func verify(_ changes: [String: String?]) throws -> ChildProcess.Result {
        try ChildProcess.run(
            ServerProcess.executable,
            ["verify", "--upstream", upstream, Self.recordings + "/generate", "--timeout", "20"],
            environment: environment(changes))
    }

    func test_proxy_isAsked_unlessTheHostIsAnException() throws {
        let proxy = try XCTUnwrap(ConnectProxy())
        defer { proxy.stop() }
        let (way, host) = ("http://127.0.0.1:\(proxy.port)", String(upstream.dropFirst("https://".count)))
        let record = ["record", "--to", files.folder + "/record"]
        XCTAssertEqual(try status(record, ["HTTPS_PROXY": way]), 200)
        XCTAssertEqual(proxy.asked, [host])
        let onMiss = ["serve", "--record-on-miss", "--to", files.folder + "/miss"]
        XCTAssertEqual(try status(onMiss, ["https_proxy": way]), 200)
        XCTAssertEqual(proxy.asked, [host, host])
        let verified = try verify(["HTTPS_PROXY": way])
        XCTAssertEqual(verified.exitCode, 0, verified.text + verified.errors)
        XCTAssertGreaterThan(proxy.asked.count, 2)
        XCTAssertEqual(Set(proxy.asked), [host])

        let count = proxy.asked.count
        let other = ["record", "--to", files.folder + "/other"]
        XCTAssertEqual(try status(other, ["HTTPS_PROXY": way, "NO_PROXY": "localhost"]), 200)
        XCTAssertEqual(try verify(["HTTPS_PROXY": way, "NO_PROXY": "localhost"]).exitCode, 0)
        XCTAssertEqual(proxy.asked.count, count)
        proxy.stop()
        XCTAssertEqual(try verify(["HTTPS_PROXY": way]).exitCode, 2)
    }

    func test_authorities_areThoseOfTheEnvironment_orThoseThatAreGiven() throws {
        let stranger = try TestCertificate.other.write()
        defer { try? FileManager.default.removeItem(atPath: stranger.folder) }
        let record = ["record", "--to", files.folder + "/record"]
        XCTAssertEqual(try status(record, [:]), 200)
        let strange = ["SSL_CERT_FILE": stranger.authority]
        let other = ["record", "--to", files.folder + "/other"]
        XCTAssertEqual(try status(other, strange), 502)
        XCTAssertEqual(try status(other + ["--upstream-ca", files.authority], strange), 200)
        XCTAssertEqual(try verify([:]).exitCode, 0)
        let refused = try verify(strange)
        XCTAssertEqual(refused.exitCode, 2)
        XCTAssertTrue(refused.text.lowercased().contains("certificate"), refused.text)
        let missing = try verify(["SSL_CERT_FILE": "/none"])
        XCTAssertEqual(missing.exitCode, 66)
        XCTAssertTrue(missing.errors.contains("can't read the authorities in /none"), missing.errors)
    }
}
