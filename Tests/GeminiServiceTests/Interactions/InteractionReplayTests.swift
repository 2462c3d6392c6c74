// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire
import XCTest

@testable import GeminiService

final class InteractionReplayTests: XCTestCase {
    private let clock = MovableWallClock(FixedWallClock(seconds: 1_787_150_052))

    private func names(_ frames: [String]) -> [String] {
        frames.flatMap { $0.split(separator: "\n") }.filter { $0.hasPrefix("event: ") }
            .map { String($0.dropFirst(7)) }
    }

    /// The number of a step and the ids of its deltas.
    private func eventIDs(_ frames: [String]) throws -> [String] {
        try frames.compactMap { frame in
            guard let data = frame.split(separator: "\n").last?.dropFirst(6), data != "[DONE]" else {
                return nil
            }
            return try makeJSON(String(data))["event_id"]?.text
        }
    }

    private let background = makeInteractionBody(members: #""background": true, "stream": true"#)

    /// Ahead by a hundredth of a second each time a stream would wait.
    private func play(_ service: FakeService) throws -> [String] {
        try makeFrames(body: background, service: service) { _ in clock.advance(by: .milliseconds(10)) }
    }

    func test_stream_followsTheRun_toItsEnd() throws {
        let start = clock.nanoseconds
        let frames = try play(makeService(clock: clock))
        XCTAssertEqual(
            names(frames),
            [
                "interaction.created", "interaction.status_update", "step.start", "step.delta", "step.stop",
                "step.start",
            ]
                + Array(repeating: "step.delta", count: 3) + ["step.stop", "interaction.completed", "done"]
        )
        XCTAssertGreaterThanOrEqual(clock.nanoseconds - start, 1_000_000_000)
        XCTAssertLessThan(clock.nanoseconds - start, 1_020_000_000)
        XCTAssertEqual(try eventIDs(frames).count, 4)
    }

    func test_stream_looksAgain_atLeastEachTenthOfASecond() throws {
        var longest = Duration.zero
        _ = try makeFrames(body: background, service: makeService(clock: clock)) { wait in
            longest = max(longest, wait)
            clock.advance(by: wait)
        }
        XCTAssertLessThanOrEqual(longest, .milliseconds(100))
        XCTAssertGreaterThan(longest, .zero)
    }

    func test_get_sendsAllAgain_withWhatWasSent() throws {
        let service = makeService(clock: clock)
        let id = try XCTUnwrap(try makeInteraction(service: service)["id"]?.text)
        let frames = try makeFrames("GET", "/v1/interactions/\(id)?stream=true", service: service)
        XCTAssertEqual(names(frames).suffix(2), ["interaction.completed", "done"])
        XCTAssertEqual(
            frames[2],
            """
            event: step.start
            data: {"index":0,"step":{"content":[{"text":"hi","type":"text"}],"type":"user_input"},\
            "event_type":"step.start"}\n\n
            """)
        XCTAssertTrue(frames[4].contains(#""index":1,"step":{"type":"thought"}"#), frames[4])
    }

    func test_get_goesOn_behindEachEventOfEitherStream() throws {
        let service = makeService(clock: clock)
        let created = try play(service)
        let id = try XCTUnwrap(
            created[0].split(separator: "\"").first { $0.hasPrefix("v1_") }.map { String($0) })
        let got = try makeFrames("GET", "/v1/interactions/\(id)?stream=true", service: service)
        for whole in [created, got] {
            for eventID in try eventIDs(whole) {
                let rest = try makeFrames(
                    "GET", "/v1/interactions/\(id)?stream=true&last_event_id=\(eventID)", service: service)
                let at = try XCTUnwrap(whole.firstIndex { $0.contains("\"\(eventID)\"") })
                XCTAssertEqual(rest, Array(whole[(at + 1)...]), eventID)
            }
        }
        XCTAssertEqual(
            refusal {
                try makeFrames(
                    "GET", "/v1/interactions/\(id)?stream=true&last_event_id=ev+7", service: service)
            },
            .invalidInteraction)
    }

    func test_cancel_endsTheStream_inTheMiddle() throws {
        let service = makeService(clock: clock)
        let body = makeInteractionBody(members: #""background": true"#)
        let created = try makeInteractionAnswer("POST", "/v1/interactions", body: body, service: service)
        let id = try XCTUnwrap(created["id"]?.text)
        var isCancelled = false
        let frames = try makeFrames("GET", "/v1/interactions/\(id)?stream=true", service: service) { _ in
            clock.advance(by: .milliseconds(50))
            guard !isCancelled, clock.nanoseconds % 1_000_000_000 > 400_000_000 else { return }
            isCancelled = true
            let answer = try makeInteractionAnswer(
                "POST", "/v1/interactions/\(id)/cancel", service: service)
            XCTAssertEqual(answer["status"], "cancelled")
            XCTAssertEqual(answer["steps"]?.elements.count, 0)
        }
        XCTAssertTrue(isCancelled)
        XCTAssertEqual(names(frames).suffix(2), ["error", "done"])
        XCTAssertFalse(names(frames).contains("interaction.completed"))
        XCTAssertGreaterThan(frames.count, 3, "some had been sent")
        let again = try makeFrames("GET", "/v1/interactions/\(id)?stream=true", service: service)
        XCTAssertEqual(names(again).suffix(2), ["error", "done"])
    }
}
