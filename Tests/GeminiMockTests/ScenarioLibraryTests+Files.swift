// SPDX-License-Identifier: Apache-2.0

import TestSupport
import XCTest

@testable import GeminiMock

/// The files about uploads and media, and about turns of the Interactions API.
extension ScenarioLibraryTests {
    // MARK: Files

    private func states(_ server: MockServer, _ file: RawAnswer, looks: Int) throws -> [String] {
        let name = try XCTUnwrap(file.at("file/name"), file.text)
        return try (0..<looks).map { _ in try get(server, name).at("state") ?? "none" }
    }

    /// A head that tells of so many seconds of sound, one byte each.
    private func wav(seconds: Int) -> [UInt8] {
        func number(_ value: Int) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
        let format = number(16) + [1, 0, 1, 0] + number(1) + number(1) + [1, 0, 8, 0]
        return Array("RIFF".utf8) + number(36 + seconds) + Array("WAVEfmt ".utf8) + format
            + Array("data".utf8) + number(seconds) + [UInt8](repeating: 128, count: seconds)
    }

    var files: Plays {
        [
            "file-processing-then-active": { [self] server in
                let sound = try upload(server, "audio/mpeg")
                XCTAssertEqual(sound.at("file/state"), "PROCESSING")
                let early = try ask(server, parts: part(sound))
                XCTAssertEqual(early.status, 400)
                XCTAssertEqual(early.at("error/status"), "FAILED_PRECONDITION")
                XCTAssertEqual(try states(server, sound, looks: 3), ["PROCESSING", "PROCESSING", "ACTIVE"])
                XCTAssertEqual(try ask(server, parts: part(sound)).status, 200)

                let film = try upload(server, "video/mp4")
                XCTAssertEqual(film.at("file/state"), "PROCESSING")
                server.advanceClock(by: .milliseconds(4999))
                XCTAssertEqual(
                    try states(server, film, looks: 3), ["PROCESSING", "PROCESSING", "PROCESSING"])
                server.advanceClock(by: .milliseconds(1))
                XCTAssertEqual(try states(server, film, looks: 1), ["ACTIVE"])
            },
            "file-processing-then-failed": { [self] server in
                let file = try upload(server, "audio/mpeg")
                XCTAssertEqual(file.at("file/state"), "PROCESSING")
                XCTAssertEqual(try states(server, file, looks: 3), ["PROCESSING", "PROCESSING", "FAILED"])
                let failed = try get(server, file.at("file/name") ?? "")
                XCTAssertEqual(failed.at("error/message"), "The file could not be decoded.")
                XCTAssertEqual(try ask(server, parts: part(file)).status, 400)
            },
            "file-expired": { [self] server in
                let file = try upload(server, "audio/mpeg")
                XCTAssertEqual(file.status, 200)
                XCTAssertEqual(try get(server, file.at("file/name") ?? "").status, 403)
                let refused = try ask(server, parts: part(file))
                XCTAssertEqual(refused.status, 403)
                XCTAssertEqual(refused.at("error/status"), "PERMISSION_DENIED")
                let second = try upload(server, "audio/mpeg")
                XCTAssertEqual(try ask(server, parts: part(second)).status, 200)
            },
            "size-limit": { [self] server in
                func inline(_ size: Int) throws -> RawAnswer {
                    let text = String(repeating: "AAAA", count: size / 3) + "AA=="
                    return try ask(
                        server, parts: #"{"inlineData": {"mimeType": "audio/mpeg", "data": "\#(text)"}}"#)
                }
                XCTAssertEqual(try inline(65_532).status, 200)
                let refused = try inline(65_535)
                XCTAssertEqual(refused.status, 400)
                XCTAssertTrue(
                    refused.at("error/message")?.hasPrefix("Request payload size exceeds the limit") ?? false)
                XCTAssertEqual(
                    try upload(server, "audio/mpeg", [UInt8](repeating: 0, count: 1_048_575)).status, 200)
                let large = try upload(server, "audio/mpeg", [UInt8](repeating: 0, count: 1_048_576))
                XCTAssertEqual(large.status, 400)
                XCTAssertTrue(
                    large.at("error/message")?.hasPrefix("The size of a file must not exceed") ?? false)
            },
            "mime-type-unsupported": { [self] server in
                let file = try upload(server, "audio/amr")
                XCTAssertEqual(file.at("file/state"), "ACTIVE")
                let refused = try ask(server, parts: part(file))
                XCTAssertEqual(refused.status, 400)
                XCTAssertEqual(refused.at("error/message"), "Unsupported MIME type: audio/amr")
                XCTAssertEqual(try ask(server, parts: part(upload(server, "audio/mpeg"))).status, 200)
            },
            "audio-too-long": { [self] server in
                let long = try ask(server, parts: part(upload(server, "audio/wav", wav(seconds: 10))))
                XCTAssertEqual(long.status, 400)
                XCTAssertEqual(long.at("error/status"), "INVALID_ARGUMENT")
                XCTAssertTrue(long.at("error/message")?.contains("34200 seconds") ?? false, long.text)
                let piece = try ask(server, parts: part(upload(server, "audio/wav", wav(seconds: 9))))
                XCTAssertEqual(piece.said, "A transcript of this piece.")
            },
        ]
    }

    // MARK: Interactions

    private func status(_ server: MockServer, _ turn: RawAnswer) throws -> String? {
        try get(server, "interactions/\(XCTUnwrap(turn.at("id"), turn.text))").at("status")
    }

    var interactions: Plays {
        [
            "background-interaction": { [self] server in
                let run = try turn(server, "owls", #", "background": true"#)
                XCTAssertEqual(run.at("status"), "queued")
                server.advanceClock(by: .milliseconds(2999))
                XCTAssertEqual(try status(server, run), "in_progress")
                server.advanceClock(by: .milliseconds(1))
                XCTAssertEqual(try status(server, run), "completed")
                let whole = try get(server, "interactions/\(run.at("id") ?? "")")
                XCTAssertTrue(whole.text.contains(#"The report on \"owls\" is ready."#), whole.text)
                XCTAssertEqual(try turn(server, "owls").at("status"), "completed", "not in the background")
            },
            "background-interaction-failed": { [self] server in
                let run = try turn(server, "owls", #", "background": true"#)
                XCTAssertEqual(run.status, 200)
                XCTAssertEqual(run.at("status"), "queued")
                server.advanceClock(by: .seconds(1))
                XCTAssertEqual(try status(server, run), "failed")
            },
            "interaction-budget-exceeded": { [self] server in
                let answer = try turn(server)
                XCTAssertEqual(answer.status, 200)
                XCTAssertEqual(answer.at("status"), "budget_exceeded")
                XCTAssertTrue(answer.text.contains("What I found so far."), answer.text)
            },
            "interaction-requires-action": { [self] server in
                let tool = #", "tools": [{"type": "function", "name": "get_weather"}]"#
                let asked = try turn(server, "Weather?", tool)
                XCTAssertEqual(asked.at("status"), "requires_action")
                let calls = (0..<3).filter { asked.at("steps/\($0)/type") == "function_call" }
                XCTAssertEqual(calls.count, 1)
                let call = try XCTUnwrap(asked.at("steps/\(calls[0])/id"))
                let result =
                    #"{"type": "function_result", "call_id": "\#(call)", "name": "get_weather", "result": "21"}"#
                let previous = try XCTUnwrap(asked.at("id"))
                let told = try post(
                    server, "/v1beta/interactions",
                    #"{"model": "gemini-3.5-flash", "previous_interaction_id": "\#(previous)", "input": [\#(result)]}"#
                )
                XCTAssertEqual(told.at("status"), "completed", told.text)
                XCTAssertTrue(told.text.contains("It is 21 degrees in Paris."), told.text)
            },
        ]
    }
}
