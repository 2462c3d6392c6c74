// SPDX-License-Identifier: Apache-2.0

import Foundation

extension HostileRequest {
    private static let key = "x-goog-api-key: made-up\r\n"

    private static func host(_ fields: String) -> String { line("GET \(model) HTTP/1.1", fields + key) }

    static let hosts = [
        HostileRequest("no host", host(""), .refused),
        HostileRequest("no host in HTTP/1.0", line("GET \(model) HTTP/1.0", key), .servedAndClosed([200])),
        HostileRequest("two hosts", host("Host: x\r\nHost: y\r\n"), .refused),
        HostileRequest("twice the same host", host("Host: x\r\nHost: x\r\n"), .refused),
        HostileRequest(
            "two hosts in HTTP/1.0", line("GET \(model) HTTP/1.0", "Host: x\r\nHost: y\r\n\(key)"), .refused),
        HostileRequest("two hosts in one field", host("Host: x, y\r\n"), .refused),
        HostileRequest("a blank in the host", host("Host: x y\r\n"), .refused),
        HostileRequest("a path in the host", host("Host: x/y\r\n"), .refused),
        HostileRequest("a user in the host", host("Host: u@x\r\n"), .refused),
        HostileRequest("an empty host", host("Host:\r\n"), .served([200])),
        HostileRequest("an address as host", host("Host: [::1]:80\r\n"), .served([200])),
    ]

    static let targets = [
        HostileRequest("no target", line("GET HTTP/1.1"), .library(400)),
        HostileRequest("a target without a slash", line("GET v1beta/models HTTP/1.1"), .served([404])),
        HostileRequest("a star", line("GET * HTTP/1.1"), .served([404])),
        HostileRequest("OPTIONS of a star", line("OPTIONS * HTTP/1.1"), .served([404])),
        HostileRequest("two slashes", line("GET /\(model) HTTP/1.1"), .served([404])),
        HostileRequest("a blank in the target", line("GET /v1beta/models a HTTP/1.1"), .refused),
        HostileRequest("two blanks before the target", line("GET  \(model) HTTP/1.1"), .refused),
        HostileRequest("two blanks behind the target", line("GET \(model)  HTTP/1.1"), .refused),
        HostileRequest("tabs for blanks", line("GET\t\(model)\tHTTP/1.1"), .closed),
        HostileRequest("a blank before the method", line(" GET \(model) HTTP/1.1"), .closed),
        HostileRequest(
            "control characters in the target", line("GET /v1beta/models/\u{1}\u{7F} HTTP/1.1"), .refused),
        HostileRequest("UTF-8 in the target", line("GET /v1beta/models/ä HTTP/1.1"), .served([404])),
        HostileRequest(
            "no UTF-8 in the target",
            Array("GET /v1beta/models/".utf8) + [0xFF, 0xFE] + Array(" HTTP/1.1\r\n\(usual)\r\n\(next)".utf8),
            .served([404])),
        HostileRequest("half a percent sign", line("GET /v1beta/models/%zz%4 HTTP/1.1"), .served([404])),
        HostileRequest("an encoded NUL", line("GET /v1beta/models/a%00b HTTP/1.1"), .served([404])),
        HostileRequest(
            "an encoded line end", line("GET /v1beta/models/a%0d%0aSet-Cookie:%20x HTTP/1.1"), .served([404])),
        HostileRequest(
            "encoded slashes", line("GET /v1beta%2Fmodels%2Fgemini-3.5-flash HTTP/1.1"), .served([404])),
        HostileRequest("a way upwards", line("GET /v1beta/models/../../etc/passwd HTTP/1.1"), .served([404])),
        HostileRequest(
            "an encoded way upwards", line("GET /v1beta/models/..%2f..%2fetc%2fpasswd HTTP/1.1"),
            .served([404])),
        HostileRequest("overlong UTF-8", line("GET /v1beta/models/%c0%ae%c0%ae/x HTTP/1.1"), .served([404])),
        HostileRequest(
            "an absolute target",
            line(
                "GET http://generativelanguage.googleapis.com\(model) HTTP/1.1",
                "Host: generativelanguage.googleapis.com\r\n\(key)"), .served([200])),
        HostileRequest("an absolute target without a path", line("GET http://x HTTP/1.1"), .served([404])),
        HostileRequest("a fragment", line("GET \(model)#a HTTP/1.1"), .served([404])),
        HostileRequest("only a query", line("GET ?key=a HTTP/1.1"), .served([404])),
    ]

