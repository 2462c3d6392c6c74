// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPWire
import TestSupport
import XCTest

@testable import GeminiMock

/// What scenarios let go wrong with an upload, as a client sees it.
final class UploadFaultTests: ScenarioTestCase {
    private let bytes = [UInt8]((0..<1000).map { UInt8($0 % 251) })

    /// A server whose stub answers these steps as usual, but for what breaks them.
    private func serve(
        _ steps: [UploadStep], _ faults: [MockFault] = [], wire: MockWire? = nil,
        reply: MockReply = .builtIn(),
        repeats: MockStub.Repetition = .last
    ) throws -> MockServer {
        var broken = faults.isEmpty ? reply : reply.faults(faults)
        if let wire { broken = broken.wire(wire) }
        // Once; then all is well.
        let stub = MockStub(
            "breaks", when: MockPattern(step: steps, call: 1...1), replies: [broken], isRequired: true)
        return try serve(MockScenario("uploads", stubs: [stub])) { $0.refusesUnmatched = false }
    }

    private func start(_ server: MockServer) throws -> (path: String, answer: RawAnswer) {
        let answer = try call(
            server, "POST", "/upload/v1beta/files",
            "X-Goog-Upload-Protocol: resumable\r\nX-Goog-Upload-Command: start\r\n"
                + "X-Goog-Upload-Header-Content-Length: 1000\r\nX-Goog-Upload-Header-Content-Type: audio/mpeg\r\n"
        )
        let url = try XCTUnwrap(answer["x-goog-upload-url"], answer.text)
        return (String(url[try XCTUnwrap(url.range(of: "/upload/")).lowerBound...]), answer)
    }

    private func head(_ path: String, _ command: String, at offset: Int, length: Int) -> String {
        "POST \(path) HTTP/1.1\r\nHost: x\r\nX-Goog-Upload-Command: \(command)\r\n"
            + "X-Goog-Upload-Offset: \(offset)\r\nContent-Length: \(length)\r\n\r\n"
    }

    private func send(
        _ server: MockServer, _ path: String, _ command: String, at offset: Int = 0, _ part: [UInt8] = []
    ) throws -> RawAnswer {
        let client = try XCTUnwrap(RawClient(port: server.port))
        client.send(Array(head(path, command, at: offset, length: part.count).utf8) + part)
        return try client.receiveAnswer()
    }

    /// Goes on where the server says, to the end.
    private func finish(
        _ server: MockServer, _ path: String, file: StaticString = #filePath, line: UInt = #line
    )
        throws
    {
        let standing = try send(server, path, "query")
        let offset = try XCTUnwrap(
            standing["x-goog-upload-size-received"].flatMap { Int($0) }, file: file, line: line)
        let end = try send(server, path, "upload, finalize", at: offset, Array(bytes[offset...]))
        XCTAssertEqual(end.at("file/sizeBytes"), "1000", end.text, file: file, line: line)
        XCTAssertEqual(end["x-goog-upload-status"], "final", file: file, line: line)
    }

    func test_unavailable_afterSoManyBytes_tellsWhereItStands() throws {
        let server = try serve(
            [.upload, .finalize], [.named("upload-unavailable", after: .bytes(262))])
        let (path, _) = try start(server)
        let refused = try send(server, path, "upload, finalize", bytes)
        XCTAssertEqual(refused.status, 503)
        XCTAssertEqual(refused["x-goog-upload-status"], "active")
        XCTAssertEqual(refused["x-goog-upload-size-received"], "262")
        XCTAssertEqual(try send(server, path, "query")["x-goog-upload-size-received"], "262")
        try finish(server, path)
        XCTAssertEqual(server.unusedStubs, [])
    }

    func test_unavailable_mayKeepSilent_andStoreNothing() throws {
        let server = try serve([.finalize], [.named("upload-unavailable", form: "silent")])
        let (path, _) = try start(server)
        let refused = try send(server, path, "upload, finalize", bytes)
        XCTAssertEqual(refused.status, 503)
        XCTAssertNil(refused["x-goog-upload-status"])
        XCTAssertEqual(try send(server, path, "query")["x-goog-upload-size-received"], "0")
        try finish(server, path)
    }

