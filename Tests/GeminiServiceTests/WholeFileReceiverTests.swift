// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire
import TestSupport
import XCTest

@testable import GeminiService

final class WholeFileReceiverTests: XCTestCase {
    private func make(
        _ parts: [String], fields: [(String, String)], largest: Int = 100, folder: FileFolder? = nil
    ) -> WholeFileReceiver {
        let receiver = WholeFileReceiver(
            makeUploadRequest(fields: fields), bytes: UploadedBytes(folder: folder), largest: largest,
            started: 3)
        for part in parts where receiver.wantsMore {
            Array(part.utf8).withUnsafeBytes { receiver.receive($0) }
        }
        return receiver
    }

    private let related = [("Content-Type", "multipart/related; boundary=b")]

    private func body(_ json: String, _ content: String, head: String = "Content-Type: audio/wav\r\n")
        -> String
    {
        "--b\r\nContent-Type: application/json\r\n\r\n\(json)\r\n--b\r\n\(head)\r\n\(content)\r\n--b--\r\n"
    }

    private func failure(_ receiver: WholeFileReceiver) -> (any Error)? {
        do {
            _ = try receiver.upload()
            return nil
        } catch {
            return error
        }
    }

    func test_raw_isTheBody() throws {
        let upload = try make(["hel", "", "lo"], fields: [("protocol", "raw"), ("Content-Type", "a/b")])
            .upload()
        XCTAssertEqual(upload.sha256, SHA256.hex(of: "hello"))
        XCTAssertEqual(upload.sizeBytes, 5)
        XCTAssertEqual(upload.mimeType, "a/b")
        XCTAssertEqual(upload.started, 3)
    }

    func test_multipart_isItsSecondPart_whereverItIsCut() throws {
        let text = body(#"{"file": {"displayName": "d"}}"#, "hello")
        for size in [1, 2, 7, 1000] {
            let parts = stride(from: 0, to: text.count, by: size).map {
                String(text.dropFirst($0).prefix(size))
            }
            let upload = try make(parts, fields: related).upload()
            XCTAssertEqual(upload.sha256, SHA256.hex(of: "hello"))
            XCTAssertEqual(upload.metadata.displayName, "d")
            XCTAssertEqual(upload.mimeType, "audio/wav")
        }
    }

    func test_type_isTheMetadatas_thenTheHeads_thenThePartsOwn() throws {
        for (json, head, type) in [
            (#"{"file": {"mimeType": "a/b"}}"#, "c/d", "a/b"), ("{}", "c/d", "c/d"), ("{}", nil, "audio/wav"),
        ] as [(String, String?, String)] {
            let fields = related + (head.map { [("header-content-type", $0)] } ?? [])
            XCTAssertEqual(try make([body(json, "x")], fields: fields).upload().mimeType, type)
        }
    }

    func test_brokenMultipart_isRefused_inWordsThatSayWhy() {
        for (text, type, why) in [
            (body("{}", "x"), "multipart/related", "its Content-Type names no boundary."),
            ("--b\r\n\r\n{}\r\n--b--\r\n", "multipart/related; boundary=b", "it has fewer than two parts."),
            (
                "--b\r\n\r\n{}\r\n--b\r\n\r\nhel", "multipart/related; boundary=b",
                "it ends before its second part does."
            ),
            ("", "multipart/related; boundary=b", "it ends before its second part does."),
            (
                "--b\r\n\r\n{}\r\n--b\r\nX: " + String(repeating: "x", count: 20_000),
                "multipart/related; boundary=b", "the head of a part is too long."
            ),
            (
                "--b\r\n\r\n" + String(repeating: " ", count: 1_100_000), "multipart/related; boundary=b",
                "the first part is too long."
            ),
            (
                body("{}", "no base64!", head: "Content-Transfer-Encoding: base64\r\n"),
                "multipart/related; boundary=b", "the second part isn't base64, though it says so."
            ),
        ] {
            // In parts, so that what fails before the end is seen before it.
            let middle = text.count / 2
            for parts in [[text], [String(text.prefix(middle)), String(text.dropFirst(middle))]] {
                let receiver = make(parts, fields: [("protocol", "multipart"), ("Content-Type", type)])
                XCTAssertEqual(
                    (failure(receiver) as? UploadRefusal)?.text, "Invalid multipart request: \(why)")
            }
        }
    }

    func test_malformedBase64_isToldAsSuch_beforeTheEnd() {
        let start = "--b\r\n\r\n{}\r\n--b\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!!!!!!"
        let receiver = make([start], fields: related)
        XCTAssertFalse(receiver.wantsMore)
        XCTAssertEqual(
            failure(receiver) as? UploadRefusal,
            .badMultipart(.notBase64))
    }

    func test_tooLarge_isRefused_announcedOrNot() {
        let large = String(repeating: "x", count: 11)
        for (parts, fields) in [
            ([], [("protocol", "raw"), ("Content-Length", "11")]), ([large], [("protocol", "raw")]),
            (["xxxxxx", "xxxxx", "x"], [("protocol", "raw")]), ([body("{}", large)], related),
        ] as [([String], [(String, String)])] {
            let receiver = make(parts, fields: fields, largest: 10)
            XCTAssertFalse(receiver.wantsMore)
            XCTAssertEqual(failure(receiver) as? APIError, .fileTooLarge(limit: 10))
        }
        XCTAssertNil(failure(make([String(large.dropLast())], fields: [("protocol", "raw")], largest: 10)))
    }

    func test_badMetadata_isRefused() {
        let receiver = make([body(#"{"file": {"name": "-"}}"#, "x")], fields: related)
        XCTAssertEqual(failure(receiver) as? APIError, .badFileName)
        XCTAssertEqual(
            (failure(make([body("{", "x")], fields: related)) as? APIError)?.status, .invalidArgument)
    }

    func test_brokenOffBody_leavesNothing() throws {
        let path = makePath()
        let folder = try FileFolder(path: path)
        var receiver: WholeFileReceiver? = make(["hel"], fields: [("protocol", "raw")], folder: folder)
        XCTAssertEqual(names(in: path).count, 1)
        XCTAssertEqual(receiver?.wantsMore, true)
        receiver = nil
        XCTAssertEqual(names(in: path), [])
    }
}
