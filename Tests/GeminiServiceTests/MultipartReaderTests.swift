// SPDX-License-Identifier: Apache-2.0

import Foundation
import XCTest

@testable import GeminiService

final class MultipartReaderTests: XCTestCase {
    private struct Parts: Equatable {
        var metadata = ""
        var contentType: String?
        var content: [UInt8] = []
        var problem: MultipartReader.Problem?

        init(_ metadata: String, _ contentType: String?, _ content: String) {
            (self.metadata, self.contentType, self.content) = (metadata, contentType, Array(content.utf8))
        }

        init(_ reader: MultipartReader, _ content: [UInt8]) {
            metadata = String(decoding: reader.metadata, as: UTF8.self)
            (contentType, self.content, problem) = (reader.contentType, content, reader.problem)
        }
    }

    private static let type = "multipart/related; boundary=B"
    private static let sample = Parts("{}", "audio/mpeg", "sound")

    /// - Parameter sizes: of the reads, over and over.
    private func read(
        _ body: [UInt8], _ type: String = MultipartReaderTests.type, cutting sizes: [Int]
    ) throws -> Parts {
        var reader = try XCTUnwrap(MultipartReader(contentType: type))
        var content: [UInt8] = []
        var (at, turn) = (0, 0)
        while at < body.count {
            let end = min(body.count, at + sizes[turn % sizes.count])
            // A buffer of its own, so that reading beside it is noticed by a sanitizer.
            Array(body[at..<end]).withUnsafeBytes { bytes in
                reader.consume(bytes) { content += Array($0) }
            }
            (at, turn) = (end, turn + 1)
        }
        return Parts(reader, content)
    }

    /// Reads it in one, byte by byte, and cut in two at each place.
    private func checkEveryCut(
        _ body: String, _ wanted: Parts, _ type: String = MultipartReaderTests.type,
        file: StaticString = #filePath, line: UInt = #line
    ) throws {
        let bytes = Array(body.utf8)
        for first in 1...bytes.count {
            let parts = try read(bytes, type, cutting: [first, bytes.count])
            XCTAssertEqual(parts, wanted, "cut at \(first)", file: file, line: line)
        }
        XCTAssertEqual(try read(bytes, type, cutting: [1]), wanted, "by bytes", file: file, line: line)
    }
}

// MARK: - Boundaries

extension MultipartReaderTests {
    func test_init_findsTheBoundary_howeverItIsWritten() throws {
        for (type, boundary) in [
            ("multipart/related; boundary=B", "B"), ("Multipart/Related;BOUNDARY=B", "B"),
            ("multipart/related; boundary=\"B\"", "B"), ("multipart/related; boundary=\"a b\"", "a b"),
            ("multipart/related; boundary=\"a\\\"b\"; charset=x", "a\"b"),
            ("multipart/related; type=\"a;boundary=x\"; boundary=B", "B"),
            ("multipart/related; boundary = B ; charset=UTF-8", "B"),
            ("multipart/related; boundary====12/:==", "===12/:=="), ("multipart/mixed;boundary=B", "B"),
            ("multipart/form-data; boundary=----WebKit7MA", "----WebKit7MA"),
            (
                "multipart/related; boundary=" + String(repeating: "b", count: 70),
                String(repeating: "b", count: 70)
            ),
        ] {
            let body =
                "--\(boundary)\r\n\r\n{}\r\n--\(boundary)\r\nContent-Type: audio/mpeg\r\n\r\nsound\r\n"
                + "--\(boundary)--"
            XCTAssertEqual(
                try read(Array(body.utf8), type, cutting: [7]), MultipartReaderTests.sample, type)
        }
    }

    func test_init_isNil_withoutUsableBoundary() {
        for type in [
            "", "multipart/related", "multipart/related; boundary=", "multipart/related; boundary=\"\"",
            "multipart/related; boundary=\"a ", "multipart/related; boundary", "application/json; boundary=B",
            "multipart/related; boundary=" + String(repeating: "b", count: 71),
            "multipart/related; boundary=\"a\r\nb\"", "multipart/related; boundary=é", "; boundary=B",
        ] {
            XCTAssertNil(MultipartReader(contentType: type), type)
        }
    }
}

