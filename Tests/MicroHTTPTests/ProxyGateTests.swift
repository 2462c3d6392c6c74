// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPWire
import XCTest

@testable import MicroHTTP

final class ProxyGateTests: XCTestCase {
    private let gate = ProxyGate(names: [.host("api.example")], port: 81, tlsPort: 444)

    func test_tunnels_leadToTheNames_andToThisServer() throws {
        for (name, port, leads) in [
            ("api.example", 443, true), ("api.example", 80, false), ("a.api.example", 443, false),
            ("other.example", 443, false), ("localhost", 444, true), ("127.0.0.1", 444, true),
            ("::1", 444, true), ("127.0.0.1", 443, false), ("localhost", 81, false), ("10.0.0.1", 444, false),
        ] {
            let name = try XCTUnwrap(TLSName(name))
            XCTAssertEqual(gate.tunnels(to: name, port: port), leads, "\(name) \(port)")
            XCTAssertFalse(ProxyGate(names: gate.names, port: 81, tlsPort: nil).tunnels(to: name, port: port))
        }
    }

    func test_absoluteForms_areForTheNames_andThisServer() {
        for (target, isAnswered) in [
            ("/v1", true), ("http://api.example/v1", true), ("HTTP://API.example:80/v1", true),
            ("http://api.example:81/", false), ("https://api.example/", false), ("ftp://api.example/", false),
            ("http://other.example/", false), ("http://u@api.example/", false), ("http:///v1", false),
            ("http://localhost:81/", true), ("http://[::1]:81/", true), ("http://127.0.0.1/", false),
        ] {
            XCTAssertEqual(gate.objection(to: RequestTarget(target)) == nil, isAnswered, target)
        }
    }

    func test_refusals_tellWhatIsThere_inPlainLetters() {
        let text = gate.refusal("a\u{1B}[31m:443" + String(repeating: "x", count: 1000))
        XCTAssertTrue(text.contains("api.example") && text.contains("a?[31m:443xxx"), text)
        XCTAssertLessThan(text.utf8.count, 600)
        XCTAssertTrue(
            ProxyGate(names: gate.names, port: 1, tlsPort: nil).refusal("a").contains("--tls"))
    }
}
