// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPWire
import MicroHTTP
import RecordReplay
import Recorder
import TestSupport
import XCTest

final class RecordingServerTests: RecorderTestCase {
    /// `{"a": "answer"}`, as gzip makes it.
    private static let compressed: [UInt8] = [
        0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xAB, 0x56, 0x4A, 0x54,
        0xB2, 0x52, 0x50, 0x4A, 0xCC, 0x2B, 0x2E, 0x4F, 0x2D, 0x52, 0xAA, 0x05, 0x00, 0x92,
        0x1B, 0x86, 0xFE, 0x0F, 0x00, 0x00, 0x00,
    ]

    func test_exchange_isPassedOnAndRecorded() throws {
        let handler = UpstreamHandler { _ in
            ResponsePlan(
                status: 418,
                fields: [
                    HTTPFields.Field("X-One", "1"), HTTPFields.Field("Date", "Wed, 19 Aug 2026 14:34:12 GMT"),
                    HTTPFields.Field("x-one", "2"), HTTPFields.Field("Content-Encoding", "gzip"),
                ], body: RecordingServerTests.compressed)
        }
        let upstream = try makeUpstream(handler)
        let recorder = try makeRecorder(upstream)
        let fields = [
            "accept-ENCODING: gzip", "X-Two: b", "x-two: a", "X-Empty:", "Connection: x-hop", "X-Hop: 1",
        ]
        let answer = try ask(recorder, "POST", "/v1/a%2Fb/../c?x=%7e&y", fields, body: bytes(#"{"a": 1}"#))

        XCTAssertEqual(answer.status, 418)
        XCTAssertEqual(answer.body, RecordingServerTests.compressed)
        XCTAssertEqual(
            answer.fields.map { "\($0.name): \($0.value)" }.filter { !$0.hasPrefix("Connection") },
            [
                "X-One: 1", "Date: Wed, 19 Aug 2026 14:34:12 GMT", "x-one: 2", "Content-Encoding: gzip",
                "Content-Length: 35",
            ])
        let came = try XCTUnwrap(handler.requests.first)
        XCTAssertEqual(came.head.target.raw, "/v1/a%2Fb/../c?x=%7e&y")
        XCTAssertEqual(
            came.head.fields.all.map { "\($0.name): \($0.value)" },
            [
                "Host: localhost:\(try XCTUnwrap(upstream.tlsPort))", "accept-ENCODING: gzip", "X-Two: b",
                "x-two: a",
                "X-Empty: ", "Content-Length: 8",
            ])
        guard case .bytes(bytes(#"{"a": 1}"#)) = came.body else { return XCTFail("\(came.body)") }

        recorder.stop()
        let exchange = try XCTUnwrap(sink.exchanges.first)
        XCTAssertEqual(
            exchange.request,
            RecordedRequest(
                method: "POST", target: "/v1/a%2Fb/../c?x=%7e&y",
                fields: [
                    HTTPFields.Field("accept-ENCODING", "gzip"), HTTPFields.Field("X-Two", "b"),
                    HTTPFields.Field("x-two", "a"), HTTPFields.Field("X-Empty", ""),
                ], body: RecordedBody(bytes(#"{"a": 1}"#))))
        XCTAssertEqual(exchange.answer.status, 418)
        XCTAssertEqual(exchange.answer.fields.map(\.name), ["X-One", "Date", "x-one", "Content-Encoding"])
        XCTAssertEqual(exchange.answer.body, RecordedBody(RecordingServerTests.compressed))
        XCTAssertEqual(exchange.answer.framing, .length)
        XCTAssertEqual(exchange.answer.ending, .complete)
        XCTAssertEqual(exchange.answer.writes.map(\.count), [35])
        XCTAssertEqual(recorder.counts.recorded, 1)
    }

    func test_chunks_arePassedOnAsTheyCome() throws {
        let gate = Monitor(0)
        let wakeUp = WakeUp()
        let upstream = try makeUpstream(
            UpstreamHandler { _ in
                ResponsePlan(
                    head: ResponseHead(status: 200, fields: []), framing: .chunked,
                    actions: [
                        .live(
                            LiveActions(wokenBy: wakeUp) { position in
                                wakeUp.reset()
                                guard position < 3 else { return nil }
                                guard position < gate.withLock({ $0 }) else { return .nap(.seconds(60)) }
                                position += 1
                                return .send(bytes("data: \(position)\n\n"))
                            })
                    ])
            })
        let recorder = try makeRecorder(upstream)
        let client = try connect(recorder)
        client.send(request("GET", "/v1/stream"))
        var came = ""
        for number in 1...3 {
            gate.withLock { $0 = number }
            wakeUp.ring()
            // Hangs, and fails in the end, if a chunk is kept back until the next one comes.
            while !came.contains("data: \(number)\n") {
                came += String(decoding: try client.receive(), as: UTF8.self)
            }
        }
        while !came.hasSuffix("0\r\n\r\n") { came += String(decoding: try client.receive(), as: UTF8.self) }
        XCTAssertTrue(came.contains("\r\n9\r\ndata: 2\n\n\r\n"), came)

        recorder.stop()
        let answer = try XCTUnwrap(sink.exchanges.first).answer
        XCTAssertEqual(answer.framing, .chunked)
        XCTAssertEqual(answer.body, RecordedBody(bytes("data: 1\n\ndata: 2\n\ndata: 3\n\n")))
        XCTAssertEqual(answer.writes.map(\.count), [9, 9, 9])
        XCTAssertEqual(answer.writes.map(\.at), answer.writes.map(\.at).sorted())
    }

    func test_largeBodies_arePassedOn_andRecorded() throws {
        // Of a length that fits no buffer.
        let piece = (0..<20_011).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 13) }
        let large = (0..<1048).reduce(into: [UInt8]()) { large, _ in large += piece }
        let answered = Array(large.prefix(3_000_000))
        let handler = UpstreamHandler { _ in ResponsePlan(status: 200, fields: [], body: answered) }
        let recorder = try makeRecorder(try makeUpstream(handler))
        let answer = try ask(recorder, "POST", "/upload/v1beta/files", body: large)
        XCTAssertTrue(answer.body == answered)
        guard case .bytes(let came)? = handler.requests.first?.body else { return XCTFail("no body came") }
        XCTAssertTrue(came == large)

        recorder.stop()
        let exchange = try XCTUnwrap(sink.exchanges.first)
        XCTAssertTrue(exchange.request.body == RecordedBody(large))
        XCTAssertTrue(exchange.answer.body == RecordedBody(answered))
    }

    func test_tooLongBodies_areRecordedByTheirHash() throws {
        let upstream = try makeUpstream(
            UpstreamHandler { _ in ResponsePlan(status: 200, fields: [], body: []) })
        let recorder = try makeRecorder(upstream) { $0.longestBody = 3 << 20 }
        let large = [UInt8](repeating: 7, count: 4 << 20)
        XCTAssertEqual(try ask(recorder, body: large).status, 200)
        recorder.stop()
        XCTAssertEqual(
            sink.exchanges.first?.request.body,
            RecordedBody(leftOut: large.count, sha256: ContentHash.hex(of: large)))
    }

    func test_chunkedUploads_arePassedOn() throws {
        let handler = UpstreamHandler { _ in ResponsePlan(status: 200, fields: [], body: []) }
        let recorder = try makeRecorder(try makeUpstream(handler))
        let client = try connect(recorder)
        client.send(request("POST", "/v1/x", ["Transfer-Encoding: chunked"]))
        client.send("3\r\nabc\r\n")
        client.send("2\r\nde\r\n0\r\n\r\n")
        XCTAssertEqual(try client.receiveAnswer().status, 200)
        let came = try XCTUnwrap(handler.requests.first)
        XCTAssertEqual(came.head.fields["transfer-encoding"], "chunked")
        guard case .bytes(bytes("abcde")) = came.body else { return XCTFail("\(came.body)") }
    }

    func test_brokenAnswers_areBrokenWhereTheUpstreamBreaksThem() throws {
        for (ending, framing) in [
            (RecordedAnswer.Ending.truncated, ResponsePlan.Framing.chunked), (.truncated, .length),
            (.reset, .chunked),
        ] {
            let handler = UpstreamHandler { _ in
                var plan = ResponsePlan(
                    head: ResponseHead(status: 200, fields: []), framing: framing,
                    // Else the reset may overtake the bytes.
                    actions: [
                        .send(bytes("abc")), .nap(.milliseconds(20)), ending == .reset ? .reset : .truncate,
                    ])
                plan.announcedLength = framing == .length ? 10 : nil
                return plan
            }
            let recorder = try makeRecorder(try makeUpstream(handler))
            let client = try connect(recorder)
            client.send(request("GET", "/v1/x"))
            if ending == .reset {
                let came = try client.receiveToReset()
                XCTAssertNotNil(came)
            } else {
                let came = String(decoding: try client.receiveToEnd(), as: UTF8.self)
                XCTAssertTrue(came.hasSuffix(framing == .length ? "\r\n\r\nabc" : "3\r\nabc\r\n"), came)
            }
            recorder.stop()
            let answer = try XCTUnwrap(sink.exchanges.last).answer
            XCTAssertEqual(answer.ending, ending)
            XCTAssertEqual(answer.body, RecordedBody(bytes("abc")))
        }
        XCTAssertEqual(sink.exchanges.count, 3)
    }

    func test_HEAD_isAnsweredWithTheLength() throws {
        let handler = UpstreamHandler { _ in ResponsePlan(status: 200, fields: [], body: bytes("abc")) }
        let recorder = try makeRecorder(try makeUpstream(handler))
        let answer = try ask(recorder, "HEAD")
        XCTAssertEqual(answer["content-length"], "3")
        recorder.stop()
        XCTAssertEqual(sink.exchanges.first?.request.method, "HEAD")
        XCTAssertEqual(sink.exchanges.first?.answer.body, RecordedBody([]))
    }

    func test_upstreamThatIsNotThere_isTold() throws {
        let recorder = try makeRecorder(nil)
        let answer = try ask(recorder, body: bytes("{}"))
        XCTAssertEqual(answer.status, 502)
        XCTAssertTrue(answer.text.contains("No answer came from https://localhost:1: "), answer.text)
        recorder.stop()
        XCTAssertEqual(sink.exchanges, [])
    }

    func test_upstreamThatNobodyVouchesFor_isNotTrusted() throws {
        let upstream = try makeUpstream(
            UpstreamHandler { _ in ResponsePlan(status: 200, fields: [], body: []) })
        let other = try TestCertificate.other.write()
        defer { try? FileManager.default.removeItem(atPath: other.folder) }
        let recorder = try makeRecorder(upstream) { $0.authorityFile = other.authority }
        let answer = try ask(recorder)
        XCTAssertEqual(answer.status, 502)
        XCTAssertTrue(answer.text.lowercased().contains("certificate"), answer.text)
    }

    func test_uploadAddresses_leadBackToTheRecorder() throws {
        let port = Monitor(0)
        let handler = UpstreamHandler { request in
            let url = "https://localhost:\(port.withLock { $0 })/upload/v1beta/files?upload_id=abc"
            return ResponsePlan(
                status: 200,
                fields: [
                    HTTPFields.Field("X-Goog-Upload-URL", url),
                    HTTPFields.Field("X-Goog-Upload-Control-URL", url),
                    HTTPFields.Field("X-Other-URL", url),
                ], body: [])
        }
        let upstream = try makeUpstream(handler)
        let tlsPort = try XCTUnwrap(upstream.tlsPort)
        port.withLock { $0 = tlsPort }
        let recorder = try makeRecorder(upstream)
        let answer = try ask(recorder)
        let led = "http://localhost:1/upload/v1beta/files?upload_id=abc"
        XCTAssertEqual(answer["X-Goog-Upload-URL"], led)
        XCTAssertEqual(answer["X-Goog-Upload-Control-URL"], led)
        XCTAssertEqual(
            answer["X-Other-URL"], "https://localhost:\(tlsPort)/upload/v1beta/files?upload_id=abc")
        _ = try ask(recorder, "POST", "/upload/v1beta/files?upload_id=abc", body: bytes("x"))
        XCTAssertEqual(handler.requests.last?.head.target.raw, "/upload/v1beta/files?upload_id=abc")
        recorder.stop()
        XCTAssertEqual(
            sink.exchanges.first?.answer.fields.first { $0.name == "X-Goog-Upload-URL" }?.value,
            "https://localhost:\(tlsPort)/upload/v1beta/files?upload_id=REDACTED-ba7816bf")
    }

    func test_clientThatLeaves_endsTheTransfer() throws {
        let handler = UpstreamHandler { _ in
            ResponsePlan(
                head: ResponseHead(status: 200, fields: []), framing: .chunked,
                actions: [.send(bytes("abc")), .nap(.seconds(60))])
        }
        let upstream = try makeUpstream(handler)
        let recorder = try makeRecorder(upstream)
        do {
            let client = try connect(recorder)
            client.send(request("GET", "/v1/x"))
            XCTAssertFalse(try client.receive().isEmpty)
        }
        XCTAssertTrue(eventually { recorder.liveObjects == (0, 0, 0) })
        XCTAssertTrue(eventually { upstream.liveObjects == (0, 0) })
        recorder.stop()
        XCTAssertEqual(sink.exchanges, [])
    }

    func test_uploadWhoseClientLeaves_isForgotten() throws {
        let upstream = try makeUpstream(
            UpstreamHandler { _ in ResponsePlan(status: 200, fields: [], body: []) })
        let recorder = try makeRecorder(upstream)
        do {
            let client = try connect(recorder)
            client.send(request("POST", "/v1/x", length: 10_000_000))
            client.send([UInt8](repeating: 1, count: 3_000_000))
        }
        XCTAssertTrue(eventually { recorder.liveObjects == (0, 0, 0) })
        XCTAssertTrue(eventually { upstream.liveObjects == (0, 0) })
        recorder.stop()
        XCTAssertEqual(sink.exchanges, [])
    }

    func test_stop_endsOpenTransfers() throws {
        let upstream = try makeUpstream(
            UpstreamHandler { request in
                ResponsePlan(
                    head: ResponseHead(status: 200, fields: []), framing: .chunked,
                    actions: request.head.method == "GET"
                        ? [.send(bytes("abc")), .nap(.seconds(60))] : [.nap(.seconds(60))])
            })
        let recorder = try makeRecorder(upstream)
        let clients = try ["GET", "GET", "POST", "POST"].map { method in
            let client = try connect(recorder)
            client.send(request(method, "/v1/x"))
            return client
        }
        let halfSent = try connect(recorder)
        halfSent.send(request("POST", "/v1/x", length: 10))
        XCTAssertTrue(eventually { recorder.liveObjects.transfers == 5 })
        recorder.stop()
        withExtendedLifetime((clients, halfSent)) {}
        XCTAssertEqual(sink.exchanges, [])
    }

    func test_manyStreams_arePassedOnAtOnce() throws {
        let upstream = try makeUpstream(
            UpstreamHandler { request in
                ResponsePlan(
                    head: ResponseHead(status: 200, fields: []), framing: .chunked,
                    actions: (0..<20).flatMap { number -> [WireAction] in
                        [.send(bytes("\(request.head.target.raw) \(number)\n")), .nap(.milliseconds(5))]
                    })
            })
        let recorder = try makeRecorder(upstream)
        let clients = try (0..<64).map { number in
            let client = try connect(recorder)
            client.send(request("GET", "/v1/\(number)"))
            return client
        }
        for (number, client) in clients.enumerated() {
            XCTAssertEqual(
                try client.receiveAnswer().text, (0..<20).map { "/v1/\(number) \($0)\n" }.joined())
        }
        recorder.stop()
        XCTAssertEqual(Set(sink.exchanges.map(\.request.target)).count, 64)
        XCTAssertTrue(sink.exchanges.allSatisfy { $0.answer.writes.count == 20 })
    }

    func test_tooManyRequests_areRefused() throws {
        let upstream = try makeUpstream(
            UpstreamHandler { _ in
                ResponsePlan(
                    head: ResponseHead(status: 200, fields: []), framing: .chunked,
                    actions: [.send(bytes("abc")), .nap(.seconds(60))])
            })
        let recorder = try makeRecorder(upstream) { $0.mostTransfers = 1 }
        let client = try connect(recorder)
        client.send(request("GET", "/v1/x"))
        XCTAssertFalse(try client.receive().isEmpty)
        XCTAssertEqual(try ask(recorder).status, 503)
    }

    func test_ownKey_isGivenToProgramsOfThisMachineOnly() throws {
        let handler = UpstreamHandler { _ in ResponsePlan(status: 200, fields: [], body: []) }
        let recorder = try makeRecorder(try makeUpstream(handler)) { $0.injectedKey = "own-key" }
        let asked = try ask(
            recorder, "GET", "/v1/x?key=theirs&a=b&access_token=t",
            ["Authorization: Bearer x", "x-goog-api-key: y"])
        XCTAssertEqual(asked.status, 200)
        let came = try XCTUnwrap(handler.requests.first).head
        XCTAssertEqual(came.target.raw, "/v1/x?a=b")
        XCTAssertEqual(came.fields.values("x-goog-api-key"), ["own-key"])
        XCTAssertNil(came.fields["authorization"])
        for fields in [["Origin: https://localhost"], ["Sec-Fetch-Site: cross-site"]] {
            XCTAssertEqual(try ask(recorder, "GET", "/v1/x", fields).status, 403, "\(fields)")
        }
        let foreign = try connect(recorder)
        foreign.send("GET /v1/x HTTP/1.1\r\nHost: example.com\r\n\r\n")
        XCTAssertEqual(try foreign.receiveAnswer().status, 403)
        XCTAssertEqual(handler.requests.count, 1)
        recorder.stop()
        XCTAssertEqual(sink.exchanges.first?.request.fields.map(\.value), ["Bearer REDACTED", "REDACTED"])
    }

    func test_requestWithTwoLengths_isRefused() throws {
        let recorder = try makeRecorder(nil)
        let answer = try ask(recorder, "POST", "/v1/x", ["Content-Length: 1", "Content-Length: 2"])
        XCTAssertEqual(answer.status, 400)
    }
}
