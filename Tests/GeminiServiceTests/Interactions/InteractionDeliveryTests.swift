// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire
import XCTest

@testable import GeminiService

final class InteractionDeliveryTests: XCTestCase {
    private let said = ScriptedAnswer(said: .text("one two three"), chunks: .pieces(["one", " two three"]))

    func test_delivery_isScripts() {
        let delivery = InteractionDelivery(.answer(said, AnswerOverrides(tokensPerSecond: 2)))
        XCTAssertEqual(delivery.chunks, .pieces(["one", " two three"]))
        XCTAssertEqual(delivery.rate, 2)
        XCTAssertEqual(InteractionDelivery(.builtIn(AnswerOverrides(tokensPerSecond: 3))).rate, 3)
        let parts = ScriptedAnswer(said: .parts([["text": "a"]]), chunks: .size(1))
        XCTAssertNil(InteractionDelivery(.answer(parts, AnswerOverrides())).chunks)
        XCTAssertNil(InteractionDelivery().rate)
        XCTAssertNil(InteractionDelivery().pace(of: []))
    }

    func test_stream_isCutAndPaced() throws {
        let answer = try makeAnswer(
            "POST", "/v1beta/interactions",
            body: makeInteractionBody(members: #""stream": true"#, model: "gemini-2.0-flash"),
            script: .answer(said, AnswerOverrides(tokensPerSecond: 2)))
        guard case .paced(.frames(let frames), let pace) = answer else { return XCTFail("\(answer)") }
        let texts = frames.map { String(decoding: $0, as: UTF8.self) }
        XCTAssertEqual(texts.count, 8)
        XCTAssertTrue(texts[3].contains(#""delta":{"text":"one","type":"text"}"#), texts[3])
        XCTAssertTrue(texts[4].contains(#""delta":{"text":" two three","type":"text"}"#), texts[4])
        let none = Duration.zero
        XCTAssertEqual(pace.waits, [none, none, none, .milliseconds(500), .seconds(1), none, none])
    }

    /// A run in the background takes as long as its tokens do.
    func test_run_takesItsTokensTime() throws {
        let clock = MovableWallClock(FixedWallClock(seconds: 1_787_150_052))
        let service = makeService(clock: clock)
        let begun = try makeInteraction(
            members: #""background": true"#, model: "gemini-2.5-flash", service: service,
            script: .answer(said, AnswerOverrides(tokensPerSecond: 0.1)))
        let id = try XCTUnwrap(begun["id"]?.text)
        let status = {
            try makeInteractionAnswer("GET", "/v1beta/interactions/\(id)", service: service)["status"]
        }
        XCTAssertEqual(begun["status"], "queued")
        clock.advance(by: .seconds(29))
        XCTAssertEqual(try status(), "in_progress")
        clock.advance(by: .seconds(2))
        XCTAssertEqual(try status(), "completed")
    }
}