// MARK: - Forms

extension MultipartReaderTests {
    func test_consume_reads_whatOldJavaScriptClientSends() throws {
        try checkEveryCut(
            "--B\r\nContent-Type: application/json; charset=utf-8\r\n\r\n{}\r\n--B\r\n"
                + "Content-Type: audio/mpeg\r\n\r\nsound\r\n--B--",
            MultipartReaderTests.sample)
    }

    func test_consume_reads_whatRubyClientSends() throws {
        try checkEveryCut(
            "--B\r\nContent-Type: application/json\r\n\r\n{}\r\n--B\r\nContent-Type: audio/mpeg\r\n"
                + "Content-Length: 5\r\nContent-Transfer-Encoding: binary\r\n\r\nsound\r\n--B--\r\n\r\n",
            MultipartReaderTests.sample)
    }

    /// A line break first, and base64.
    func test_consume_reads_whatPagesAndDartSend() throws {
        try checkEveryCut(
            "\r\n--B\r\nContent-Type: application/json\r\n\r\n{}\r\n--B\r\nContent-Type: audio/mpeg\r\n"
                + "Content-Transfer-Encoding: Base64\r\n\r\nc291\r\nbmQ=\r\n--B--",
            MultipartReaderTests.sample)
    }

    func test_consume_takesBareLineFeeds() throws {
        try checkEveryCut(
            "--B\nContent-Type: application/json\n\n{}\n--B\ncontent-type:audio/mpeg\n\nsound\n--B--\n",
            MultipartReaderTests.sample)
        try checkEveryCut(
            "--B\nContent-Type: application/json\n\n{}\r\n--B\ncontent-type:audio/mpeg\n\nsound\r\n--B--",
            MultipartReaderTests.sample)
    }

    func test_consume_readsOver_preamblePaddingAndFurtherParts() throws {
        try checkEveryCut(
            "This is MIME.\r\n--\r\n--BB\r\n--B \t \r\n\r\n{}\r\n--B\t\r\nX: y\r\n"
                + "Content-Type:\r\n audio/mpeg \r\n\r\nsound\r\n--B  \r\n\r\nthird\r\n--B--\r\nepilogue\r\n--B",
            MultipartReaderTests.sample)
    }

    func test_consume_givesContent_withAllThatLooksLikeDelimiters() throws {
        for content in [
            "", "\r", "\n", "\r\n", "-", "--", "--Bx\r\n", "--B-", "\r\n--", "\r\n--A", "\r\n--Bx\r\n",
            "\r\n--B-\r\n", "\r\n--B -\r\n", "\r\n--B\r", "\r\n--B\r\r\n", "\r\r\n--\r\n\r\n--b\r\n",
            "\n\n\n-\n--",
            "\r\n --B\r\n", "\r\n--B" + String(repeating: " ", count: 70) + "\r\n", "x--B\r\n", "\r--B\r\n",
        ] {
            let body = "--B\r\n\r\n{}\r\n--B\r\nContent-Type: audio/mpeg\r\n\r\n\(content)\r\n--B--"
            try checkEveryCut(body, Parts("{}", "audio/mpeg", content))
        }
    }

    func test_consume_takesEmptyParts() throws {
        try checkEveryCut("--B\r\n\r\n--B\r\n\r\n--B--", Parts("", nil, ""))
        try checkEveryCut("--B\n\n\n--B\nContent-Type: a/b\n\n\n--B--", Parts("", "a/b", ""))
    }

