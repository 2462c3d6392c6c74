// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire
import XCTest

@testable import GeminiMock
@testable import GeminiService

final class AnswerRendererTests: XCTestCase {
    private let renderer = AnswerRenderer(clock: FixedWallClock(seconds: 0), streamInterval: .zero)
    /// An endpoint of each form.
    private let targets: [(ErrorForm, String)] = [
        (.object, "/v1beta/models/m:generateContent"),
        (.array, "/v1beta/models/m:streamGenerateContent"),
        (.eventStream, "/v1beta/models/m:streamGenerateContent?alt=sse"),
        (.upload, "/upload/v1beta/files"), (.interaction, "/v1beta/interactions"),
    ]

    /// As the pipeline does it.
    private func plan(_ script: ScriptedReply, _ target: String, body: String = "{}") throws -> ResponsePlan {
        let head = RequestHead(method: "POST", target: RequestTarget(target), fields: HTTPFields([]))
        guard case .endpoint(let endpoint, let version, let names) = EndpointTable().route(head) else {
            throw NoEndpoint()
        }
        let service = FakeService(models: ModelCatalog(), seed: 0, clock: FixedWallClock(seconds: 0))
        let call = APICall(
            head: head, version: version, names: names, tenant: Tenant("t"),
            body: try JSONDocument(parsing: Array(body.utf8)).root
        ).scripted(script)
        do {
            return renderer.plan(try service.answer(call, by: endpoint), started: 0)
        } catch let error as APIError {
            return renderer.plan(error, form: endpoint.errorForm(for: head), started: 0)
        }
    }

    private struct NoEndpoint: Error {}

    private func field(_ name: String, _ plan: ResponsePlan) -> String? {
        HTTPFields(plan.head.fields)[name]
    }

    private func text(_ plan: ResponsePlan) -> String { String(decoding: plan.body, as: UTF8.self) }

    func test_everyError_inEveryForm_canBeRead() throws {
        for entry in ErrorCatalog.entries {
            for (form, target) in targets {
                let plan = try plan(.error(NamedError(name: entry.name)), target)
                let what = "\(entry.name), \(form)"
                guard case .status(let error) = entry.answer() else {
                    XCTAssertEqual(plan.head.status, entry.answer().http, what)
                    check(plan, entry, form, what)
                    continue
                }
                let http = form == .interaction ? error.interactionCode.http : error.status.http
                XCTAssertEqual(plan.head.status, http, what)
                var body = JSON(try JSONDocument(parsing: plan.body, grammar: .strict).root)
                if form == .array, case .array(let elements) = body { body = elements[0] }
                XCTAssertNotNil(body["error"]?["message"], what)
                XCTAssertEqual(field("x-goog-upload-status", plan), form == .upload ? "final" : nil, what)
            }
        }
    }

    /// What isn't a `google.rpc.Status`.
    private func check(_ plan: ResponsePlan, _ entry: ErrorEntry, _ form: ErrorForm, _ what: String) {
        let type = field("content-type", plan)
        switch entry.answer() {
        case .page(_, let title, let sentence):
            XCTAssertEqual(type, "text/html; charset=UTF-8", what)
            XCTAssertTrue(text(plan).hasPrefix("<!DOCTYPE html>"), what)
            XCTAssertTrue(text(plan).contains("<title>\(title)</title>"), what)
            XCTAssertTrue(text(plan).contains(sentence), what)
        case .text(_, let words):
            XCTAssertEqual(text(plan), words, what)
            XCTAssertEqual(
                type, words.isEmpty && form != .upload ? nil : "text/plain; charset=utf-8", what)
            XCTAssertEqual(field("server", plan) == "UploadServer", form == .upload, what)
        case .object, .status:
            let root = try? JSONDocument(parsing: plan.body, grammar: .strict).root
            XCTAssertEqual(root?.kind, form == .array ? .array : .object, what)
        }
    }

    func test_page_isEscaped() throws {
        let page = try plan(
            .error(NamedError(name: "bad-gateway", message: "<script>&")), "/v1beta/models/m:generateContent")
        XCTAssertTrue(text(page).contains("&lt;script&gt;&amp;"))
        XCTAssertFalse(text(page).contains("<script>"))
    }

    func test_body_hasTheEndpointsFields() throws {
        let usual = "application/json; charset=UTF-8"
        for (status, types) in [
            (200, [usual, usual, "text/event-stream", usual, "application/json"]),
            (418, [usual, usual, "text/event-stream", usual, "application/json"]),
        ] {
            for ((form, target), type) in zip(targets, types) {
                let plan = try plan(.body(["a": 1], status: status), target)
                XCTAssertEqual(plan.head.status, status)
                XCTAssertEqual(field("content-type", plan), type, "\(form)")
                XCTAssertEqual(field("x-goog-upload-status", plan), form == .upload ? "final" : nil)
                XCTAssertTrue(text(plan).contains(#""a""#))
            }
        }
        let unary = try plan(.body(["a": 1], status: 200), targets[0].1)
        XCTAssertEqual(text(unary), "{\n  \"a\": 1\n}\n")
        XCTAssertEqual(field("x-gemini-service-tier", unary), "standard")
        XCTAssertEqual(text(try plan(.body(["a": 1], status: 200), targets[2].1)), "data: {\"a\": 1}\r\n\r\n")
        XCTAssertEqual(text(try plan(.body(["a": 1], status: 418), targets[4].1)), #"{"a":1}"#)
    }

    func test_streamedInteraction_isLabelledAsOne() throws {
        let plan = try plan(
            .body([["event_type": "x"]], status: 200), "/v1beta/interactions", body: #"{"stream": true}"#)
        XCTAssertEqual(field("content-type", plan), "text/event-stream")
        XCTAssertEqual(text(plan), "event: x\ndata: {\"event_type\":\"x\"}\n\nevent: done\ndata: [DONE]\n\n")
    }
}
