// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPWire
import RecordReplay
import XCTest

/// Exchanges to test with: some by hand, any number by chance.
enum Samples {
    static let jsonType = HTTPFields.Field("Content-Type", "application/json; charset=UTF-8")
    static let eventType = HTTPFields.Field("Content-Type", "text/event-stream")

    static func exchange(
        request: String = "", _ fields: [HTTPFields.Field] = [jsonType],
        answer: [UInt8] = [], writes: [RecordedAnswer.Write] = []
    ) -> RecordedExchange {
        RecordedExchange(
            request: RecordedRequest(
                method: "POST", target: "/v1beta/models/gemini-2.5-flash:generateContent",
                fields: [jsonType], body: RecordedBody(Array(request.utf8))),
            answer: RecordedAnswer(status: 200, fields: fields, body: RecordedBody(answer), writes: writes))
    }

    static func events(_ texts: String...) -> [UInt8] {
        texts.flatMap { Array("data: {\"text\": \"\($0)\"}\r\n\r\n".utf8) }
    }

    /// No file may get longer: writing fails as it does on a full disk.
    static func withFileLimit(_ bytes: UInt64, _ body: () throws -> Void) throws {
        #if canImport(Glibc)
            let fileSize = __rlimit_resource_t(RLIMIT_FSIZE.rawValue)
        #else
            let fileSize = RLIMIT_FSIZE
        #endif
        signal(SIGXFSZ, SIG_IGN)
        var old = rlimit()
        getrlimit(fileSize, &old)
        var new = old
        new.rlim_cur = rlim_t(bytes)
        setrlimit(fileSize, &new)
        defer {
            setrlimit(fileSize, &old)
            signal(SIGXFSZ, SIG_DFL)
        }
        try body()
    }

    /// A folder of its own, removed when the test ends.
    static func folder(_ test: XCTestCase) -> RecordingFolder {
        let path = FileManager.default.temporaryDirectory.path + "/recording-\(UUID().uuidString)/sample"
        test.addTeardownBlock {
            try? FileManager.default.removeItem(atPath: (path as NSString).deletingLastPathComponent)
        }
        return RecordingFolder(path)
    }
}

