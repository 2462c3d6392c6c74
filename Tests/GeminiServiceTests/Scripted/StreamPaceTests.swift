// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import GeminiService

final class StreamPaceTests: XCTestCase {
    func test_waits_areTokensByRate() {
        XCTAssertEqual(
            StreamPace(tokens: [10, 0, 5], rate: 20).waits,
            [.milliseconds(500), .zero, .milliseconds(250)])
    }

    func test_waits_areAnHourInAll_atMost() {
        let pace = StreamPace(tokens: [3000, 10, .max, 1], rate: 1)
        XCTAssertEqual(pace.waits, [.seconds(3000), .seconds(10), .seconds(590), .zero])
        XCTAssertEqual(pace.length, .seconds(3600))
        XCTAssertEqual(
            StreamPace(tokens: [1, 1], rate: .leastNonzeroMagnitude).waits, [.seconds(3600), .zero])
        XCTAssertEqual(StreamPace(tokens: [0], rate: .leastNonzeroMagnitude).waits, [.zero])
    }

    func test_actions_waitTheirOwn_insteadOfUsual() {
        let pace = StreamPace(tokens: [1, 0, 2], rate: 1)
        let actions: [WireAction] = [
            .send([1]), .wait(.seconds(9)), .send([2]), .wait(.seconds(9)), .send([3]), .send([4]), .truncate,
        ]
        XCTAssertEqual(
            pace.applied(to: actions),
            [
                .wait(.seconds(1)), .send([1]), .send([2]), .wait(.seconds(2)), .send([3]), .send([4]),
                .truncate,
            ]
        )
    }

    func test_pace_isAnswers() throws {
        let said = ScriptedAnswer(
            said: .text("one two three four"), chunks: .pieces(["one two", " three four"]))
        let overrides = AnswerOverrides(tokensPerSecond: 4)
        XCTAssertEqual(
            StreamPace(of: try makeScripted(said, overrides))?.waits,
            [.milliseconds(500), .milliseconds(500)])
        XCTAssertNil(StreamPace(of: try makeScripted(said)))
        XCTAssertNil(StreamPace(of: try makeScripted(said, AnswerOverrides(tokensPerSecond: 0))))
    }

    /// Each event has its wait, whatever is in the stream and in whichever form it goes.
    func test_stream_isPaced() throws {
        for query in ["?alt=sse", "", "?alt=sse&prettyPrint=false&fields=usageMetadata"] {
            let answer = try makeAnswer(
                "POST", "/v1beta/models/gemini-3.6-flash:streamGenerateContent\(query)", body: makeBody(),
                script: .builtIn(AnswerOverrides(tokensPerSecond: 10)))
            guard case .paced(let stream, let pace) = answer else { return XCTFail("\(answer)") }
            switch stream {
            case .events(let texts), .elements(let texts): XCTAssertEqual(texts.count, pace.waits.count)
            default: XCTFail("\(stream)")
            }
            XCTAssertGreaterThan(pace.length, .zero)
        }
    }
}
