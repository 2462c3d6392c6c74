// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire
import XCTest

@testable import GeminiMock
@testable import GeminiService

final class AnswerRendererTests: XCTestCase {
    private let renderer = AnswerRenderer(clock: FixedWallClock(seconds: 0), streamInterval: .seconds(9))

    private func waits(_ answer: APIAnswer) -> [Duration] {
        renderer.plan(answer, started: 0).actions.compactMap { action in
            if case .wait(let duration) = action { duration } else { nil }
        }
    }

    /// The pace is the stream's own: the usual wait between two events isn't added.
    func test_pacedStream_waitsByItsPace() {
        let pace = StreamPace(tokens: [1, 2, 3], rate: 2)
        let paced: [Duration] = [.milliseconds(500), .seconds(1), .milliseconds(1500)]
        let texts = [[UInt8]](repeating: Array("{}".utf8), count: 3)
        for answer in [APIAnswer.events(texts), .elements(texts), .frames(texts)] {
            XCTAssertEqual(waits(answer), [.seconds(9), .seconds(9)])
            XCTAssertEqual(waits(.paced(answer, pace)), paced)
            let (usual, plan) = (
                renderer.plan(answer, started: 0), renderer.plan(.paced(answer, pace), started: 0)
            )
            XCTAssertEqual(plan.head, usual.head)
            XCTAssertEqual(plan.framing, usual.framing)
            XCTAssertEqual(plan.body, usual.body)
        }
    }
}
