// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPWire
import XCTest

@testable import RecordReplay

final class RedactionTests: XCTestCase {
    func test_inAnyPlace_noSecretIsLeft() throws {
        XCTAssertGreaterThanOrEqual(PlantedSecret.all.count, 30)
        for planted in PlantedSecret.all {
            XCTAssertTrue(PlantedSecret.texts(of: planted.exchange).contains(planted.secret), planted.place)
            let (redacted, changes) = Redaction().redact(planted.exchange)
            let left = PlantedSecret.texts(of: redacted)
            XCTAssertFalse(left.contains(planted.secret), "\(planted.place): \(left)")
            XCTAssertFalse(changes.isEmpty, planted.place)
            let (again, more) = Redaction().redact(redacted)
            XCTAssertEqual(again, redacted, planted.place)
            XCTAssertEqual(more, [], planted.place)
        }
    }

    func test_theFilesHaveNoSecret_andReadBackEqual() throws {
        for planted in PlantedSecret.all {
            let folder = Samples.folder(self)
            try folder.write(Recording(name: "n", exchanges: [planted.exchange]))
            XCTAssertFalse(try folder.redact(Redaction()).isEmpty, planted.place)
            let read = try folder.read()
            XCTAssertEqual(read.exchanges, [Redaction.recorded(planted.exchange)], planted.place)
            for file in try FileManager.default.subpathsOfDirectory(atPath: folder.path) {
                guard let bytes = FileManager.default.contents(atPath: "\(folder.path)/\(file)") else {
                    continue
                }
                XCTAssertNil(bytes.range(of: Data(planted.secret.utf8)), "\(planted.place) in \(file)")
            }
        }
    }

    func test_aStreamCutAtEachByte_hasNoneEither_andKeepsItsWrites() {
        let key = Array(PlantedSecret.key)
        let whole = Samples.events("before \(PlantedSecret.key) behind")
        for cut in 1..<whole.count {
            let writes = [
                RecordedAnswer.Write(at: 1, count: cut),
                RecordedAnswer.Write(at: 2, count: whole.count - cut),
            ]
            let redacted = Redaction.recorded(
                Samples.exchange([Samples.eventType], answer: whole, writes: writes))
            XCTAssertFalse(PlantedSecret.texts(of: redacted).contains(PlantedSecret.key))
            XCTAssertEqual(redacted.answer.writes, writes)
            XCTAssertEqual(redacted.answer.body.length, whole.count)
        }
        for cut in 1..<key.count {
            let events = Samples.events("my " + String(key[..<cut]), String(key[cut...]) + " is it")
            let redacted = Redaction.recorded(Samples.exchange([Samples.eventType], answer: events))
            let left = PlantedSecret.texts(of: redacted)
            XCTAssertFalse(left.contains(PlantedSecret.key), left)
            XCTAssertNotEqual(redacted.answer.body.bytes, events, "cut at \(cut)")
            XCTAssertNotNil(
                StreamForm(events: redacted.answer.body.bytes ?? [])?.layout, "isn't JSON any more")
        }
    }

    func test_aStreamThatEndsWithinAKey_hasNoUsefulBeginningOfIt() {
        let whole = Samples.events("a", PlantedSecret.key)
        let end = whole.count - Array("\"}\r\n\r\n".utf8).count
        for left in 0..<30 {
            let exchange = Samples.exchange([Samples.eventType], answer: Array(whole[..<(end - left)]))
            let redacted = Redaction.recorded(exchange)
            XCTAssertFalse(PlantedSecret.texts(of: redacted).contains(PlantedSecret.key.prefix(8)), "\(left)")
            XCTAssertEqual(Redaction.recorded(redacted), redacted)
            XCTAssertEqual(redacted.answer.body.length, exchange.answer.body.length)
        }
    }

