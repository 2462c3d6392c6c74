// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire

@testable import ScenarioEngine

extension FaultTableTests {
    private static let one = #"data: {"a": 1}␍␊␍␊"#
    private static let two = #"data: {"a": 2}␍␊␍␊"#
    private static let three = #"data: {"a": 3, "finishReason": "STOP"}␍␊␍␊"#
    private static func head(_ type: String, _ framing: String) -> String {
        "HTTP/1.1 200 OK␍␊Connection: close␍␊Content-Type: \(type)␍␊\(framing)␍␊␍␊"
    }
    private static let chunked = head("text/event-stream", "Transfer-Encoding: chunked")
    private static let json = "application/json; charset=UTF-8"

    /// Those of the head, the framing and the connection.
    static let connection: [String: [Example]] = [
        "reset": [
            Example(becomes: ["RST"]),
            Example(options: FaultOptions(after: .events(1)), becomes: [chunked, one.chunk, "RST"]),
            Example(options: FaultOptions(after: .events(0)), becomes: [chunked, "RST"]),
            Example(
                options: FaultOptions(after: .events(9)),
                becomes: [chunked, one.chunk, two.chunk, three.chunk, "RST"]),
            Example(
                options: FaultOptions(after: .bytes(20)), becomes: [chunked, one.chunk, "da".chunk, "RST"]),
            Example(
                plan: .single, options: FaultOptions(after: .bytes(3)),
                becomes: [head(json, "Content-Length: 29"), "{␊ ", "RST"]),
        ],
        "empty-reply": [Example(becomes: [])],
        "truncate": [
            Example(becomes: [chunked, one.chunk, two.chunk, "dat".chunk, "FIN"]),
            Example(
                options: FaultOptions(after: .events(2)), becomes: [chunked, one.chunk, two.chunk, "FIN"]),
            Example(
                plan: .single,
                becomes: [head(json, "Content-Length: 29"), "{␊  \"finishRea", "FIN"]),
        ],
        "truncated-chunk": [
            Example(becomes: [chunked, "12␍␊data: {\"a"]),
            Example(
                options: FaultOptions(after: .events(1)),
                becomes: [chunked, "12␍␊\(one)␍␊", "12␍␊data: {\"a"]),
            Example(
                plan: .single,
                becomes: [head(json, "Transfer-Encoding: chunked"), "1D␍␊{␊  \"finishRea"]),
        ],
        "wrong-content-length": [
            Example(plan: .single, becomes: [head(json, "Content-Length: 39"), single]),
            Example(
                plan: .single, options: FaultOptions(by: -20),
                becomes: [head(json, "Content-Length: 9"), single]),
            Example(
                options: FaultOptions(by: 1),
                becomes: [head("text/event-stream", "Content-Length: 79"), one, two, three]),
        ],
        "bad-chunk-size": [
            Example(
                becomes: [
                    chunked, "zz␍␊\(one)␍␊", "12␍␊\(two)␍␊", "2A␍␊\(three)␍␊", "0␍␊␍␊",
                ]),
            Example(
                options: FaultOptions(after: .events(2)),
                becomes: [
                    chunked, "12␍␊\(one)␍␊", "12␍␊\(two)␍␊", "zz␍␊\(three)␍␊", "0␍␊␍␊",
                ]),
        ],
        "broken-gzip": [
            Example(
                plan: .single,
                becomes: [
                    "1F8B08000000000000FF" + "011D00E2FF"
                        + "7B0A20202266696E697368526561"
                ]),
            Example(
                plan: .single, options: FaultOptions(form: "flipped"),
                becomes: [
                    "1F8B08000000000000FF" + "011D001DFF"
                        + "7B0A20202266696E697368526561736F6E223A202253544F50220A7D0A" + "460CE94F"
                        + "1D000000"
                ]),
        ],
        "html-page": [
            Example(becomes: ["502", page("502", ErrorPages.edge)]),
            Example(
                options: FaultOptions(error: NamedError(name: "gateway-timeout", message: "Slow.")),
                becomes: ["504", page("504", "Slow.")]),
        ],
        "hang-before-head": [
            Example(becomes: ["wait 86400000.0 seconds"]),
            Example(options: FaultOptions(duration: .seconds(3)), becomes: ["wait 3.0 seconds"]),
        ],
        "hang-mid-body": [
            Example(
                options: FaultOptions(after: .events(1), duration: .seconds(3)),
                becomes: [chunked, one.chunk, "wait 3.0 seconds", "FIN"]),
            Example(becomes: [chunked, one.chunk, two.chunk, "dat".chunk, "wait 86400000.0 seconds", "FIN"]),
        ],
        "retry-after": [
            Example(becomes: [one, two, three]),
            Example(
                plan: .unavailable, options: FaultOptions(duration: .milliseconds(1500)), becomes: ["503"]),
        ],
        "missing-header": [
            Example(options: FaultOptions(text: "content-type"), becomes: [one, two, three])
        ],
        "redirect": [
            Example(becomes: ["302", moved("302", "https://redirected.invalid/")]),
            Example(
                options: FaultOptions(status: 307, location: "http://127.0.0.1:9/"),
                becomes: ["307", moved("307", "http://127.0.0.1:9/")]),
        ],
    ]

    private static let single = "{␊  \"finishReason\": \"STOP\"␊}␊"

    private enum ErrorPages {
        static let edge =
            "The server encountered a temporary error and could not complete your request.  "
            + "Please try again in 30 seconds."
    }

    private static func page(_ status: String, _ sentence: String) -> String {
        "<!DOCTYPE html>␊<html lang=en>␊<meta charset=utf-8>␊<title>Error \(status) (Server Error)!!1</title>␊"
            + "<p>\(sentence)␊"
    }

    private static func moved(_ status: String, _ location: String) -> String {
        "<HTML><HEAD><meta http-equiv=\"content-type\" content=\"text/html;charset=utf-8\">␊"
            + "<TITLE>\(status) Moved</TITLE></HEAD><BODY>␊<H1>\(status) Moved</H1>␊The document has moved␊"
            + "<A HREF=\"\(location)\">here</A>.␍␊</BODY></HTML>␍␊"
    }
}

extension String {
    /// The text, whose line ends can be seen, as a chunk.
    fileprivate var chunk: String {
        "\(String(unicodeScalars.count, radix: 16, uppercase: true))␍␊\(self)␍␊"
    }
}
