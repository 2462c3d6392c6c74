// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import GeminiMock

final class CollectedAnswerTests: XCTestCase {
    /// Gives what is told, one after another: a head that comes first, and a body.
    private final class Upstream: Sendable {
        let isThere = Monitor(false)
        let actions = Monitor<[WireAction?]>([])

        var plan: PendingPlan {
            PendingPlan(within: .seconds(60)) { [self] in
                guard isThere.withLock(\.self) else { return nil }
                let body = LiveActions { [self] position in
                    position += 1
                    return actions.withLock { $0.isEmpty ? .nap(.seconds(1)) : $0.removeFirst() }
                }
                var plan = ResponsePlan(
                    head: ResponseHead(status: 201, fields: [.init("A", "b")]), actions: [.live(body)])
                plan.announcedLength = 3
                return plan
            } otherwise: {
                ResponsePlan(status: 502, fields: [], body: [1])
            }
        }
    }

    private func collected(_ upstream: Upstream) -> PendingPlan {
        CollectedAnswer(upstream.plan).plan { plan in
            var plan = plan
            plan.head.fields = []
            return plan
        }
    }

    func test_theWhole_isChanged_onceItIsThere() throws {
        let upstream = Upstream()
        let pending = collected(upstream)
        XCTAssertNil(pending.plan(isLast: false))
        upstream.isThere.withLock { $0 = true }
        XCTAssertNil(pending.plan(isLast: false))
        upstream.actions.withLock { $0 = [.send([1, 2])] }
        XCTAssertNil(pending.plan(isLast: false))
        upstream.actions.withLock { $0 = [.send([3]), nil] }
        let plan = try XCTUnwrap(pending.plan(isLast: false))
        XCTAssertEqual(
            plan,
            ResponsePlan(head: ResponseHead(status: 201, fields: []), actions: [.send([1, 2]), .send([3])]))
    }

    func test_anAnswerThatBreaksOff_keepsItsLengthAndItsEnd() throws {
        let upstream = Upstream()
        upstream.isThere.withLock { $0 = true }
        upstream.actions.withLock { $0 = [.send([1]), .reset] }
        let plan = try XCTUnwrap(collected(upstream).plan(isLast: false))
        XCTAssertEqual(plan.actions, [.send([1]), .reset])
        XCTAssertEqual(plan.announcedLength, 3)
    }

    func test_whatHasntComeInTime_comesAsItDoes() throws {
        let upstream = Upstream()
        let pending = collected(upstream)
        XCTAssertEqual(pending.plan(isLast: true)?.head.status, 502)
        upstream.isThere.withLock { $0 = true }
        upstream.actions.withLock { $0 = [.send([1])] }
        let other = collected(upstream)
        XCTAssertNil(other.plan(isLast: false))
        upstream.actions.withLock { $0 = [.send([2, 3])] }
        let plan = try XCTUnwrap(other.plan(isLast: true))
        XCTAssertEqual(plan.actions.prefix(2), [.send([1]), .send([2, 3])])
        guard case .live(let rest)? = plan.actions.last else { return XCTFail("\(plan)") }
        upstream.actions.withLock { $0 = [.send([4]), nil] }
        var position = 0
        XCTAssertEqual(rest.next(&position), .send([4]))
        XCTAssertNil(rest.next(&position))
    }
}