    /// While the client still sends: the answer comes all the same.
    func test_unavailable_isAnsweredBeforeTheEndOfTheBody() throws {
        let server = try serve([.finalize], [.named("upload-unavailable", after: .bytes(100))])
        let (path, _) = try start(server)
        let client = try XCTUnwrap(RawClient(port: server.port))
        client.send(Array(head(path, "upload, finalize", at: 0, length: 1000).utf8) + bytes[..<400])
        XCTAssertEqual(try client.receiveAnswer()["x-goog-upload-size-received"], "100")
    }

    func test_reset_comesAfterSoManyBytes_whichCount() throws {
        let server = try serve([.finalize], [.named("upload-reset", after: .bytes(300))])
        let (path, _) = try start(server)
        let client = try XCTUnwrap(RawClient(port: server.port))
        client.send(Array(head(path, "upload, finalize", at: 0, length: 1000).utf8) + bytes)
        XCTAssertEqual(try client.receiveToReset(), [])
        XCTAssertTrue(
            eventually { (try? send(server, path, "query"))?["x-goog-upload-size-received"] == "300" })
        try finish(server, path)
    }

    /// There is no byte behind them at which it could be noticed.
    func test_reset_comesBehindTheLastByte_andWithoutAny() throws {
        for count in [0, 1000] {
            let server = try serve([.finalize], [.named("upload-reset", after: .bytes(count))])
            let (path, _) = try start(server)
            let client = try XCTUnwrap(RawClient(port: server.port))
            let part = bytes[..<count]
            client.send(Array(head(path, "upload, finalize", at: 0, length: count).utf8) + part)
            XCTAssertEqual(try client.receiveToReset(), [], "\(count) bytes")
            XCTAssertTrue(
                eventually {
                    let standing = try? send(server, path, "query")
                    return standing?["x-goog-upload-status"] == "active"
                        && standing?["x-goog-upload-size-received"] == "\(count)"
                })
            try finish(server, path)
        }
    }

    func test_reset_behindMoreBytesThanCome_isNone() throws {
        let server = try serve([.finalize], [.named("upload-reset", after: .bytes(1001))])
        let (path, _) = try start(server)
        XCTAssertEqual(try send(server, path, "upload, finalize", bytes).at("file/sizeBytes"), "1000")
    }

    func test_unavailable_waitsAsLongAsToldBeforeItsHead() throws {
        let server = try serve(
            [.finalize], [.named("upload-unavailable", after: .bytes(100))],
            wire: MockWire(delay: .seconds(600)))
        let (path, _) = try start(server)
        // Read by the thread alone from then on.
        nonisolated(unsafe) let client = try XCTUnwrap(RawClient(port: server.port))
        client.send(Array(head(path, "upload, finalize", at: 0, length: 1000).utf8) + bytes)
        XCTAssertTrue(
            eventually { (try? send(server, path, "query"))?["x-goog-upload-size-received"] == "100" })
        let answer = Monitor<RawAnswer?>(nil)
        Thread {
            let received = try? client.receiveAnswer()
            answer.withLock { $0 = received }
        }.start()
        for _ in 0..<20 { _ = try send(server, path, "query") }
        XCTAssertNil(answer.withLock { $0 })
        XCTAssertTrue(
            eventually {
                // Again and again: the wait may not have begun yet.
                server.advanceClock(by: .seconds(600))
                return answer.withLock { $0?.status } == 503
            })
    }

    func test_lostFinalAnswer_leavesTheFile() throws {
        let server = try serve([.finalize], [.named("reset")])
        let (path, _) = try start(server)
        let client = try XCTUnwrap(RawClient(port: server.port))
        client.send(Array(head(path, "upload, finalize", at: 0, length: 1000).utf8) + bytes)
        XCTAssertEqual(try client.receiveToReset(), [])
        let told = try send(server, path, "query")
        XCTAssertEqual(told["x-goog-upload-status"], "final")
        XCTAssertEqual(told.at("file/sizeBytes"), "1000")
    }

