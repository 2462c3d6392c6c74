// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import GeminiService
import HTTPWire
import Logging
import MicroHTTP
import ScenarioEngine
import Synchronization
import TestSupport
import XCTest

@testable import GeminiMock

final class PipelineTests: XCTestCase {
    private struct BrokenEndpoint: Endpoint {
        struct Trouble: Error {}
        let name = "broken"
        let route = RouteTemplate("GET /{version}/broken")
        func answer(_ call: APICall, _ service: FakeService) throws -> APIAnswer { throw Trouble() }
    }

    private func make(
        endpoints: EndpointTable = EndpointTable(), keys: Set<String>? = nil, usesGzip: Bool = false,
        log: CollectedLog = CollectedLog()
    ) -> Pipeline {
        Pipeline(
            endpoints: endpoints,
            credentials: Credentials(known: keys),
            service: FakeService(models: ModelCatalog(), seed: 0, clock: FixedWallClock(seconds: 0)),
            scenarios: ScenarioStage(player: ScenarioPlayer(), refusesUnmatched: false, logger: log.logger),
            replay: ReplayStage(logger: log.logger),
            renderer: AnswerRenderer(clock: FixedWallClock(seconds: 0), streamInterval: .zero),
            journal: Journal(),
            maximumRequestBytes: 1000, usesGzip: usesGzip, logger: log.logger
        )
    }

    private func request(
        _ method: String = "GET", _ target: String, key: String? = "made-up",
        fields: [HTTPFields.Field] = [], body: HTTPRequest.Body = .bytes([])
    ) -> HTTPRequest {
        let all = fields + (key.map { [HTTPFields.Field("x-goog-api-key", $0)] } ?? [])
        let head = RequestHead(method: method, target: RequestTarget(target), fields: HTTPFields(all))
        return HTTPRequest(head: head, body: body)
    }

    private func text(_ plan: ResponsePlan) -> String { String(decoding: plan.body, as: UTF8.self) }

    // MARK: Failures of ours

    func test_failure_is500InTheAPIsShape_isLogged_andTheNextRequestIsAnswered() {
        let log = CollectedLog()
        let pipeline = make(endpoints: EndpointTable([BrokenEndpoint()] + EndpointTable.all), log: log)
        let plan = pipeline.respond(to: request("GET", "/v1/broken?key=secret-made-up", key: nil))
        XCTAssertEqual(plan.head.status, 500)
        XCTAssertTrue(text(plan).contains("\"message\": \"Internal error encountered.\""))
        XCTAssertTrue(text(plan).contains("\"status\": \"INTERNAL\""))
        XCTAssertTrue(
            log.lines.contains { $0.contains("/v1/broken") && $0.contains("Trouble") }, "\(log.lines)")
        XCTAssertFalse(log.lines.contains { $0.contains("secret-made-up") })
        XCTAssertEqual(pipeline.respond(to: request("GET", "/v1/models")).head.status, 200)
    }

    // MARK: Order of the checks (CORE 6.1)

    func test_unknownPath_comesBeforeTheCredential() {
        XCTAssertEqual(make().respond(to: request("GET", "/v1/nothing", key: nil)).head.status, 404)
    }

    func test_credential_comesBeforeSizeAndSyntax() {
        let path = "/v1/models/gemini-2.5-flash:countTokens"
        for body in [HTTPRequest.Body.tooLarge(limit: 1000), .bytes(Array("{".utf8))] {
            XCTAssertEqual(make().respond(to: request("POST", path, key: nil, body: body)).head.status, 403)
        }
    }

    func test_credential_comesBeforeAnUploadsBytes() throws {
        let raw = "/upload/v1beta/files?uploadType=media"
        for (target, key, isReceived) in [
            (raw, "good", true), (raw, "bad", false), (raw, nil, false),
            // CORE 2.2: its id is all that an upload under way needs.
            ("/upload/v1beta/files?upload_id=AJnever", nil, false),
        ] {
            let pipeline = make(keys: ["good"])
            let head = request("POST", target, key: key).head
            let receiver = try XCTUnwrap(pipeline.receiver(for: head), target)
            XCTAssertEqual(receiver.wantsMore, isReceived, target)
            let plan = pipeline.respond(to: HTTPRequest(head: head, body: receiver.finish()))
            let status = isReceived ? 200 : key == nil ? (target == raw ? 403 : 404) : 400
            XCTAssertEqual(plan.head.status, status, target)
        }
        let other = request("POST", "/v1/models/gemini-2.5-flash:countTokens", key: "good").head
        XCTAssertNil(make().receiver(for: other))
    }

