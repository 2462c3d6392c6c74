// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

final class PendingPlanTests: XCTestCase {
    private let known = ResponsePlan(status: 200, fields: [], body: Array("known".utf8))
    private let late = ResponsePlan(status: 504, fields: [], body: Array("late".utf8))

    private func make(_ plan: ResponsePlan?, within time: Duration = .seconds(1)) -> PendingPlan {
        PendingPlan(within: time) {
            plan
        } otherwise: { [late] in
            late
        }
    }

    func test_plan_isGivenOnceItIsKnown_orAtTheEnd() {
        XCTAssertNil(make(nil).plan(isLast: false))
        XCTAssertEqual(make(nil).plan(isLast: true), late)
        XCTAssertEqual(make(known).plan(isLast: false), known)
        XCTAssertEqual(make(known).plan(isLast: true), known)
    }

    func test_time_isBounded() {
        XCTAssertEqual(make(nil, within: .seconds(3600)).time, .seconds(60))
        XCTAssertEqual(make(nil, within: .seconds(-1)).time, .zero)
        XCTAssertEqual(make(nil, within: .milliseconds(1)).time, .milliseconds(1))
    }

    func test_mapped_isWokenAsBefore() {
        let wakeUp = WakeUp()
        let pending = PendingPlan(within: .seconds(3600), wokenBy: wakeUp) {
            nil
        } otherwise: {
            ResponsePlan(status: 504, fields: [], body: [])
        }
        let mapped = pending.mapped { $0 }
        XCTAssertEqual(mapped.wakeUp, wakeUp)
        XCTAssertEqual(mapped.time, .seconds(3600))
    }

    func test_mapped_changesWhatComes() {
        let mapped = make(nil).mapped { plan in
            var plan = plan
            plan.head.status += 1
            return plan
        }
        XCTAssertNil(mapped.plan(isLast: false))
        XCTAssertEqual(mapped.plan(isLast: true)?.head.status, 505)
        XCTAssertEqual(mapped.time, .seconds(1))
    }

    func test_responsePlan_tellsWhatItWaitsFor() {
        let pending = make(nil)
        XCTAssertEqual(ResponsePlan.pending(pending).pending, pending)
        XCTAssertNil(known.pending)
        XCTAssertNotEqual(ResponsePlan.pending(pending), .pending(make(nil)))
    }

    func test_raw_ofAPendingPlan_isThatOfWhatComes() {
        let head = RequestHead(method: "GET", target: RequestTarget("/"), fields: HTTPFields())
        let raw = ResponsePlan.pending(make(known)).raw(for: head)
        XCTAssertEqual(raw.pending?.plan(isLast: false), known.raw(for: head))
        XCTAssertEqual(raw.pending?.plan(isLast: false)?.framing, .raw)
    }
}
