// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import HTTPWire

final class ResponsePlanTests: XCTestCase {
    private let fields = [HTTPFields.Field("Content-Type", "text/plain")]

    func test_initBody_sendsItAtOnceWithItsLength() {
        let plan = ResponsePlan(status: 200, fields: fields, body: utf8("abc"))
        XCTAssertEqual(plan.head, ResponseHead(status: 200, fields: fields))
        XCTAssertEqual(plan.framing, .length)
        XCTAssertEqual(plan.actions, [.send(utf8("abc"))])
    }

    func test_initBody_sendsNothingForAnEmptyBody() {
        XCTAssertEqual(ResponsePlan(status: 204, fields: [], body: []).actions, [])
    }

    func test_body_joinsWhatIsSent() {
        let plan = ResponsePlan(
            head: ResponseHead(status: 200, fields: []), framing: .chunked,
            actions: [.send(utf8("ab")), .wait(.seconds(1)), .send([]), .send(utf8("c")), .reset]
        )
        XCTAssertEqual(text(plan.body), "abc")
        XCTAssertEqual(plan.bodyLength, 3)
    }

    func test_body_isEmptyWithoutSends() {
        let plan = ResponsePlan(
            head: ResponseHead(status: 200, fields: []), actions: [.wait(.zero), .truncate])
        XCTAssertEqual(plan.body, [])
        XCTAssertEqual(plan.bodyLength, 0)
    }

    func test_plans_areEqualByValue() {
        let plan = ResponsePlan(status: 200, fields: fields, body: utf8("a"))
        var other = plan
        XCTAssertEqual(other, plan)
        other.actions.append(.truncate)
        XCTAssertNotEqual(other, plan)
        other = plan
        other.framing = .chunked
        XCTAssertNotEqual(other, plan)
        other = plan
        other.head.status = 500
        XCTAssertNotEqual(other, plan)
        other = plan
        other.head.fields.append(HTTPFields.Field("A", "b"))
        XCTAssertNotEqual(other, plan)
    }

    func test_liveActions_areEqualToThemselvesOnly() {
        let one = LiveActions { _ in nil }
        XCTAssertEqual(WireAction.live(one), .live(one))
        XCTAssertNotEqual(WireAction.live(one), .live(LiveActions { _ in nil }))
        let plan = ResponsePlan(
            head: ResponseHead(status: 200, fields: []), framing: .chunked, actions: [.live(one)])
        XCTAssertEqual(plan.bodyLength, 0)
        XCTAssertEqual(plan.body, [])
    }

    func test_liveActions_moveThePositionOfTheirPlayer() {
        let live = LiveActions { position in
            position += 1
            return position < 3 ? .send([UInt8(position)]) : nil
        }
        for _ in 0..<2 {
            var (position, played): (Int, [WireAction]) = (0, [])
            while let action = live.next(&position) { played.append(action) }
            XCTAssertEqual(played, [.send([1]), .send([2])])
        }
    }
}
