// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import MicroHTTP
import TestSupport
import XCTest

/// A raw plan puts the same bytes on the wire as the library does.
class RawPlayerBytesTests: XCTestCase {
    private let live = LiveActions { position in
        defer { position += 1 }
        return position < 3 ? .send([UInt8](repeating: 65, count: position)) : nil
    }

    private func plan(
        _ framing: ResponsePlan.Framing, _ actions: [WireAction], _ fields: [(String, String)] = [],
        status: Int = 200
    ) -> ResponsePlan {
        let date = ("Date", "Wed, 19 Aug 2026 14:34:12 GMT")
        return ResponsePlan(
            head: ResponseHead(
                status: status, fields: (fields + [date]).map { HTTPFields.Field($0.0, $0.1) }),
            framing: framing, actions: actions)
    }

    private var plans: [ResponsePlan] {
        let sends: [WireAction] = [
            .send(bytes("one")), .send([]), .wait(.milliseconds(1)),
            .send([UInt8](repeating: 66, count: 3000)),
        ]
        return [
            plan(.length, [.send(bytes("hello"))], [("Content-Type", "text/plain"), ("X-A", "1")]),
            plan(.length, sends), plan(.length, []),
            plan(.length, sends + [.truncate, .send(bytes("more"))]),
            plan(.chunked, sends), plan(.chunked, []), plan(.chunked, sends + [.truncate]),
            plan(.chunked, [.live(live), .send(bytes("end"))]),
            plan(.length, [.send(bytes("none"))], status: 404), plan(.chunked, sends, status: 503),
            plan(.length, sends, status: 599),
            plan(.length, [], status: 204), plan(.length, [], status: 304),
            plan(
                .length, sends,
                [
                    ("Connection", "close"), ("Content-Length", "1"), ("X A", "b"), ("X-B", "b\r\nc"),
                    ("X-E", ""),
                    ("Vary", "A"), ("Vary", "B"),
                ]),
            plan(.chunked, sends, [("connection", "keep-alive, x-other"), ("Server", "s")]),
        ]
    }

    func test_bytes_areThoseOfTheLibrary() throws {
        for plan in plans {
            let server = try makeServer(
                PlanHandler { $0.head.target.raw == "/raw" ? plan.raw(for: $0.head) : plan })
            for method in ["GET", "POST", "HEAD"] {
                let answers = try ["/raw", "/plan"].map { target in
                    let client = try connect(server)
                    client.send("\(method) \(target) HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                    return String(decoding: try client.receiveToEnd(), as: UTF8.self)
                }
                XCTAssertEqual(answers[0], answers[1], "\(method) \(plan.framing)")
                XCTAssertTrue(answers[0].hasPrefix("HTTP/1.1 \(plan.head.status) "))
            }
        }
    }

    func test_reasonPhrases_areThoseOfTheLibrary() throws {
        let server = try makeServer(
            PlanHandler { request in
                let status = Int(request.head.target.raw.dropFirst().prefix(3)) ?? 0
                let plan = make(status: status)
                return request.head.method == "GET" ? plan : plan.raw(for: request.head)
            })
        let kept = try connect(server)
        for status in 200..<600 {
            kept.send("GET /\(status) HTTP/1.1\r\nHost: x\r\n\r\n")
            let expected = try kept.receiveAnswer()
            let client = try connect(server)
            client.send("DELETE /\(status) HTTP/1.1\r\nHost: x\r\n\r\n")
            let answer = try client.receiveAnswer()
            XCTAssertEqual(answer.status, expected.status)
            XCTAssertEqual(answer.reason, expected.reason)
        }
    }

    /// On a connection that would have been kept, only the field that says that it isn't.
    func test_connectionField_isAllThatDiffers() throws {
        let plan = plans[0]
        let server = try makeServer(
            PlanHandler { $0.head.target.raw == "/raw" ? plan.raw(for: $0.head) : plan })
        let client = try connect(server)
        client.send("GET /plan HTTP/1.1\r\nHost: x\r\n\r\n")
        let expected = String(decoding: try client.receive(upTo: "hello"), as: UTF8.self)
        client.send("GET /raw HTTP/1.1\r\nHost: x\r\n\r\n")
        let answer = String(decoding: try client.receiveToEnd(), as: UTF8.self)
        XCTAssertNotEqual(answer, expected)
        XCTAssertEqual(answer.replacing("Connection: close\r\n", with: ""), expected)
    }
}
