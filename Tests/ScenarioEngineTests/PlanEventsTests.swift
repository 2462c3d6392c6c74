// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import ScenarioEngine

final class PlanEventsTests: XCTestCase {
    /// Three events, as they happen.
    private var live: ResponsePlan {
        var plan = ResponsePlan.live
        plan.actions = [
            .live(
                LiveActions { position in
                    defer { position += 1 }
                    if position == 1 { return .wait(.seconds(1)) }
                    return position < 4 ? .send(Array("data: \(position)\n\n".utf8)) : nil
                })
        ]
        return plan
    }

    private func played(_ actions: [WireAction]) -> [String] {
        actions.flatMap { action -> [String] in
            guard case .live(let live) = action else {
                return ResponsePlan(head: ResponseHead(status: 200, fields: []), actions: [action]).script
            }
            var position = 0
            var texts: [String] = []
            while let next = live.next(&position), texts.count < 10 {
                texts += ResponsePlan(head: ResponseHead(status: 200, fields: []), actions: [next]).script
            }
            return texts
        }
    }

    func test_aStreamThatHappens_isCut_too() {
        let events = (0..<5).map { played(live.beginning(upTo: .events($0))) }
        XCTAssertEqual(
            events,
            [
                [], ["data: 0␊␊"], ["data: 0␊␊", "wait 1.0 seconds", "data: 2␊␊"],
                ["data: 0␊␊", "wait 1.0 seconds", "data: 2␊␊", "data: 3␊␊"],
                ["data: 0␊␊", "wait 1.0 seconds", "data: 2␊␊", "data: 3␊␊"],
            ])
        XCTAssertEqual(
            played(live.beginning(upTo: .bytes(11))), ["data: 0␊␊", "wait 1.0 seconds", "da"])
        // Twice from the beginning: a plan may be kept.
        let kept = live.beginning(upTo: .events(1))
        XCTAssertEqual(played(kept), played(kept))
    }

    func test_forms() {
        XCTAssertEqual(ResponsePlan.events.streamForm, .events)
        XCTAssertEqual(ResponsePlan.interaction.streamForm, .events)
        XCTAssertEqual(ResponsePlan.array.streamForm, .array)
        for plan in [ResponsePlan.single, .empty, .live] { XCTAssertNil(plan.streamForm) }
        XCTAssertTrue(ResponsePlan.interaction.isOfInteractions)
        XCTAssertFalse(ResponsePlan.events.isOfInteractions)
    }

    func test_comments_andBareErrors_areNoEvents() {
        var plan = ResponsePlan.events
        plan.actions.insert(.send(Array(": data: x\r\n\r\n".utf8)), at: 1)
        plan.actions.append(.send(Array("{\n  \"error\": {}\n}\n".utf8)))
        XCTAssertEqual(plan.eventPlaces, [0, 2, 3])
    }

    func test_changingNothing_changesNoByte() {
        for plan in [ResponsePlan.events, .interaction, .array, .single, .empty, .live] {
            var changed = plan
            changed.changeEvents { _, _ in }
            changed.changeTexts { _, _ in }
            changed.changeLines { _, _ in }
            XCTAssertEqual(changed, plan)
        }
    }
}
