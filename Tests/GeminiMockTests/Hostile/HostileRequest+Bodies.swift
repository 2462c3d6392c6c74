// SPDX-License-Identifier: Apache-2.0

import Foundation

extension HostileRequest {
    static let lengths = [
        HostileRequest("two equal lengths", post("Content-Length: 39\r\nContent-Length: 39\r\n"), .refused),
        HostileRequest("two lengths", post("Content-Length: 3\r\nContent-Length: 39\r\n"), .refused),
        HostileRequest("a list of lengths", post("Content-Length: 39, 39\r\n"), .libraryTwice(400)),
        HostileRequest(
            "length and coding", post("Content-Length: 39\r\nTransfer-Encoding: chunked\r\n"), .refused),
        HostileRequest(
            "coding and length", post("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n"), .refused),
        HostileRequest("a blank before the length's colon", post("Content-Length : 39\r\n"), .refused),
        HostileRequest("a tab before the length's colon", post("Content-Length\t: 39\r\n"), .refused),
        HostileRequest("a length in words", post("Content-Length: many\r\n"), .libraryTwice(400)),
        HostileRequest("no length behind the name", post("Content-Length:\r\n"), .libraryTwice(400)),
        HostileRequest("a negative length", post("Content-Length: -1\r\n"), .libraryTwice(400)),
        HostileRequest("a length with a plus", post("Content-Length: +39\r\n"), .libraryTwice(400)),
        HostileRequest("a length in sixteens", post("Content-Length: 0x27\r\n"), .libraryTwice(400)),
        HostileRequest("a blank in a length", post("Content-Length: 3 9\r\n"), .libraryTwice(400)),
        HostileRequest("a blank behind a length", post("Content-Length: 39 \r\n"), .libraryTwice(400)),
        HostileRequest("a fraction as length", post("Content-Length: 39.0\r\n"), .libraryTwice(400)),
        HostileRequest(
            "a length over 2^64", post("Content-Length: 99999999999999999999999\r\n"), .libraryTwice(413)),
        // To the library the largest number means that no length is known.
        HostileRequest("a length of 2^64-1", post("Content-Length: 18446744073709551615\r\n"), .refused),
        HostileRequest("a length of 2^63", post("Content-Length: 9223372036854775808\r\n"), .refused),
        HostileRequest("zeros before a length", post("Content-Length: 00000039\r\n"), .served([200])),
        HostileRequest("a body for GET", get("Content-Length: 5\r\n").body("hello"), .served([400])),
        HostileRequest(
            "another request as body", post("Content-Length: \(next.utf8.count)\r\n", next), .served([400])),
        HostileRequest("a body that is too short for its length", post("Content-Length: 500\r\n"), .waits),
        HostileRequest(
            "more than its length", post("Content-Length: 39\r\n", body + "garbage\r\n\r\n"),
            .servedAndClosed([200])),
        HostileRequest(
            "a length that is too small", post("Content-Length: 5\r\n"), .servedAndClosed([400, 400])),
        HostileRequest(
            "a line end behind the body", post("Content-Length: 39\r\n", body + "\r\n"), .served([200])),
        HostileRequest(
            "an underscore in the coding's name",
            post("Transfer_Encoding: chunked\r\nContent-Length: 39\r\n"), .served([200])),
    ]

