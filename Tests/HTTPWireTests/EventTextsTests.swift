// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import HTTPWire

final class EventTextsTests: XCTestCase {
    private let secret = "AIzaSyA0123456789abcdefghijklmnopqrstuv"

    private func masked(_ pieces: [String], _ known: [String] = []) -> [String] {
        var bytes = pieces.map { Array($0.utf8) }
        Redactor(secrets: known).mask(&bytes)
        XCTAssertEqual(bytes.map(\.count), pieces.map(\.utf8.count))
        return bytes.map { String(decoding: $0, as: UTF8.self) }
    }

    private func stars(_ text: some StringProtocol) -> String {
        String(repeating: "*", count: text.utf8.count)
    }

    /// An event of each kind of stream whose text is given.
    private static let events: [(String, @Sendable (String) -> String)] = [
        (
            "generateContent",
            {
                "data: {\"candidates\": [{\"content\": {\"parts\": [{\"text\": \"\($0)\"}],\"role\": \"model\"}}]}\r\n\r\n"
            }
        ),
        (
            "array",
            { ",\r\n{\n  \"candidates\": [\n    {\"content\": {\"parts\": [{\"text\": \"\($0)\"}]}}]}" }
        ),
        (
            "interactions",
            {
                "event: step.delta\ndata: {\"index\":0,\"delta\":{\"type\":\"text\",\"text\":\"\($0)\"},\"event_type\":\"step.delta\"}\n\n"
            }
        ),
        (
            "arguments",
            {
                "event: step.delta\ndata: {\"index\":1,\"delta\":{\"type\":\"arguments_delta\",\"arguments\":\"\($0)\"}}\n\n"
            }
        ),
    ]

    func test_secret_splitBetweenThreeTexts_isFound_inEachKindOfStream() {
        for (name, event) in EventTextsTests.events {
            for cut in stride(from: 1, to: secret.count - 3, by: 5) {
                let (first, rest) = (secret.prefix(cut), secret.dropFirst(cut))
                let (second, third) = (rest.prefix(3), rest.dropFirst(3))
                XCTAssertEqual(
                    masked([event("my \(first)"), event("\(second)"), event("\(third) ok")]),
                    [event("my \(stars(first))"), event(stars(second)), event("\(stars(third)) ok")],
                    "\(name) \(cut)")
            }
        }
    }

    func test_everyKindOfSecret_isFound() {
        let event = EventTextsTests.events[0].1
        XCTAssertEqual(
            masked([event("{\\\"api_key\\\":\\\"hun"), event("ter2\\\"}")]),
            [event("{\\\"api_key\\\":\\\"***"), event("****\\\"}")])
        XCTAssertEqual(
            masked([event("?k"), event("ey=a"), event("b&c")]), [event("?k"), event("ey=*"), event("*&c")])
        XCTAssertEqual(masked([event("any"), event("-key")], ["any-key"]), [event("***"), event("****")])
    }

    func test_secret_splitAtAnyByte_betweenPieces_isFound() {
        for (name, event) in EventTextsTests.events {
            let whole = event("say \(secret) ok")
            let expected = event("say \(stars(secret)) ok")
            for cut in 0...whole.utf8.count {
                let pieces = [String(whole.prefix(cut)), String(whole.dropFirst(cut))]
                guard pieces.map(\.utf8.count).reduce(0, +) == whole.utf8.count, !pieces[0].hasSuffix("\r")
                else { continue }
                XCTAssertEqual(masked(pieces).joined(), expected, "\(name) \(cut)")
            }
        }
    }

    func test_onePiece_mayHoldAllEvents() {
        let event = EventTextsTests.events[2].1
        XCTAssertEqual(
            masked([event("AIzaSyA0123456789abcdef") + event("ghijklmnopqrstuv")]),
            [event(stars("AIzaSyA0123456789abcdef")) + event(stars("ghijklmnopqrstuv"))])
    }

    func test_textsOfOtherPlaces_areNotJoined() {
        let (text, arguments) = (EventTextsTests.events[2].1, EventTextsTests.events[3].1)
        let pieces = [text("AIzaSyA0123456789abcdef"), arguments("ghijklmnopqrstuv")]
        XCTAssertEqual(masked(pieces), pieces)
    }

    func test_whatIsCutOff_orNoJSON_isReadAsFarAsItGoes() {
        let event = EventTextsTests.events[0].1
        let half = "data: {\"candidates\": [{\"content\": {\"parts\": [{\"tex\r\n\r\n"
        XCTAssertEqual(
            masked([event("AIzaSyA0123456789abcdef"), half, ": comment\n\n", event("ghijklmnopqrstuv")]),
            [
                event(stars("AIzaSyA0123456789abcdef")), half, ": comment\n\n",
                event(stars("ghijklmnopqrstuv")),
            ])
        for noise in ["]]]}}}\"", "\"", "{{{{\"a\":", "\"\\", String(repeating: "[", count: 100_000), ""] {
            XCTAssertEqual(masked([noise, noise]), [noise, noise])
        }
    }

    func test_streamWithoutSecrets_staysAsItIs() {
        let pieces = ["The", " key", " to success", " is patience."].map(EventTextsTests.events[0].1)
        XCTAssertEqual(masked(pieces), pieces)
        XCTAssertEqual(masked([]), [])
    }
}
