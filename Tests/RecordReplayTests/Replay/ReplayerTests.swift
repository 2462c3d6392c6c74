// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPWire
import XCTest

@testable import RecordReplay

final class ReplayerTests: XCTestCase {
    private static let path = "/v1beta/models/m:generateContent"

    private func exchange(
        _ body: String, _ answer: String, method: String = "POST", target: String = path,
        fields: [HTTPFields.Field] = []
    ) -> RecordedExchange {
        RecordedExchange(
            request: RecordedRequest(
                method: method, target: target, fields: fields, body: RecordedBody(Array(body.utf8))),
            answer: RecordedAnswer(status: 200, body: RecordedBody(Array(answer.utf8))))
    }

    private func asked(
        _ body: String, method: String = "POST", target: String = path, fields: [HTTPFields.Field] = []
    ) -> AskedRequest {
        AskedRequest(
            RequestHead(method: method, target: RequestTarget(target), fields: HTTPFields(fields)),
            body: Array(body.utf8))
    }

    private func replayer(
        _ exchanges: [RecordedExchange], _ change: (inout Recording.Matching) -> Void = { _ in }
    ) -> Replayer {
        var matching = Recording.Matching()
        change(&matching)
        return Replayer([Recording(name: "r", matching: matching, exchanges: exchanges)])
    }

    private func answer(_ replayer: Replayer, _ asked: AskedRequest, by tenant: String = "a") -> String? {
        replayer.use(for: asked, by: tenant).map {
            String(decoding: $0.exchange.answer.body.bytes ?? [], as: UTF8.self)
        }
    }