    func test_consume_isRight_forRandomContentAndCuts() throws {
        var random = SeededGenerator(seed: 20)
        let alphabet = Array("\r\n--B- \tx".utf8)
        for _ in 0..<2000 {
            var content = (0..<Int.random(in: 0...60, using: &random)).map { _ in
                alphabet.randomElement(using: &random) ?? 0
            }
            // What has a delimiter in it would end there; so no line break comes before a dash.
            for at in content.indices.dropFirst() where content[at - 1] == 10 && content[at] == 45 {
                content[at] = 120
            }
            if content.first == 45 { content[0] = 120 }
            if content.last == 13 { content.append(120) }
            let body =
                Array("--B\n\n{}\n--B\nContent-Type: audio/mpeg\n\n".utf8) + content + Array("\n--B--".utf8)
            let sizes = (0..<5).map { _ in Int.random(in: 1...9, using: &random) }
            let parts = try read(body, cutting: sizes)
            XCTAssertEqual(parts.content, content)
            XCTAssertNil(parts.problem)
        }
    }
}

// MARK: - What is wrong

extension MultipartReaderTests {
    private func problem(_ body: String, cutting sizes: [Int] = [65_536]) throws -> MultipartReader.Problem? {
        try read(Array(body.utf8), cutting: sizes).problem
    }

    func test_problem_isUnfinished_whereTheBodyIsCut() throws {
        let body = "--B\r\n\r\n{}\r\n--B\r\nContent-Type: audio/mpeg\r\n\r\nsound\r\n--B--"
        for count in 0..<body.utf8.count {
            let start = Array(body.utf8.prefix(count))
            XCTAssertEqual(try read(start, cutting: [65_536]).problem, .unfinished)
        }
    }

    func test_problem_isMissingPart_withFewerThanTwo() throws {
        XCTAssertEqual(try problem("--B--"), .missingPart)
        XCTAssertEqual(try problem("--B\r\n\r\n{}\r\n--B--\r\n--B\r\n\r\nlate\r\n--B--"), .missingPart)
    }

    func test_problem_tellsBoundsThatAreExceeded() throws {
        let long = String(repeating: "a", count: MultipartReader.mostHead + 1)
        let lines = String(repeating: "a:b\r\n", count: MultipartReader.mostHead / 5 + 1)
        for head in [long, lines, "\r\n\r\n{}\r\n--B\r\n" + lines] {
            for sizes in [[1], [100], [1 << 20]] {
                XCTAssertEqual(try problem("--B\r\n\(head)", cutting: sizes), .headTooLong)
            }
        }
        let preamble = String(repeating: "\n", count: MultipartReader.mostPreamble)
        XCTAssertEqual(try problem("\(preamble)--B"), .unfinished)
        XCTAssertEqual(try problem("\(preamble)x\n--B"), .preambleTooLong)
        let metadata = String(repeating: "\n", count: MultipartReader.mostMetadata)
        XCTAssertNil(try problem("--B\r\n\r\n\(metadata)\r\n--B\r\n\r\n\r\n--B--"))
        XCTAssertEqual(try problem("--B\r\n\r\n\(metadata)x\r\n--B\r\n\r\n\r\n--B--"), .metadataTooLong)
    }

    func test_problem_tellsBadBase64() throws {
        for text in ["*", "c291b", "c291=bmQ", "=", "c291bmQ=a"] {
            let body = "--B\n\n{}\n--B\nContent-Transfer-Encoding: base64\n\n\(text)\n--B--"
            XCTAssertEqual(try problem(body), .notBase64, text)
        }
    }

    /// Each of these would take long if anything were looked at again and again.
    func test_consume_takesLinearTime_forHostileContent() throws {
        let head = Array("--B\r\n\r\n{}\r\n--B\r\n\r\n".utf8)
        for pattern in ["\n-", "\r", "\r\n--B-", "\n--B x", "\n", "\r\n--B\r\r", "\n--B-"] {
            let content = Array(repeatElement(Array(pattern.utf8), count: 200_000).joined())
            for sizes in [[1 << 20], [7]] {
                let parts = try read(head + content, cutting: sizes)
                XCTAssertEqual(parts.problem, .unfinished)
                // All but what may yet become a delimiter.
                XCTAssertGreaterThan(parts.content.count, content.count - 80, pattern.debugDescription)
            }
        }
    }
}