    func test_slowReading_goesByTheServersClock() throws {
        let server = try serve([.finalize], wire: MockWire(uploadBytesPerSecond: 100))
        let (path, _) = try start(server)
        let client = try XCTUnwrap(RawClient(port: server.port))
        client.send(Array(head(path, "upload, finalize", at: 0, length: 1000).utf8) + bytes)
        // Ten seconds in pieces of a twentieth, if nobody moved the clock.
        let start = ContinuousClock.now
        let other = try XCTUnwrap(RawClient(port: server.port))
        var received = 0
        while received < 1000, ContinuousClock.now - start < .seconds(8) {
            other.send(head(path, "query", at: 0, length: 0))
            let answer = try other.receiveAnswer()
            if answer["x-goog-upload-status"] == "final" { break }
            received = answer["x-goog-upload-size-received"].flatMap { Int($0) } ?? received
            server.advanceClock(by: .milliseconds(50))
        }
        XCTAssertEqual(try client.receiveAnswer().at("file/sizeBytes"), "1000")
    }

    func test_granularity_isNamed_andKept() throws {
        let server = try serve([.start], [.named("upload-granularity", bytes: 300)])
        let (path, started) = try start(server)
        XCTAssertEqual(started["x-goog-upload-chunk-granularity"], "300")
        XCTAssertEqual(try send(server, path, "upload", Array(bytes[..<250])).status, 400)
        XCTAssertEqual(try send(server, path, "upload", Array(bytes[..<300])).status, 200)
        try finish(server, path)
    }

    func test_cancelled_isTold_andEndsTheUpload() throws {
        let server = try serve([.upload, .finalize], [.named("upload-cancelled")])
        let (path, _) = try start(server)
        let answer = try send(server, path, "upload, finalize", bytes)
        XCTAssertEqual(answer.status, 200)
        XCTAssertEqual(answer["x-goog-upload-status"], "cancelled")
        XCTAssertEqual(try send(server, path, "query")["x-goog-upload-status"], "cancelled")
    }

    func test_wrongHash_isToldOnce() throws {
        let server = try serve([.finalize], [.named("upload-wrong-hash")])
        let (path, _) = try start(server)
        let answer = try send(server, path, "upload, finalize", bytes)
        let zeros = Data(String(repeating: "0", count: 64).utf8).base64EncodedString()
        XCTAssertEqual(answer.at("file/sha256Hash"), zeros)
        XCTAssertNotEqual(try send(server, path, "query").at("file/sha256Hash"), zeros)
    }

    func test_refusals_atEachStep() throws {
        for step in [UploadStep.start, .upload, .finalize, .query] {
            let server = try serve([step], reply: .error("service-unavailable"))
            if step == .start {
                let refused = try call(
                    server, "POST", "/upload/v1beta/files",
                    "X-Goog-Upload-Protocol: resumable\r\nX-Goog-Upload-Command: start\r\n")
                XCTAssertEqual(refused.status, 503)
                continue
            }
            let (path, _) = try start(server)
            let command = step == .finalize ? "upload, finalize" : step.rawValue
            XCTAssertEqual(try send(server, path, command, step == .query ? [] : bytes).status, 503, command)
            // Nothing of it was taken, so that the same request is good now.
            XCTAssertEqual(try send(server, path, "upload, finalize", bytes).status, 200, command)
        }
        let expired = try serve([.finalize], reply: .error("upload-unknown"))
        let (path, _) = try start(expired)
        XCTAssertEqual(try send(expired, path, "upload, finalize", bytes).status, 404)
    }

    /// The bytes of a request that is refused aren't taken.
    func test_spentStub_refusesAStep() throws {
        let server = try serve(
            MockScenario(
                "uploads",
                stubs: [
                    MockStub(
                        "once", when: MockPattern(step: [.upload, .finalize]), replies: [.error("internal")],
                        repeats: .fail)
                ]))
        let (path, _) = try start(server)
        XCTAssertEqual(try send(server, path, "upload, finalize", bytes).status, 500)
        let spent = try send(server, path, "upload, finalize", bytes)
        XCTAssertEqual(spent.at("error/details/0/reason"), "STUB_IS_SPENT", spent.text)
    }

    private func send(_ server: MockServer, _ path: String, _ command: String, _ part: [UInt8]) throws
        -> RawAnswer
    {
        try send(server, path, command, at: 0, part)
    }
}
