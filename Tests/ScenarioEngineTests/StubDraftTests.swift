// SPDX-License-Identifier: Apache-2.0

import GeminiService
import HTTPWire
import XCTest

@testable import ScenarioEngine

final class StubDraftTests: XCTestCase {
    /// Whether the draft of a request can be read, and is used for the request.
    private func check(_ request: RequestSubject, file: StaticString = #filePath, line: UInt = #line) throws {
        let draft = StubDraft(request)
        let result = ScenarioDecoder.decode(
            Array(draft.scenario.utf8), file: "draft", vocabulary: .ofThisServer)
        XCTAssertEqual(result.problems.map(\.description), [], draft.scenario, file: file, line: line)
        guard let scenario = result.scenario else { return }
        let player = ScenarioPlayer(
            ScenarioSet([LoadedScenario(scenario: scenario, places: result.places.map { "\($0.line)" })]))
        guard case .reply = player.selection(for: request, .some) else {
            return XCTFail(draft.scenario, file: file, line: line)
        }
        XCTAssertLessThan(draft.stub.utf8.count, 20_000, file: file, line: line)
    }

    func test_ofEveryEndpoint_theDraftFits() throws {
        for endpoint in EndpointTable.all {
            for isStream in [false, true] {
                try check(makeSubject(endpoint: endpoint.name, isStream: isStream, lastText: "Hello"))
                try check(makeSubject(endpoint: endpoint.name, model: nil, isStream: isStream, turn: 0))
            }
        }
        for step in UploadStep.allCases {
            let file = CallFile(
                mimeType: "image/png", size: 3, sha256: String(repeating: "0", count: 64), seconds: 1)
            for files in [
                [], [file], [CallFile(mimeType: "", size: -1)], [CallFile(mimeType: "a b*?:#\"/c")],
            ] {
                try check(
                    subject(endpoint: "uploadFile", model: nil, step: step, attachments: attachments(files)))
            }
        }
    }

    func test_ofHostileTexts_theDraftFits() throws {
        for text in YAMLTextTests.hostile {
            try check(makeSubject(lastText: text))
            try check(makeSubject(system: text))
            try check(
                makeSubject(model: text, system: "s", lastText: "t", functionResponses: [text], turn: 3))
            try check(makeSubject(files: [CallFile(mimeType: text, size: .max)], inlineBytes: 7))
        }
    }

    func test_whatIsAsked() throws {
        XCTAssertEqual(
            StubDraft(
                try makeSubject(endpoint: "streamGenerateContent", isStream: true, lastText: "Say “a: b”\n")
            ).stub,
            """
              - name: "streamGenerateContent: Say “a: b”\u{FFFD}"
                when:
                  endpoint: streamGenerateContent
                  model: gemini-2.5-flash
                  stream: true
                  lastText: {equals: "Say “a: b”\\n"}
                replies:
                  - text: Put the answer here.

            """)
        XCTAssertEqual(
            StubDraft(
                try subject(
                    endpoint: "uploadFile", model: nil, step: .start,
                    attachments: attachments([.init(mimeType: "image/png", size: 3)]))
            ).stub,
            """
              - name: "uploadFile start"
                when:
                  endpoint: uploadFile
                  step: start
                  file: {mimeType: image/png, size: 3}
                replies:
                  - file: {then: ACTIVE}

            """)
    }

    func test_otherRequests_fitNot() throws {
        let draft = StubDraft(try makeSubject(lastText: "Hello"))
        let set = try makeSet(draft.scenario)
        for other in [
            try makeSubject(lastText: "Hello!"), try makeSubject(model: "other", lastText: "Hello"),
            try makeSubject(endpoint: "countTokens", lastText: "Hello"), try makeSubject(),
        ] {
            XCTAssertTrue(set.fitting(other).isEmpty)
        }
    }

    func test_credentials_stayOut_andTheRequestFitsAllTheSame() throws {
        let key = "AIza" + String(repeating: "Q7x", count: 12)
        for text in [
            "My key is \(key).", key, "The password is hunter2-and-more", "Kept as ************ it is",
            "***********", "a ** b",
        ] {
            let request = try makeSubject(
                model: text, fields: [.init("X-Goog-Api-Key", "hunter2-and-more")], system: text,
                lastText: text,
                functionResponses: [text], turn: 2)
            try check(request)
            let draft = StubDraft(request).scenario
            XCTAssertFalse(draft.contains(key), draft)
            XCTAssertFalse(draft.contains("hunter2"), draft)
            XCTAssertFalse(draft.contains("******"), draft)
        }
        let whole = StubDraft(try makeSubject(lastText: "My key is \(key)."))
        XCTAssertTrue(whole.stub.contains("lastText: {contains: \"My key is \"}"), whole.stub)
    }
}
