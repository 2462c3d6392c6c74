// SPDX-License-Identifier: Apache-2.0

extension HostileRequest {
    /// Line ends, folded lines, NULs, names and values of fields, sizes of heads.
    static let lines = [
        HostileRequest("a good one", get(""), .served([200])),
        HostileRequest("a folded value", get("X-A: a\r\n b\r\n"), .refused),
        HostileRequest("a folded value, by a tab", get("X-A: a\r\n\tb\r\n"), .refused),
        HostileRequest(
            "a fold before any field", line("GET \(model) HTTP/1.1", " X-A: a\r\n\(usual)"), .refused),
        HostileRequest("a folded length", post("X-A: a\r\n Content-Length: 39\r\n", ""), .refused),
        // 0.9.75 puts it together as `Content-Length: 39`.
        HostileRequest("a folded name", post("Content: 39\r\n -Length\r\n", ""), .refused),
        HostileRequest("a folded coding", post("Transfer-Encoding:\r\n chunked\r\n", "0\r\n\r\n"), .refused),
        HostileRequest("a NUL in a value", get("X-A: a\0b\r\n"), .refused),
        HostileRequest("a NUL at the end of a value", get("X-A: a\0\r\n"), .refused),
        HostileRequest("a NUL in the last value", get("X-B: b\r\nX-A: a\0bcd\r\n"), .refused),
        HostileRequest("a NUL in a length", post("Content-Length: 3\09\r\n"), .refused),
        HostileRequest("a NUL in a name", get("X\0A: a\r\n"), .library(400)),
        HostileRequest("a NUL in the target", line("GET /v1beta/models\0/a HTTP/1.1"), .refused),
        HostileRequest("a NUL in the method", line("G\0ET \(model) HTTP/1.1"), .refused),
        HostileRequest("a NUL in the version", line("GET \(model) HTTP/1.1\0"), .library(400)),
        HostileRequest("a carriage return in a value", get("X-A: a\rContent-Length: 5\r\n"), .refused),
        HostileRequest("carriage returns for line ends", get("X-A: a\rX-B: c\r\r"), .library(400)),
        HostileRequest("two carriage returns at a line's end", get("X-A: a\r\r\n"), .refused),
        HostileRequest("a carriage return in a name", get("X-A\r: a\r\n"), .refused),
        HostileRequest("a carriage return in the target", line("GET /v1beta\r/models HTTP/1.1"), .refused),
        HostileRequest("a line feed in the target", line("GET /v1beta\n/models HTTP/1.1"), .library(400)),
        // RFC 9112, 2.2 allows to take them.
        HostileRequest("line feeds alone", get("").replacingLineEnds, .served([200])),
        HostileRequest("one line feed alone", get("X-A: a\nX-B: b\r\n"), .served([200])),
        HostileRequest("no colon", get("nonsense\r\n"), .library(400)),
        HostileRequest("no name", get(": a\r\n"), .refused),
        HostileRequest("a blank in a name", get("X A: a\r\n"), .refused),
        HostileRequest("a parenthesis in a name", get("X(A): a\r\n"), .refused),
        HostileRequest("an umlaut in a name", get("X-Ä: a\r\n"), .refused),
        HostileRequest(
            "bytes over 127 in a value",
            Array("GET \(model) HTTP/1.1\r\n\(usual)X-A: ".utf8) + [0xFF, 0xFE, 0x80]
                + Array("\r\n\r\n\(next)".utf8),
            .served([200])),
        HostileRequest("control characters in a value", get("X-A: a\u{1}\u{7F}b\r\n"), .served([200])),
        HostileRequest("a blank before the colon", get("X-A : a\r\n"), .refused),
        HostileRequest("a head of 20,000 bytes", get("X-A: \(long(20_000))\r\n"), .served([200])),
        HostileRequest("a field that is too long", get("X-A: \(long(40_000))\r\n"), .library(431)),
        HostileRequest("too many fields", get(String(repeating: "X: a\r\n", count: 3000)), .library(431)),
        HostileRequest(
            "a target that is too long", line("GET \(model)/\(long(40_000)) HTTP/1.1"), .library(414)),
        HostileRequest("a method that is too long", line("\(long(40_000)) / HTTP/1.1"), .library(414)),
        HostileRequest("empty lines before it", "\r\n\r\n\(get(""))", .served([200])),
        HostileRequest(
            "a thousand empty lines before it", String(repeating: "\r\n", count: 1000) + get(""),
            .served([200])),
        HostileRequest("bytes of no meaning", "\u{1}\u{2}\u{3} nonsense\r\n\r\n", .library(400)),
    ]
}

extension String {
    fileprivate var replacingLineEnds: String {
        String(decoding: utf8.filter { $0 != 0x0D }, as: UTF8.self)
    }
}
