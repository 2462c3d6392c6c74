// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import ScenarioEngine

final class WireTimingTests: XCTestCase {
    private func timed(
        _ options: WireOptions, _ plan: ResponsePlan = .events, seed: UInt64 = 0
    ) -> ResponsePlan {
        var timing = WireTiming(options, seed: seed)
        var plan = plan
        timing.apply(to: &plan)
        return plan
    }

    private let one = #"data: {"a": 1}␍␊␍␊"#
    private let two = #"data: {"a": 2}␍␊␍␊"#
    private let three = #"data: {"a": 3, "finishReason": "STOP"}␍␊␍␊"#

    // MARK: Waits

    func test_delay_isBeforeTheHead() {
        let plan = timed(WireOptions(delay: .seconds(2)))
        XCTAssertEqual(plan.delay, .seconds(2))
        XCTAssertEqual(plan.script, [one, two, three])
    }

    func test_waits_standBeforeEvents_andTheLastIntervalHolds() {
        XCTAssertEqual(
            timed(WireOptions(firstEvent: .seconds(5), intervals: [.seconds(1)])).script,
            ["wait 5.0 seconds", one, "wait 1.0 seconds", two, "wait 1.0 seconds", three])
        XCTAssertEqual(
            timed(WireOptions(intervals: [.seconds(1), .seconds(2)])).script,
            [one, "wait 1.0 seconds", two, "wait 2.0 seconds", three])
        XCTAssertEqual(
            timed(WireOptions(firstEvent: .seconds(5)), .single).script.first, "wait 5.0 seconds")
    }

    /// Those of the server's setting and of tokens a second.
    func test_waitsThatAreThere_stay_unlessOthersAreTold() {
        var plan = ResponsePlan.events
        plan.actions.insert(.wait(.seconds(9)), at: 1)
        XCTAssertEqual(timed(WireOptions(), plan), plan)
        XCTAssertEqual(
            timed(WireOptions(intervals: [.zero]), plan).script, [one, two, three])
    }

    /// A comment is no event: the wait is behind it, so that it comes into the silence.
    func test_aComment_comesBeforeTheWait() {
        var wire = WirePlan(.events)
        CommentFault(after: 1).apply(to: &wire)
        XCTAssertEqual(
            timed(WireOptions(intervals: [.seconds(1)]), wire.plan).script,
            [one, ": keep-alive␍␊␍␊", "wait 1.0 seconds", two, "wait 1.0 seconds", three])
    }

    func test_jitter_variesEachWait_bySoMuch_andBySeed() {
        let options = WireOptions(delay: .seconds(10), intervals: [.seconds(10)], jitter: 0.2)
        let plans = (0..<50).map { timed(options, seed: $0) }
        let waits = plans.flatMap { plan in
            [plan.delay]
                + plan.actions.compactMap { if case .wait(let wait) = $0 { wait } else { nil } }
        }
        XCTAssertEqual(waits.count, 150)
        XCTAssertTrue(waits.allSatisfy { (.seconds(8)...(.seconds(12))).contains($0) }, "\(waits)")
        XCTAssertGreaterThan(Set(waits).count, 140)
        XCTAssertLessThan(waits.min() ?? .zero, .milliseconds(8500))
        XCTAssertGreaterThan(waits.max() ?? .zero, .milliseconds(11500))
        XCTAssertEqual(timed(options, seed: 7), timed(options, seed: 7))
    }

    func test_jitter_leavesAHangAlone() {
        var wire = WirePlan(.events)
        HangMidBodyFault(after: .events(1)).apply(to: &wire)
        XCTAssertEqual(timed(WireOptions(jitter: 1), wire.plan), wire.plan)
    }

    func test_bytesPerSecond_paceTheBody() {
        let plan = timed(WireOptions(bytesPerSecond: 100), .single)
        XCTAssertEqual(
            plan.script,
            [
                "wait 0.1 seconds", "{␊  \"finis", "wait 0.1 seconds", "hReason\": ", "wait 0.09 seconds",
                "\"STOP\"␊}␊",
            ])
        XCTAssertEqual(plan.body, ResponsePlan.single.body)
    }

    func test_theGreatestRate_pausesNowhere() {
        XCTAssertEqual(timed(WireOptions(bytesPerSecond: Int.max), .single).script.count, 2)
    }

    // MARK: Writes

    func test_bytes_cutEvents_andCharacters() {
        let plan = ResponsePlan(status: 200, fields: [], body: Array("é😀".utf8))
        XCTAssertEqual(
            timed(WireOptions(writes: .bytes(1)), plan).actions,
            "é😀".utf8.map { .send([$0]) })
        let events = timed(WireOptions(writes: .bytes(50)))
        XCTAssertEqual(events.actions.count, 2)
        XCTAssertEqual(events.body, ResponsePlan.events.body)
    }

    func test_bytes_areCutWithinTheWaits() {
        XCTAssertEqual(
            timed(WireOptions(intervals: [.seconds(1), .zero], writes: .bytes(12))).script,
            [
                #"data: {"a": "#, "1}␍␊␍␊", "wait 1.0 seconds", #"data: {"a": "#, "2}␍␊␍␊data: ",
                #"{"a": 3, "fi"#, #"nishReason":"#, #" "STOP"}␍␊␍␊"#,
            ])
    }

    func test_at_cutsThereAlone() {
        XCTAssertEqual(
            timed(WireOptions(writes: .at([3, 20, 999]))).script,
            ["dat", #"a: {"a": 1}␍␊␍␊da"#, #"ta: {"a": 2}␍␊␍␊\#(three)"#])
        XCTAssertEqual(
            timed(WireOptions(intervals: [.seconds(1)], writes: .at([3, 20]))).script,
            [
                "dat", #"a: {"a": 1}␍␊␍␊"#, "wait 1.0 seconds", "da", #"ta: {"a": 2}␍␊␍␊"#,
                "wait 1.0 seconds", three,
            ])
    }

    func test_events_goTogether() {
        XCTAssertEqual(timed(WireOptions(writes: .events(2))).script, [one + two, three])
        XCTAssertEqual(
            timed(WireOptions(intervals: [.seconds(1)], writes: .events(2))).script,
            [one + two, "wait 1.0 seconds", three])
    }

    /// Each write costs its own bytes, not those of the one that it is joined to: 800 GB would be copied then.
    func test_manyWrites_areJoinedInTime() {
        var plan = ResponsePlan.single
        plan.actions = Array(repeating: .send([UInt8](repeating: 0x78, count: 1000)), count: 40_000)
        var joined = plan
        let time = ContinuousClock().measure {
            joined = timed(WireOptions(writes: .events(1_000_000)), plan)
        }
        XCTAssertEqual(joined.actions.count, 1)
        XCTAssertEqual(joined.body, plan.body)
        XCTAssertLessThan(time, .seconds(20))
    }

    func test_piecesAreBounded() {
        let body = [UInt8](repeating: 0x78, count: 1_000_000)
        let plan = ResponsePlan(status: 200, fields: [], body: body)
        for options in [WireOptions(writes: .bytes(1)), WireOptions(bytesPerSecond: 1)] {
            let timed = timed(options, plan)
            XCTAssertLessThanOrEqual(timed.actions.count, 2 * WireTiming.mostWrites)
            XCTAssertGreaterThan(timed.actions.count, 1000)
            XCTAssertEqual(timed.body, body)
        }
    }
}
