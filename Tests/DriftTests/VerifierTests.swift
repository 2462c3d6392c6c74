// SPDX-License-Identifier: Apache-2.0

import Foundation
import GeminiMock
import HTTPWire
import RecordReplay
import Recorder
import TestSupport
import XCTest

@testable import Drift

final class VerifierTests: XCTestCase {
    private static let usual =
        #"{"candidates": [{"content": {"parts": [{"text": "a"}], "role": "model"}, "finishReason": "STOP", "index": 0}]}"#

    private func verify(
        _ exchanges: [(RecordedRequest, RecordedAnswer)], _ ask: @escaping Verifier.Ask
    ) -> [DriftReport.Exchange] {
        let recording = Recording(
            name: "one", exchanges: exchanges.map { RecordedExchange(request: $0.0, answer: $0.1) })
        return Verifier(seconds: 5, pause: 0, ask: ask).verify(recording, path: "one").exchanges
    }

    // MARK: With servers

    private func makeServer(_ scenarios: [MockScenario] = []) throws -> MockServer {
        var configuration = MockServer.Configuration()
        configuration.apiKeys = ["good-key"]
        configuration.scenarios = scenarios
        let server = try MockServer.start(configuration)
        addTeardownBlock { server.stop() }
        return server
    }

    private func makeClient(
        _ server: MockServer, _ change: (inout UpstreamClient.Configuration) -> Void = { _ in }
    )
        throws -> UpstreamClient
    {
        let address = try XCTUnwrap(UpstreamAddress(server.baseURL))
        var configuration = UpstreamClient.Configuration(upstream: address, key: "good-key")
        change(&configuration)
        let client = try UpstreamClient(configuration)
        addTeardownBlock { client.stop() }
        return client
    }

    private static var shipped: String {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Recordings").path
    }

    /// Uploads, files, streams, turns: they were made against this very server.
    func test_shippedRecordings_haveNoDrift() throws {
        let client = try makeClient(try makeServer())
        let verifier = Verifier(seconds: 20) { client.answer(to: $0, at: $1) }
        let folders = RecordingCheck.folders(at: VerifierTests.shipped)
        XCTAssertGreaterThan(folders.count, 4)
        for folder in folders {
            let verified = verifier.verify(try folder.read(), path: folder.path)
            XCTAssertEqual(verified.exchanges.flatMap(\.findings).map(\.text), [], folder.path)
            for exchange in verified.exchanges {
                if case .unverified(let why) = exchange.outcome {
                    XCTFail("\(folder.path) \(exchange): \(why)")
                }
            }
        }
    }

