// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import RecordReplay
import XCTest

@testable import GeminiMock

final class ReplayRendererTests: XCTestCase {
    private func head(_ fields: [HTTPFields.Field] = []) -> RequestHead {
        RequestHead(method: "POST", target: RequestTarget("/"), fields: HTTPFields(fields))
    }

    private func rendered(
        _ answer: RecordedAnswer, speed: Double = 0, _ fields: [HTTPFields.Field] = []
    ) -> ResponsePlan {
        ReplayRenderer(speed: speed).rendered(answer, for: head(fields)).plan
    }

    private let stream = RecordedAnswer(
        status: 200, framing: .chunked, body: RecordedBody(Array("abcdef".utf8)),
        writes: [.init(at: 1500, count: 1), .init(at: 1500, count: 2), .init(at: 251_500, count: 3)])

    func test_speed() throws {
        let sent: [WireAction] = [.send([97]), .send([98, 99])]
        let fast = rendered(stream)
        XCTAssertEqual(fast.actions, sent + [.send([100, 101, 102])])
        XCTAssertEqual(fast.delay, .zero)
        let recorded = rendered(stream, speed: 1)
        XCTAssertEqual(recorded.actions, sent + [.wait(.microseconds(250_000)), .send([100, 101, 102])])
        XCTAssertEqual(recorded.delay, .microseconds(1500))
        let twice = rendered(stream, speed: 2.5)
        XCTAssertEqual(twice.actions[2], .wait(.milliseconds(100)))
        XCTAssertEqual(twice.delay, .microseconds(600))
    }

    func test_endings() throws {
        for (ending, action) in [
            (RecordedAnswer.Ending.truncated, WireAction.truncate), (.reset, .reset),
        ] {
            var answer = stream
            (answer.framing, answer.ending) = (.length, ending)
            let plan = rendered(answer)
            XCTAssertEqual(plan.framing, .chunked)
            XCTAssertEqual(plan.actions.last, action)
            XCTAssertEqual(plan.body, Array("abcdef".utf8))
        }
    }

    func test_writes_thatDontAddUp() throws {
        var answer = stream
        answer.writes = [.init(at: 0, count: 2)]
        XCTAssertEqual(rendered(answer).actions, [.send([97, 98]), .send(Array("cdef".utf8))])
        answer.writes = [.init(at: 0, count: 200), .init(at: 5, count: 3)]
        XCTAssertEqual(rendered(answer).actions, [.send(Array("abcdef".utf8))])
    }

    func test_fields() throws {
        var answer = stream
        answer.fields = [
            ("X-B", "2"), ("Alt-Svc", "h3"), ("X-A", "1"), ("X-B", "3"), ("Connection", "x"),
            ("Access-Control-Allow-Origin", "*"),
        ].map { HTTPFields.Field($0.0, $0.1) }
        XCTAssertEqual(
            rendered(answer).head.fields.map(\.name),
            ["X-B", "X-A", "X-B", "Access-Control-Allow-Origin"])
        XCTAssertEqual(
            rendered(answer, [HTTPFields.Field("Origin", "http://page")]).head.fields.map(\.name),
            ["X-B", "X-A", "X-B"])
    }

    func test_gzip_isTakenOff_writeByWrite() throws {
        let accepts = [HTTPFields.Field("Accept-Encoding", "gzip")]
        let plain = ResponsePlan(
            head: ResponseHead(status: 200, fields: []), framing: .chunked,
            actions: [.send(Array("one, ".utf8)), .send(Array("two".utf8))])
        let writes = GzipCoding.encode(plain).actions.compactMap { action -> [UInt8]? in
            if case .send(let bytes) = action { bytes } else { nil }
        }
        var answer = RecordedAnswer(
            status: 200, fields: [HTTPFields.Field("Content-Encoding", "gzip")], framing: .chunked,
            body: RecordedBody(writes.flatMap(\.self)),
            writes: writes.map { RecordedAnswer.Write(at: 0, count: $0.count) })
        let decoded = rendered(answer)
        XCTAssertEqual(decoded.actions, plain.actions)
        XCTAssertEqual(decoded.head.fields, [])
        let encoded = rendered(answer, accepts)
        XCTAssertEqual(encoded.actions, writes.map { .send($0) })
        XCTAssertEqual(encoded.head.fields, answer.fields)
        XCTAssertEqual(
            ReplayRenderer(speed: 0).rendered(answer, for: head(accepts)).readable, plain.actions)
        // What only says that it is gzip stays.
        answer.body = RecordedBody([1, 2, 3])
        answer.writes = []
        XCTAssertEqual(rendered(answer).body, [1, 2, 3])
        XCTAssertEqual(rendered(answer).head.fields.count, 1)
    }
}
