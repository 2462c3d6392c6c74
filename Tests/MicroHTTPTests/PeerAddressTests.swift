// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPWire
import Logging
import TestSupport
import XCTest

@testable import MicroHTTP

final class PeerAddressTests: XCTestCase {
    private func isLoopback(_ text: String) throws -> Bool {
        var four = sockaddr_in()
        four.sin_family = sa_family_t(AF_INET)
        var six = sockaddr_in6()
        six.sin6_family = sa_family_t(AF_INET6)
        if inet_pton(AF_INET, text, &four.sin_addr) == 1 {
            return withUnsafePointer(to: &four) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { PeerAddress.isLoopback($0) }
            }
        }
        XCTAssertEqual(inet_pton(AF_INET6, text, &six.sin6_addr), 1, text)
        return withUnsafePointer(to: &six) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { PeerAddress.isLoopback($0) }
        }
    }

    func test_loopback_isKnownInAllItsSpellings() throws {
        for text in [
            "127.0.0.1", "127.255.255.255", "127.1.2.3", "::1", "::ffff:127.0.0.1", "::ffff:127.9.9.9",
        ] {
            XCTAssertTrue(try isLoopback(text), text)
        }
        for text in [
            "126.255.255.255", "128.0.0.1", "0.0.0.0", "10.0.0.127", "1.0.0.127", "192.168.127.1", "::",
            "::2",
            "::1:0:0:1", "fe80::1", "1::1", "::ffff:128.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1",
            "::fffe:127.0.0.1", "1::ffff:127.0.0.1", "64:ff9b::127.0.0.1", "100::", "7f00:1::",
        ] {
            XCTAssertFalse(try isLoopback(text), text)
        }
    }

    func test_otherFamilies_areNot() {
        var address = sockaddr()
        for family in [AF_UNSPEC, AF_UNIX] {
            address.sa_family = sa_family_t(family)
            XCTAssertFalse(PeerAddress.isLoopback(&address))
        }
    }

    func test_requests_tellIt() throws {
        XCTAssertEqual(try answer(on: "127.0.0.1"), "true false")
    }

    /// The client's address is ::ffff:127.0.0.1 here.
    func test_requests_tellIt_onASocketForBothFamilies() throws {
        do {
            let text = try answer(on: "::")
            XCTAssertEqual(text, "true false")
        } catch let error as HTTPServerError {
            Skips.note("no IPv6 here: \(error)")
            throw XCTSkip("no IPv6 here: \(error)")
        }
    }

    private func answer(on host: String) throws -> String {
        let handler = PlanHandler { make(body: "\($0.head.isFromLoopback) \($0.head.isEncrypted)") }
        var configuration = HTTPServer.Configuration()
        configuration.host = host
        let server = try HTTPServer(
            configuration, logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }),
            handler: handler)
        addTeardownBlock { server.stop() }
        let client = try connect(server)
        client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        return try client.receiveAnswer().text
    }
}
