// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire
import XCTest

@testable import GeminiService

final class InteractionEventsTests: XCTestCase {
    private func events(_ steps: [InteractionStep]) -> [InteractionEvent] {
        InteractionEvents.all(
            of: Interaction(
                id: nil, status: .completed, usage: nil, created: 0, updated: 0, serviceTier: "standard",
                steps: steps, actor: .model("m")), isNumbered: false)
    }

    private func deltas(_ step: InteractionStep) -> [InteractionDelta] {
        events([step]).compactMap { event in
            if case .stepDelta(_, let delta, _) = event { delta } else { nil }
        }
    }

    func test_text_comesInThreePieces_atLeast() {
        XCTAssertEqual(deltas(.text("Hello")), [.text("He"), .text("ll"), .text("o")])
    }

    func test_thought_comesAsRecorded() {
        XCTAssertEqual(deltas(.thought(signature: "AAAA", summary: nil)), [.thoughtSignature("AAAA")])
        XCTAssertEqual(
            deltas(.thought(signature: "AAAA", summary: "Hm")),
            [.thoughtSummary("Hm"), .thoughtSignature(""), .thoughtSignature("AAAA")])
    }

    func test_arguments_comeWhole_orInPieces() throws {
        let short: JSON = ["city": "Paris"]
        XCTAssertEqual(
            deltas(.functionCall(id: "x", name: "f", arguments: short)), [.arguments(#"{"city":"Paris"}"#)])
        let long: JSON = ["text": .string(String(repeating: "long ", count: 30))]
        let pieces = deltas(.functionCall(id: "x", name: "f", arguments: long)).map { delta in
            if case .arguments(let text) = delta { text } else { "?" }
        }
        XCTAssertGreaterThanOrEqual(pieces.count, 3)
        XCTAssertEqual(try makeJSON(pieces.joined()), long)
    }

    func test_deltas_lieWithinTheirStep() {
        let names = events([.thought(signature: "AAAA", summary: nil), .text("abc")]).map(\.name)
        XCTAssertEqual(
            names,
            [
                "interaction.created", "interaction.status_update", "step.start", "step.delta", "step.stop",
                "step.start", "step.delta", "step.delta", "step.delta", "step.stop", "interaction.completed",
            ])
    }

    func test_end_isByStatus() {
        for (status, expected) in [
            (.completed, "interaction.completed"), (.incomplete, "interaction.completed"),
            (.requiresAction, "interaction.completed"), (.budgetExceeded, "interaction.completed"),
            (.requiresContinuation, "interaction.completed"), (.failed, "error"), (.cancelled, "error"),
            (.inProgress, "interaction.status_update"), (.queued, "interaction.status_update"),
        ] as [(InteractionStatus, String)] {
            let outcome = Interaction(
                id: "i", status: status, usage: nil, created: 0, updated: 0, serviceTier: "standard",
                steps: [], actor: .model("m"))
            XCTAssertEqual(InteractionEvents.all(of: outcome, isNumbered: false).last?.name, expected)
        }
    }

    func test_text_isCut_asWanted() {
        let outcome = Interaction(
            id: "i", status: .completed, usage: nil, created: 0, updated: 0, serviceTier: "standard",
            steps: [.text("abcde")], actor: .model("m"))
        let events = InteractionEvents.all(of: outcome, chunks: .size(2), isNumbered: false)
        let deltas = events.compactMap { event in
            if case .stepDelta(_, let delta, _) = event { delta } else { nil }
        }
        XCTAssertEqual(deltas, [.text("ab"), .text("cd"), .text("e")])
    }
}