    func test_eachUpload_keepsANameOfItsOwn() {
        func url(_ id: String) -> String {
            "https://h/upload/v1beta/files?upload_id=\(id)&upload_protocol=resumable"
        }
        func name(_ id: String) -> String {
            let start = Samples.exchange([
                .init("X-Goog-Upload-URL", url(id)), .init("X-GUploader-UploadID", id),
            ])
            var chunk = Samples.exchange()
            chunk.request.target = "/upload/v1beta/files?upload_id=\(id)&upload_protocol=resumable"
            let fields = Redaction.recorded(start).answer.fields
            XCTAssertEqual(fields[0].value, url(fields[1].value))
            XCTAssertTrue("https://h" + Redaction.recorded(chunk).request.target == fields[0].value)
            return fields[1].value
        }
        let names = [PlantedSecret.uploadID, PlantedSecret.uploadID + "2", "short"].map(name)
        XCTAssertEqual(Set(names).count, 3)
        for name in names { XCTAssertTrue(name.hasPrefix("REDACTED-") && name.utf8.count == 17, name) }
    }

    func test_patterns_areTakenOutEverywhere_andJSONStaysJSON() throws {
        let redaction = Redaction(
            patterns: [try RedactionPattern(#"cust-\d+|", "b|\b\d{7}\b"#)], secrets: ["Jane Doe"])
        var exchange = Samples.exchange(
            request: #"{"a": "cust-12\u0041", "b": 1234567, "c": "Jane Doe"}"#, [Samples.eventType],
            answer: Samples.events("for cu", "st-1", "7, ok"))
        exchange.request.target = "/v1/models?q=cust-99&x=y"
        exchange.request.fields.append(.init("X-Note", "cust-1 and cust-2"))
        let redacted = redaction.redact(exchange).exchange
        XCTAssertEqual(redacted.request.target, "/v1/models?q=REDACTED&x=y")
        XCTAssertEqual(redacted.request.fields.last?.value, "REDACTED and REDACTED")
        let body = String(decoding: redacted.request.body.bytes ?? [], as: UTF8.self)
        XCTAssertEqual(body, #"{"a": "*******\u0041", "*": 1000000, "c": "********"}"#)
        XCTAssertEqual(redacted.answer.body.bytes, Samples.events("for **", "****", "*, ok"))
        XCTAssertEqual(redaction.redact(redacted).exchange, redacted)
    }

    func test_aPatternThatIsNone_isRefused_withItsPlace() {
        XCTAssertThrowsError(try RedactionPattern("a(")) { error in
            XCTAssertEqual("\(error)", "missing closing parenthesis, at byte 3 of a(")
        }
    }

    func test_whatCantBeSearched_isLeftOut() {
        let body = Array("not brotli".utf8)
        let exchange = Samples.exchange([.init("Content-Encoding", "br")], answer: body)
        let (redacted, changes) = Redaction().redact(exchange)
        XCTAssertEqual(
            redacted.answer.body, RecordedBody(leftOut: body.count, sha256: ContentHash.hex(of: body)))
        XCTAssertEqual(changes.map(\.isLeftOut), [true])
    }

    func test_writesOfACompressedBody_fitIt() throws {
        let packed = try XCTUnwrap(Gzip.encode(Array("\(PlantedSecret.key) \(PlantedSecret.token)".utf8)))
        let writes = [RecordedAnswer.Write(at: 1, count: 30), .init(at: 2, count: packed.count - 30)]
        let redacted = Redaction.recorded(
            Samples.exchange([.init("Content-Encoding", "gzip")], answer: packed, writes: writes))
        XCTAssertNotEqual(redacted.answer.body.length, packed.count)
        XCTAssertEqual(redacted.answer.writes.map(\.at), [1, 2])
        XCTAssertEqual(redacted.answer.writes.reduce(0) { $0 + $1.count }, redacted.answer.body.length)
    }

    func test_whatIsNoSecret_staysAsItIs() throws {
        var dice = Dice(3)
        for _ in 0..<300 {
            let exchange = dice.exchange()
            let coding = exchange.answer.fields.contains { $0.value == "gzip" }
            if !coding { XCTAssertEqual(Redaction.recorded(exchange), exchange) }
        }
        let plain = Samples.exchange(
            request: #"{"name": "files/abc-123", "projects/x": "the project 12 of 2026", "pageToken": "x"}"#)
        XCTAssertEqual(Redaction.recorded(plain), plain)
    }
}