    static let versions = [
        HostileRequest("HTTP/0.9", "GET \(model)\r\n", .library(400)),
        HostileRequest("HTTP/1.0", line("GET \(model) HTTP/1.0"), .servedAndClosed([200])),
        HostileRequest("HTTP/1.2", line("GET \(model) HTTP/1.2"), .served([200])),
        HostileRequest("HTTP/1.10", line("GET \(model) HTTP/1.10"), .library(400)),
        HostileRequest("HTTP/2.0", line("GET \(model) HTTP/2.0"), .library(505)),
        HostileRequest("no number", line("GET \(model) HTTP/"), .library(400)),
        HostileRequest("small letters", line("GET \(model) http/1.1"), .library(400)),
        HostileRequest("another protocol", line("GET \(model) RTSP/1.0"), .library(400)),
        HostileRequest("something behind the version", line("GET \(model) HTTP/1.1 x"), .library(400)),
        HostileRequest(
            "the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\u{4}\0\0\0\0\0", .library(505)),
        HostileRequest(
            "a way to HTTP/2",
            get(
                "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n"),
            .served([200])),
        HostileRequest(
            "a way to WebSocket",
            get("Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"), .served([200])),
        HostileRequest(
            "a hello of TLS",
            [0x16, 3, 1, 0, 200, 1, 0, 0, 196, 3, 3] + [UInt8](repeating: 0x11, count: 194), .waits),
        HostileRequest(
            "a hello of SSL 2", [0x80, 0x2E, 1, 0, 2, 0, 0x15] + [UInt8](repeating: 0, count: 41), .waits),
    ]

    static let methods = [
        HostileRequest("an unknown method", line("BREW \(model) HTTP/1.1"), .served([404])),
        HostileRequest("a method in small letters", line("get \(model) HTTP/1.1"), .served([404])),
        HostileRequest("a method that is no token", line("G{}T \(model) HTTP/1.1"), .refused),
        HostileRequest("TRACE", line("TRACE \(model) HTTP/1.1"), .served([404])),
        HostileRequest("a method of 1,000 letters", line("\(long(1000)) \(model) HTTP/1.1"), .served([404])),
        HostileRequest(
            "HEAD with a body",
            line("HEAD \(model) HTTP/1.1").replacingOccurrences(
                of: "\r\n\r\n\(next)", with: "\r\nContent-Length: 5\r\n\r\nhello\(next)"), .served([400])),
    ]

    static let expectations = [
        HostileRequest(
            "an expectation that nobody knows", post("Expect: tea\r\nContent-Length: 39\r\n"), .served([200])),
        HostileRequest(
            "the expectation twice",
            post("Expect: 100-continue\r\nExpect: 100-continue\r\nContent-Length: 39\r\n"),
            .served([100, 200])),
        HostileRequest(
            "the expectation in capitals", post("Expect: 100-CONTINUE\r\nContent-Length: 39\r\n"),
            .served([100, 200])),
        HostileRequest(
            "the expectation without a body", get("Expect: 100-continue\r\n"), .servedAndClosed([200])),
        HostileRequest(
            "the expectation and a length of 0", get("Expect: 100-continue\r\nContent-Length: 0\r\n"),
            .servedAndClosed([200])),
        HostileRequest(
            "the expectation and chunks",
            post("Expect: 100-continue\r\nTransfer-Encoding: chunked\r\n", "27\r\n\(body)\r\n0\r\n\r\n"),
            .served([100, 200])),
        HostileRequest(
            "the expectation in HTTP/1.0",
            line(
                "POST \(model):countTokens HTTP/1.0", "\(usual)Expect: 100-continue\r\nContent-Length: 39\r\n"
            ).replacingOccurrences(of: "\r\n\r\n\(next)", with: "\r\n\r\n\(body)\(next)"),
            .servedAndClosed([200])),
        HostileRequest(
            "the expectation and two lengths",
            post("Expect: 100-continue\r\nContent-Length: 39\r\nContent-Length: 39\r\n"), .refused),
    ]
}