/// Bytes by chance, the same in each run.
struct Dice: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }

    mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

    mutating func isOneIn(_ count: Int) -> Bool { below(count) == 0 }

    mutating func one<Element>(of elements: [Element]) -> Element { elements[below(elements.count)] }

    // MARK: - JSON

    mutating func json(depth: Int = 0) -> String {
        switch below(depth > 4 ? 4 : 6) {
        case 0: one(of: ["1", "1.0", "-0", "1e3", "1E+2", "0.10", "123456789012345678901234567890"])
        case 1: one(of: ["true", "false", "null"])
        case 2, 3: string()
        case 4: "[" + (0..<below(4)).map { _ in json(depth: depth + 1) }.joined(separator: ",") + "]"
        default:
            "{"
                + (0..<below(4)).map { _ in "\(string()):\(json(depth: depth + 1))" }.joined(separator: ",")
                + "}"
        }
    }

    private mutating func string() -> String {
        let pieces = [
            "a", "text", "ü", "\\u00fc", "\\n", "\\/", "\\\"", "<", "\\ud83d\\ude00", " ", "日本", "😀", "{",
            "]",
        ]
        return "\"" + (0..<below(6)).map { _ in one(of: pieces) }.joined() + "\""
    }

    mutating func laidOut() -> String {
        let styles: [(String, String)] = [(",", ":"), (", ", ": "), (",", ": "), (", ", ":"), (" , ", ":")]
        let (comma, colon) = one(of: styles)
        var (out, isInString) = ("", false)
        for character in json() {
            if character == "\"", !out.hasSuffix("\\") { isInString.toggle() }
            switch character {
            case "," where !isInString: out += comma
            case ":" where !isInString: out += colon
            default: out.append(character)
            }
        }
        return out + one(of: ["", "", "\n", "\r\n", " "])
    }

    // MARK: - Bodies

    mutating func bytes(below bound: Int) -> [UInt8] { (0..<below(bound)).map { _ in UInt8(below(256)) } }

    mutating func body() -> [UInt8] {
        switch below(8) {
        case 0: []
        case 1: bytes(below: 600)
        case 2: [UInt8](String(repeating: "lorem ipsum \u{2028}\u{feff}\u{7f}\n", count: below(40)).utf8)
        case 3: Array(String(repeating: laidOut(), count: 3).utf8)
        case 4: Array("[\(json())\n,\r\n{\"a\":1}\n]".utf8)
        case 5: events()
        case 6: Array((0..<(16_000 + below(2000))).map { _ in UInt8(0x20 + below(90)) })
        default: Array(laidOut().utf8)
        }
    }

    mutating func events() -> [UInt8] {
        let end = one(of: ["\n", "\r\n"])
        var text = ""
        for _ in 0..<below(6) {
            switch below(8) {
            case 0: text += ": keep-alive" + end + end
            case 1: text += "event: step" + end + "data: " + json() + end + end
            case 2: text += "data:" + json() + end + end
            case 3: text += "id: 3" + end + "data: [DONE]" + end + end
            case 4: text += "data: a" + end + "data: b" + end + end
            case 5: text += "data: \(json())\n\r\n" + end
            case 6: text += "data: " + laidOut() + end + end + end
            default: text += "data: " + json() + end + end
            }
        }
        var bytes = Array(text.utf8)
        if isOneIn(4) { bytes.removeLast(below(min(20, bytes.count + 1))) }
        if isOneIn(9) { bytes.append(0xE2) }
        return bytes
    }

    mutating func writes(of count: Int) -> [RecordedAnswer.Write] {
        if isOneIn(3) { return [] }
        var (writes, left, time): ([RecordedAnswer.Write], Int, Int) = ([], count, 0)
        while left > 0 {
            let size = min(left, 1 + below(max(1, one(of: [3, 40, count]))))
            time += below(20_000)
            writes.append(RecordedAnswer.Write(at: time, count: size))
            left -= size
        }
        if isOneIn(10) { writes.append(RecordedAnswer.Write(at: time, count: 0)) }
        if isOneIn(10) { writes.append(RecordedAnswer.Write(at: 0, count: 7)) }
        return writes
    }

    mutating func exchange() -> RecordedExchange {
        let fields = (0..<below(5)).map { _ in
            HTTPFields.Field(
                one(of: ["Content-Type", "content-type", "X-A", "!#$%&'*+-.^_`|~", "a", "Vary"]),
                one(of: [
                    "text/event-stream", "application/json", "", " x ", "a: b", "ü\u{1}\"", "gzip",
                    "text/event-stream",
                ]))
        }
        let body =
            isOneIn(12)
            ? RecordedBody(leftOut: below(99), sha256: String(repeating: "a", count: 64))
            : RecordedBody(body())
        return RecordedExchange(
            request: RecordedRequest(
                method: one(of: ["GET", "POST", "*"]), target: one(of: ["/a?b=c", "/", "*", "/ü\"\\"]),
                fields: fields,
                body: RecordedBody(self.body())),
            answer: RecordedAnswer(
                status: 200 + below(400), fields: fields + [one(of: [Samples.eventType, Samples.jsonType])],
                framing: one(of: [.length, .chunked, .close]), body: body, writes: writes(of: body.length),
                ending: one(of: [.complete, .complete, .truncated, .reset])))
    }
}

/// A 200 with that body.
func makeAnswer(
    _ body: String, type: String = "application/json", _ fields: [(String, String)] = []
) -> RecordedAnswer {
    RecordedAnswer(
        status: 200, fields: ([("Content-Type", type)] + fields).map { HTTPFields.Field($0.0, $0.1) },
        body: RecordedBody(Array(body.utf8)))
}