    func test_syntax_comesBeforeTheModel() {
        let plan = make().respond(
            to: request("POST", "/v1/models/nothing:countTokens", body: .bytes(Array("{".utf8)))
        )
        XCTAssertEqual(plan.head.status, 400)
    }

    func test_modelThatCannot_isTold_asOneThatIsNotThere() {
        for (model, method) in [
            ("gemini-2.5-flash", "embedContent"), ("gemini-embedding-001", "generateContent"),
        ] {
            let plan = make().respond(
                to: request("POST", "/v1/models/\(model):\(method)", body: .bytes(Array("{}".utf8)))
            )
            XCTAssertEqual(plan.head.status, 404)
            XCTAssertTrue(text(plan).contains("or is not supported for \(method)."), text(plan))
        }
    }

    func test_model_comesBeforeTheContents() {
        let plan = make().respond(
            to: request("POST", "/v1/models/nothing:countTokens", body: .bytes(Array("{}".utf8)))
        )
        XCTAssertEqual(plan.head.status, 404)
    }

    func test_absentBody_isAnEmptyMessage() {
        let plan = make().respond(to: request("POST", "/v1/models/gemini-2.5-flash:generateContent"))
        XCTAssertTrue(text(plan).contains("contents is not specified"), text(plan))
    }

    // MARK: Fields

    func test_noAnswer_hasAltSvc() {
        let plans = ["/v1/models", "/v1/nothing", "/v1/models/none"].map {
            make().respond(to: request("GET", $0))
        }
        for plan in plans {
            XCTAssertFalse(plan.head.fields.contains { $0.name.lowercased() == "alt-svc" })
        }
    }

    func test_everyAnswer_namesTheOriginThatAsked() {
        for target in ["/v1/models", "/v1/nothing", "/v1/models/none"] {
            let plan = make().respond(
                to: request("GET", target, fields: [.init("Origin", "https://a.example")]))
            let field = plan.head.fields.first { $0.name == "Access-Control-Allow-Origin" }
            XCTAssertEqual(field?.value, "https://a.example", target)
        }
    }

    func test_gzip_isUsedOnlyWhenAskedForByBoth() {
        let accepting = request("GET", "/v1/models", fields: [.init("Accept-Encoding", "br, gzip;q=0.8")])
        let refusing = request("GET", "/v1/models", fields: [.init("Accept-Encoding", "gzip;q=0")])
        func isCompressed(_ plan: ResponsePlan) -> Bool {
            plan.head.fields.contains { $0.name == "Content-Encoding" }
                && plan.body.starts(with: [0x1F, 0x8B])
        }
        XCTAssertTrue(isCompressed(make(usesGzip: true).respond(to: accepting)))
        XCTAssertFalse(isCompressed(make(usesGzip: true).respond(to: refusing)))
        XCTAssertFalse(isCompressed(make(usesGzip: false).respond(to: accepting)))
    }

    // MARK: Log

    func test_log_neverHasACredential() {
        let log = CollectedLog()
        let pipeline = make(log: log)
        for target in ["/v1/models?key=secret-made-up", "/v1/models?a=b&access_token=secret-made-up&c=d"] {
            _ = pipeline.respond(to: request("GET", target, key: nil))
        }
        _ = pipeline.respond(to: request("GET", "/v1/models", key: "secret-made-up"))
        XCTAssertEqual(log.lines.count, 3)
        XCTAssertFalse(log.lines.contains { $0.contains("secret-made-up") }, "\(log.lines)")
    }
}

/// A log that can be looked at.
final class CollectedLog: SeenLog, Sendable {
    private let collected = Mutex<[String]>([])

    var lines: [String] { collected.withLock { $0 } }

    func log(event: LogEvent) {
        collected.withLock { $0.append("\(event.message)") }
    }
}