    func test_changedShapes_areTold() throws {
        let scenario = """
            name: drift
            stubs:
              - name: new
                when: {lastText: new}
                replies:
                  - body: {candidates: [{content: {parts: [{text: b, mood: x}], role: model}, finishReason: TIRED, index: "0"}], extra: {}}
              - name: less
                when: {lastText: less}
                replies: [{body: {candidates: [{content: {parts: [{text: b}]}, finishReason: MAX_TOKENS, index: 3}]}}]
              - name: refused
                when: {lastText: refused}
                replies: [{body: {error: {code: 404}}, status: 404}]
              - name: broken
                when: {lastText: broken}
                replies: [{body: {error: {code: 503}}, status: 503}]

            """
        let client = try makeClient(try makeServer([MockScenario(parsing: scenario, file: "drift.yaml")]))
        let exchanges = ["new", "less", "refused", "broken"].map { text in
            (
                request(
                    "POST", generate, #"{"contents": [{"parts": [{"text": "\#(text)"}]}]}"#,
                    [("x-goog-api-key", "REDACTED")]),
                answer(VerifierTests.usual)
            )
        }
        let verified =
            verify(Array(exchanges[..<1])) { client.answer(to: $0, at: $1) }
            + verify(Array(exchanges[1...])) { client.answer(to: $0, at: $1) }
        func body(_ number: Int) -> [String] {
            verified[number].findings.filter {
                ![.newHeader, .changedHeader, .vanishedHeader].contains($0.kind)
            }.map {
                "\($0.text) \($0.against.map(\.rawValue))"
            }
        }
        XCTAssertEqual(
            body(0),
            [
                #"new field /candidates/*/content/parts/*/mood, string ["recording", "contract"]"#,
                #"new value /candidates/*/finishReason, TIRED ["recording", "contract"]"#,
                #"another type /candidates/*/index, number → string ["recording"]"#,
                #"new field /extra, object ["recording", "contract"]"#,
            ])
        XCTAssertEqual(body(1), [#"no field any more: /candidates/*/content/role, string ["recording"]"#])
        XCTAssertEqual(body(2), [#"another status, 200 → 404 ["recording"]"#])
        XCTAssertEqual(verified[3].outcome, .unverified("the upstream answers with the status 503"))
        // The recording has none of its header fields.
        XCTAssertTrue(
            verified[0].findings.contains { $0.kind == .newHeader && $0.place == "x-content-type-options" })
    }

    func test_answersThatAreTooLong_orNeverEnd_arentWaitedFor() throws {
        let hanging = "name: x\nstubs: [{name: a, replies: [{text: Hello, faults: [hang-before-head]}]}]\n"
        let server = try makeServer([MockScenario(parsing: hanging, file: "x.yaml")])
        let ask = request("POST", generate, #"{"contents": [{"parts": [{"text": "a"}]}]}"#)
        let models = request("GET", "/v1beta/models")
        let slow = try makeClient(server) { $0.seconds = 1 }
        guard case .failure(let failure) = slow.answer(to: ask, at: nil) else { return XCTFail("an answer") }
        XCTAssertTrue(failure.isUnanswered, failure.description)
        let short = try makeClient(server) { $0.longestAnswer = 100 }
        guard case .failure(let failure) = short.answer(to: models, at: nil) else {
            return XCTFail("an answer")
        }
        XCTAssertEqual(failure.description, "the answer has more than 100 bytes")
    }

    func test_key_goesToTheUpstreamAlone() throws {
        let (server, other) = (try makeServer(), try makeServer())
        let client = try makeClient(server)
        let asked = request(
            "GET", "/v1beta/models?key=REDACTED", "",
            [("Authorization", "Bearer REDACTED"), ("Cookie", "a=b")])
        XCTAssertEqual(try client.answer(to: asked, at: nil).get().status, 200)
        XCTAssertEqual(try client.answer(to: asked, at: server.baseURL + "/v1beta/models").get().status, 200)
        XCTAssertEqual(try client.answer(to: asked, at: other.baseURL + "/v1beta/models").get().status, 403)
    }

    // MARK: With answers

    func test_whatCantBeSent_isTold() {
        var leftOut = request("POST", generate)
        leftOut.body = RecordedBody(leftOut: 9, sha256: "x")
        let refused =
            #"{"error": {"code": 400, "message": "API key not valid. Please pass a valid API key."}}"#
        let exchanges = [
            (leftOut, answer("{}")), (request("DELETE", "/v1beta/files/mine"), answer("{}")),
            (request("POST", "/v1beta/interactions/v1_x/cancel"), answer("{}")),
            (request("POST", generate, "{}"), answer(refused, status: 400)),
            (request("POST", generate, "{}"), answer("{}", status: 429)),
        ]
        let verified = verify(exchanges) { request, _ in
            XCTFail("\(request) was sent")
            return .success(answer("{}"))
        }
        XCTAssertEqual(
            verified.map(\.outcome),
            [
                .unverified("its body was left out of the recording"),
                .unverified("it would end something that isn't of this run"),
                .unverified("it would end something that isn't of this run"),
                .skipped("it was refused for its key"), .skipped("the status 429 was one of its time"),
            ])
    }

    func test_upstreamThatIsSilent_isntAskedForEver() {
        var count = 0
        let verified = verify(Array(repeating: (request("GET", "/v1beta/models"), answer("{}")), count: 9)) {
            _, _ in
            count += 1
            return .failure(UpstreamClient.Failure("nobody is there", isUnanswered: true))
        }
        XCTAssertEqual(count, 3)
        XCTAssertEqual(verified[0].outcome, .unverified("nobody is there"))
        XCTAssertEqual(verified[8].outcome, .unverified("the upstream doesn't answer"))
    }

    func test_whatIsntReady_isAskedAgain() {
        var answers = [
            #"{"status": "queued"}"#, #"{"status": "in_progress"}"#, #"{"status": "completed", "steps": []}"#,
        ]
        let asked = request("GET", "/v1beta/interactions/v1_x")
        let verified = verify([(asked, answer(#"{"status": "completed", "steps": []}"#))]) { _, _ in
            .success(answer(answers.removeFirst()))
        }
        XCTAssertEqual(answers, [])
        XCTAssertEqual(verified[0].findings, [])
    }

    /// What has one name here because none of it is imitated isn't the same.
    func test_whatIsntImitated_isComparedPathByPath() {
        let paths = ["/v1beta/batches/x", "/v1beta/cachedContents/x"]
        let recorded = [#"{"a": 1}"#, #"{"a": 1, "b": 1}"#]
        let verified = verify(zip(paths, recorded).map { (request("GET", $0), answer($1)) }) { _, _ in
            .success(answer(#"{"a": 1, "b": 1}"#))
        }
        XCTAssertEqual(verified.map { $0.findings.map(\.text) }, [["new field /b, number"], []])
    }

    func test_whatOneAnswerLacks_mayBeInAnother() {
        var answers = [#"{"a": 1, "b": 1}"#, #"{"a": 1}"#]
        let asked = request("GET", "/v1beta/unknown")
        let verified = verify([(asked, answer(#"{"a": 1}"#)), (asked, answer(#"{"a": 1, "b": 2}"#))]) {
            _, _ in
            .success(answer(answers.removeFirst()))
        }
        XCTAssertEqual(verified.flatMap(\.findings), [])
    }
}