    static let codings = [
        HostileRequest(
            "chunked twice", post("Transfer-Encoding: chunked, chunked\r\n", "0\r\n\r\n"), .refused),
        HostileRequest(
            "chunked in two fields",
            post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), .refused),
        HostileRequest(
            "gzip before chunked", post("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"), .refused),
        HostileRequest(
            "chunked before identity", post("Transfer-Encoding: chunked, identity\r\n", "0\r\n\r\n"), .refused
        ),
        HostileRequest("identity", post("Transfer-Encoding: identity\r\n"), .refused),
        HostileRequest("an unknown coding", post("Transfer-Encoding: cow\r\n"), .refused),
        HostileRequest("no coding behind the name", post("Transfer-Encoding:\r\n"), .refused),
        HostileRequest(
            "a coding in quotes", post("Transfer-Encoding: \"chunked\"\r\n", "0\r\n\r\n"), .refused),
        HostileRequest(
            "a vertical tab before the coding", post("Transfer-Encoding: \u{B}chunked\r\n", "0\r\n\r\n"),
            .refused),
        HostileRequest(
            "a blank behind the coding", post("Transfer-Encoding: chunked \r\n", "0\r\n\r\n"), .refused),
        HostileRequest(
            "a parameter of the coding", post("Transfer-Encoding: chunked;q=1\r\n", "0\r\n\r\n"), .refused),
        HostileRequest(
            "a blank before the coding's colon", post("Transfer-Encoding : chunked\r\n", "0\r\n\r\n"),
            .refused),
        HostileRequest(
            "the coding in capitals", post("TRANSFER-ENCODING: CHUNKED\r\n", "27\r\n\(body)\r\n0\r\n\r\n"),
            .served([200])),
        HostileRequest(
            "a tab before the coding", post("Transfer-Encoding:\tchunked\r\n", "27\r\n\(body)\r\n0\r\n\r\n"),
            .served([200])),
        HostileRequest(
            "chunks in HTTP/1.0", post("Transfer-Encoding: chunked\r\n", "0\r\n\r\n").asOldVersion, .refused),
    ]

    static let chunks = [
        HostileRequest("an extension", chunked("27;a=\"b\"\r\n\(body)\r\n0;c\r\n\r\n"), .served([200])),
        HostileRequest(
            "a long extension", chunked("27;\(long(50_000))\r\n\(body)\r\n0\r\n\r\n"), .library(500)),
        HostileRequest(
            "zeros before a size", chunked("\(String(repeating: "0", count: 30))27\r\n\(body)\r\n0\r\n\r\n"),
            .served([200])),
        HostileRequest(
            "a size in capitals",
            chunked("A\r\n\(body.prefix(10))\r\n1D\r\n\(body.dropFirst(10))\r\n0\r\n\r\n"), .served([200])),
        HostileRequest("a size of 2^64-1", chunked("ffffffffffffffff\r\n\(body)"), .waits),
        HostileRequest("a size over 2^64", chunked("fffffffffffffffff\r\n\(body)"), .library(413)),
        HostileRequest("a negative size", chunked("-1\r\n\(body)\r\n0\r\n\r\n"), .library(400)),
        HostileRequest("a size with a plus", chunked("+27\r\n\(body)\r\n0\r\n\r\n"), .library(400)),
        HostileRequest("a size with 0x", chunked("0x27\r\n\(body)\r\n0\r\n\r\n"), .library(400)),
        HostileRequest("a blank before a size", chunked(" 27\r\n\(body)\r\n0\r\n\r\n"), .library(400)),
        HostileRequest("a blank behind a size", chunked("27 \r\n\(body)\r\n0\r\n\r\n"), .library(400)),
        HostileRequest("no size", chunked("\r\n\(body)\r\n0\r\n\r\n"), .library(400)),
        HostileRequest("a size in words", chunked("many\r\n\(body)\r\n0\r\n\r\n"), .library(400)),
        HostileRequest("a NUL behind a size", chunked("27\0\r\n\(body)\r\n0\r\n\r\n"), .library(400)),
        HostileRequest("a size that is too small", chunked("5\r\n\(body)\r\n0\r\n\r\n"), .library(400)),
        HostileRequest("no line end behind a chunk", chunked("27\r\n\(body)0\r\n\r\n"), .library(400)),
        HostileRequest(
            "carriage returns for line ends of chunks", chunked("27\r\(body)\r0\r\r"), .library(400)),
        HostileRequest("line feeds for line ends of chunks", chunked("27\n\(body)\n0\n\n"), .served([200])),
        HostileRequest(
            "a length behind the chunks", chunked("27\r\n\(body)\r\n0\r\nContent-Length: 5\r\n\r\n"),
            .served([200])),
        HostileRequest(
            "a key behind the chunks",
            "POST \(model):countTokens HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "27\r\n\(body)\r\n0\r\nx-goog-api-key: made-up\r\n\r\n\(next)",
            .served([403])),
        HostileRequest(
            "no colon behind the chunks", chunked("27\r\n\(body)\r\n0\r\nnonsense\r\n\r\n"), .library(400)),
        HostileRequest(
            "too much behind the chunks",
            chunked("27\r\n\(body)\r\n0\r\n\(String(repeating: "A: b\r\n", count: 8000))\r\n"), .library(431)),
        HostileRequest(
            "a request in a chunk", chunked("\(String(next.utf8.count, radix: 16))\r\n\(next)\r\n0\r\n\r\n"),
            .served([400])),
        HostileRequest(
            "no last chunk", post("Transfer-Encoding: chunked\r\n", "27\r\n\(body)\r\n", next: ""), .waits),
    ]
}

extension String {
    /// `text` before the request that follows.
    fileprivate func body(_ text: String) -> String {
        String(dropLast(HostileRequest.next.count)) + text + HostileRequest.next
    }

    fileprivate var asOldVersion: String {
        let version = " HTTP/1.1\r\n"
        guard let end = range(of: version) else { return self }
        return replacingCharacters(in: end, with: " HTTP/1.0\r\n")
    }
}
