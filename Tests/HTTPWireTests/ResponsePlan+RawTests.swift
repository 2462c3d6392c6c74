// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import HTTPWire

/// That the bytes are those of the library is seen on the wire, in `RawPlayerTests+Bytes`.
final class ResponsePlanRawTests: XCTestCase {
    private let fields = [HTTPFields.Field("A", "b")]

    private func request(_ method: String = "GET") -> RequestHead {
        RequestHead(method: method, target: RequestTarget("/"), fields: HTTPFields())
    }

    private func lines(_ action: WireAction?) -> [String] {
        guard case .send(let bytes) = action else { return [] }
        return text(bytes).split(separator: "\r\n", omittingEmptySubsequences: false).map(String.init)
    }

    func test_lengthPlan_keepsItsActionsBehindTheHead() {
        let actions: [WireAction] = [.wait(.seconds(1)), .send(utf8("abc")), .reset]
        let plan = ResponsePlan(head: ResponseHead(status: 200, fields: fields), actions: actions)
        let raw = plan.raw(for: request())
        XCTAssertEqual(raw.framing, .raw)
        XCTAssertEqual(raw.head, plan.head)
        XCTAssertEqual(Array(raw.actions.dropFirst()), actions)
        XCTAssertEqual(
            lines(raw.actions.first),
            ["HTTP/1.1 200 OK", "Connection: close", "A: b", "Content-Length: 3", "", ""])
    }

    func test_chunkedPlan_hasOneActionForEachChunk_andTheLastOne() {
        let plan = ResponsePlan(
            head: ResponseHead(status: 503, fields: fields), framing: .chunked,
            actions: [
                .send(utf8("abc")), .wait(.seconds(1)), .send([]), .send([UInt8](repeating: 65, count: 31)),
                .truncate,
            ])
        let raw = plan.raw(for: request())
        XCTAssertEqual(
            lines(raw.actions.first),
            [
                "HTTP/1.1 503 Service Unavailable", "Connection: close", "A: b", "Transfer-Encoding: chunked",
                "",
                "",
            ])
        XCTAssertEqual(
            Array(raw.actions.dropFirst()),
            [
                .send(utf8("3\r\nabc\r\n")), .wait(.seconds(1)), .send([]),
                .send(utf8("1F\r\n\(String(repeating: "A", count: 31))\r\n")), .truncate,
                .send(utf8("0\r\n\r\n")),
            ])
    }

    func test_answersWithoutABody_areTheHeadAlone() {
        let chunked = ResponsePlan(
            head: ResponseHead(status: 200, fields: []), framing: .chunked, actions: [.send(utf8("abc"))])
        XCTAssertEqual(chunked.raw(for: request("HEAD")).actions.count, 1)
        XCTAssertEqual(
            lines(chunked.raw(for: request("HEAD")).actions.first).dropLast(2).last, "Content-Length: 0")
        let none = ResponsePlan(status: 204, fields: [], body: [])
        XCTAssertEqual(
            lines(none.raw(for: request()).actions.first),
            ["HTTP/1.1 204 No Content", "Connection: close", "", ""])
    }

    func test_rawPlan_staysAsItIs() {
        let plan = ResponsePlan(
            head: ResponseHead(status: 200, fields: fields), framing: .raw, actions: [.reset])
        XCTAssertEqual(plan.raw(for: request()), plan)
        XCTAssertEqual(plan.raw(for: request("HEAD")), plan)
    }

    func test_fields_thatWouldBreakTheHead_areLeftOut() {
        let fields = [
            ("Content-Length", "7"), ("X", "a\r\nB: c"), ("Y Z", "a"), ("W", ""), ("Date", "1"),
            ("date", "2"),
        ]
        let plan = ResponsePlan(
            status: 200, fields: fields.map { HTTPFields.Field($0.0, $0.1) }, body: utf8("a"))
        XCTAssertEqual(
            lines(plan.raw(for: request()).actions.first),
            ["HTTP/1.1 200 OK", "Connection: close", "date: 2", "Content-Length: 1", "", ""])
    }

    func test_status_thatHasNoPhrase_saysSo() {
        let plan = ResponsePlan(status: 599, fields: [], body: utf8("a"))
        XCTAssertEqual(
            lines(plan.raw(for: request()).actions.first).first, "HTTP/1.1 599 Non-Standard Status")
    }
}