    /// So many that several threads work out what they mean.
    func test_ofManyRequests_eachGetsItsOwnAnswer() {
        let count = 8 * ParallelParts.leastLength + 1
        let replayer = replayer((0..<count).map { exchange(#"{"a":\#($0 / 2)}"#, "\($0)") })
        for number in stride(from: 0, to: count, by: 97) {
            let (first, second) = (number / 2 * 2, number / 2 * 2 + 1)
            let answers = (0..<3).map { _ in answer(replayer, asked(#"{"a": \#(number / 2)}"#)) }
            let last = second < count ? second : first
            XCTAssertEqual(answers, ["\(first)", "\(last)", "\(last)"])
        }
        XCTAssertNil(answer(replayer, asked(#"{"a":\#(count)}"#)))
    }

    func test_repeats_advance_thenHoldTheLast_forEachTenant() {
        let replayer = replayer([
            exchange(#"{"a":1}"#, "1"), exchange(#"{"b":1}"#, "x"), exchange(#"{"a":1}"#, "2"),
        ])
        for tenant in ["a", "b"] {
            XCTAssertEqual(
                (0..<4).map { _ in answer(replayer, asked(#"{ "a": 1.0 }"#), by: tenant) },
                ["1", "2", "2", "2"])
        }
        XCTAssertEqual(replayer.usage[0].unused.map(\.number), [2])
        replayer.resetProgress(of: "a")
        XCTAssertEqual(answer(replayer, asked(#"{"a":1}"#), by: "a"), "1")
        XCTAssertEqual(answer(replayer, asked(#"{"a":1}"#), by: "b"), "2")
        replayer.reset()
        XCTAssertEqual(replayer.usage[0].unused.count, 3)
    }

    func test_otherVersionsOfTheAPI_getWhatThereIs() {
        let other = "/v1/models/m:generateContent"
        let one = replayer([exchange("{}", "beta"), exchange(#"{"a":1}"#, "1", target: other)])
        XCTAssertEqual(answer(one, asked("{}", target: "/t/name\(other)")), "beta")
        XCTAssertEqual(answer(one, asked("{}", target: "/v1alpha/models/m:generateContent?key=x")), "beta")
        XCTAssertEqual(answer(one, asked(#"{"a":1}"#)), "1")
        XCTAssertNil(answer(one, asked("{}", target: "/v2/models/m:generateContent")))
        XCTAssertNil(answer(one, asked("{}", target: "/models/v1/m:generateContent")))
        let both = replayer([exchange("{}", "beta"), exchange("{}", "1", target: other)])
        XCTAssertEqual((0..<2).map { _ in answer(both, asked("{}", target: other)) }, ["1", "1"])
        let repeated = replayer(["a", "b", "c"].map { exchange("{}", $0) })
        XCTAssertEqual(
            (0..<4).map { _ in answer(repeated, asked("{}", target: other)) }, ["a", "b", "c", "c"])
        let upload = replayer([exchange("{}", "start", target: "/upload/v1beta/files")])
        XCTAssertEqual(answer(upload, asked("{}", target: "/upload/v1/files")), "start")
    }

    func test_recordingThatGrows_givesWhatCame() {
        let replayer = replayer([exchange(#"{"a":1}"#, "1")])
        XCTAssertNil(answer(replayer, asked(#"{"b":1}"#)))
        replayer.add([exchange(#"{"b":1}"#, "x"), exchange(#"{"a":1}"#, "2")])
        XCTAssertEqual(answer(replayer, asked(#"{ "b": 1 }"#)), "x")
        XCTAssertEqual((0..<3).map { _ in answer(replayer, asked(#"{"a":1}"#)) }, ["1", "2", "2"])
        XCTAssertEqual(replayer.usage[0].unused, [])
        replayer.reset()
        XCTAssertEqual(replayer.usage[0].unused.map(\.number), [1, 2, 3])
        XCTAssertEqual(answer(replayer, asked(#"{"a":1}"#)), "1")
    }

    func test_recordingThatGrows_isAskedByManyMeanwhile() {
        let replayer = replayer([])
        let bodies = (0..<200).map { #"{"n":\#($0)}"# }
        let (made, questions) = (bodies.map { exchange($0, $0) }, bodies.map { asked($0) })
        DispatchQueue.concurrentPerform(iterations: 400) { number in
            let asked = questions[number / 2]
            if number % 2 == 0 { replayer.add([made[number / 2]]) }
            let use = replayer.use(for: asked, by: "a")
            if number % 2 == 0 { XCTAssertEqual(use?.exchange.answer, made[number / 2].answer) }
        }
        XCTAssertEqual(replayer.usage[0].exchanges, 200)
    }

    func test_whatCounts() {
        let field = HTTPFields.Field("x-user", "me")
        let one = replayer(
            [exchange("{}", "1", target: "\(ReplayerTests.path)?alt=sse&key=REDACTED&n=1", fields: [field])]
        ) {
            $0.ignoredParameters = ["n"]
            $0.headers = ["X-User"]
        }
        XCTAssertEqual(
            answer(one, asked("", target: "/t/name\(ReplayerTests.path)?n=7&alt=sse", fields: [field])), "1")
        XCTAssertNil(answer(one, asked("", target: "\(ReplayerTests.path)?alt=sse")))
        XCTAssertNil(answer(one, asked("", target: "\(ReplayerTests.path)?alt=json", fields: [field])))
        XCTAssertNil(
            answer(one, asked("", method: "PUT", target: "\(ReplayerTests.path)?alt=sse", fields: [field])))
        let models = replayer([exchange("", "models", method: "GET", target: "/v1beta/models?pageSize=3")])
        XCTAssertEqual(
            answer(models, asked("", method: "HEAD", target: "/v1beta/models?pageSize=3")), "models")
        XCTAssertNil(answer(models, asked("", method: "GET", target: "/v1beta/models")))
    }

    func test_inOrder_takesTheNext_orTheLatestAgain() {
        let replayer = replayer([exchange("{}", "1"), exchange(#"{"a":1}"#, "2"), exchange("{}", "3")]) {
            $0.isInOrder = true
        }
        XCTAssertNil(answer(replayer, asked(#"{"a":1}"#)))
        XCTAssertEqual(answer(replayer, asked("{}")), "1")
        XCTAssertEqual(answer(replayer, asked("{}")), "1")
        XCTAssertEqual(answer(replayer, asked(#"{"a":1}"#)), "2")
        XCTAssertEqual(answer(replayer, asked("{}")), "3")
        XCTAssertEqual(answer(replayer, asked("{}")), "3")
        XCTAssertNil(answer(replayer, asked(#"{"a":1}"#)))
        let candidate = replayer.candidates(for: asked(#"{"a":1}"#), by: "b", most: 3)[0]
        XCTAssertEqual([candidate.place.number, candidate.expected], [1, nil])
    }

    func test_bodyThatWasLeftOut_goesByItsHash() {
        let bytes = [UInt8]((0..<1000).map { UInt8($0 & 0xFF) })
        var recorded = exchange("", "left out")
        recorded.request.body = RecordedBody(leftOut: bytes.count, sha256: ContentHash.hex(of: bytes))
        let replayer = replayer([recorded])
        let head = asked("").head
        XCTAssertEqual(answer(replayer, AskedRequest(head, body: bytes)), "left out")
        XCTAssertNil(answer(replayer, AskedRequest(head, body: bytes.reversed())))
    }

    func test_whatWasRedacted_fits() {
        let body =
            "{\"text\": \"AIza\(String(repeating: "x", count: 35))\", \"cache\": \"projects/123456789012/x\"}"
        let recorded = Redaction.recorded(exchange(body, "redacted"))
        XCTAssertNotEqual(recorded.request.body.bytes, Array(body.utf8))
        let replayer = replayer([recorded])
        XCTAssertEqual(answer(replayer, asked(body)), "redacted")
        XCTAssertNil(answer(replayer, asked(body.replacing("cache", with: "other"))))
    }

    func test_atTheSameTime_eachGetsItsOwn() {
        let count = 400
        let replayer = replayer((0..<count).map { exchange("{}", "\($0)") })
        let (seen, asked) = (Monitor(Set<Int>()), asked("{}"))
        DispatchQueue.concurrentPerform(iterations: count) { _ in
            let number = replayer.use(for: asked, by: "a")?.place.number ?? 0
            seen.withLock { _ = $0.insert(number) }
        }
        XCTAssertEqual(seen.withLock { $0 }, Set(1...count))
        XCTAssertEqual(replayer.usage[0].unused, [])
    }

    func test_manyTenants_areBounded() {
        let replayer = replayer([exchange("{}", "1"), exchange("{}", "2")])
        for tenant in 0..<10_000 { XCTAssertEqual(answer(replayer, asked("{}"), by: "\(tenant)"), "1") }
        XCTAssertEqual(answer(replayer, asked("{}"), by: "9999"), "2")
        XCTAssertEqual(answer(replayer, asked("{}"), by: "0"), "1")
    }

    func test_recordings_areAskedInTheirOrder() {
        let replayer = Replayer([
            Recording(name: "a", exchanges: [exchange("{}", "a")]),
            Recording(name: "b", exchanges: [exchange("{}", "b"), exchange("[]", "c")]),
        ])
        XCTAssertEqual((0..<3).map { _ in answer(replayer, asked("{}")) }, ["a", "b", "a"])
        XCTAssertEqual(answer(replayer, asked("[]")), "c")
    }

    func test_nearest_isOfThePathAndTheLength() {
        let replayer = replayer([
            exchange("{}", "", target: "/v1beta/models/m:countTokens"),
            exchange(#"{"text": "a long one, much longer"}"#, ""),
            exchange(#"{"text": "short"}"#, ""),
            exchange(#"{"text": "short"}"#, "", target: "/v1beta/models/n:generateContent"),
        ])
        let found = replayer.candidates(for: asked(#"{"text": "shore"}"#), by: "a", most: 3)
        XCTAssertEqual(found.map(\.place.number), [3, 2, 4])
    }
}
