// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import HTTPWire

final class RequestTargetTests: XCTestCase {
    private func item(_ name: String, _ value: String) -> RequestTarget.QueryItem {
        RequestTarget.QueryItem(name, value)
    }

    func test_originForm_isSplit() {
        let target = RequestTarget("/v1beta/models/m:generateContent?key=k&alt=sse")
        XCTAssertEqual(target.raw, "/v1beta/models/m:generateContent?key=k&alt=sse")
        XCTAssertEqual(target.path, "/v1beta/models/m:generateContent")
        XCTAssertEqual(target.segments, ["v1beta", "models", "m:generateContent"])
        XCTAssertEqual(target.query, [item("key", "k"), item("alt", "sse")])
    }

    func test_tenantsPrefix_isNoPartOfTheSegments() {
        for (raw, tenant, segments) in [
            ("/t/a/v1/models?k=/t/b/c", "a", ["v1", "models"]), ("/t/a/", "a", [""]), ("/t//v1", "", ["v1"]),
            ("http://h/t/a/v1", "a", ["v1"]), ("/t/a%2Fb/v1", "a/b", ["v1"]),
            ("/t/a/t/b/v1", "a", ["t", "b", "v1"]),
            ("/t/a", nil, ["t", "a"]), ("/t", nil, ["t"]), ("/T/a/v1", nil, ["T", "a", "v1"]),
            ("/v1/t/a", nil, ["v1", "t", "a"]),
        ] as [(String, String?, [String])] {
            let target = RequestTarget(raw)
            XCTAssertEqual(target.tenant, tenant, raw)
            XCTAssertEqual(target.segments, segments, raw)
            XCTAssertEqual(target.raw, raw)
        }
        XCTAssertEqual(RequestTarget("/t/a/v1?b=c").path, "/t/a/v1")
    }

    func test_absoluteForm_losesSchemeAndHost() {
        for raw in ["http://host/v1/models?a=b", "HTTPS://user@host:8080/v1/models?a=b"] {
            let target = RequestTarget(raw)
            XCTAssertEqual(target.raw, raw)
            XCTAssertEqual(target.path, "/v1/models")
            XCTAssertEqual(target.segments, ["v1", "models"])
            XCTAssertEqual(target.query, [item("a", "b")])
        }
    }

    func test_authority_isThatOfAnAbsoluteForm() {
        XCTAssertNil(RequestTarget("/v1/models").authority)
        XCTAssertNil(RequestTarget("/http://host/").authority)
        XCTAssertEqual(RequestTarget("http://host").authority, "host")
        XCTAssertEqual(RequestTarget("http://host:80?x").authority, "host:80")
        XCTAssertEqual(RequestTarget("HTTPS://user@[::1]:8080/v1").authority, "user@[::1]:8080")
        XCTAssertEqual(RequestTarget("http:///v1").authority, "")
    }

    func test_absoluteForm_mayHaveNoPath() {
        XCTAssertEqual(RequestTarget("http://host").segments, [])
        XCTAssertEqual(RequestTarget("http://host").query, [])
        XCTAssertEqual(RequestTarget("http://host/").segments, [""])
        XCTAssertEqual(RequestTarget("http://host?a=b/c").query, [item("a", "b/c")])
        XCTAssertEqual(RequestTarget("http://host?a=b/c").segments, [])
    }

    func test_absoluteForm_isOnlyWhatBeginsWithScheme() {
        XCTAssertEqual(RequestTarget("/a://b/c").segments, ["a:", "", "b", "c"])
        XCTAssertEqual(RequestTarget("/a?u=http://h/p").query, [item("u", "http://h/p")])
        XCTAssertEqual(RequestTarget("?u=http://h/p").query, [item("u", "http://h/p")])
        XCTAssertEqual(RequestTarget("://h/p").path, "://h/p")
    }

    func test_segments_areDecodedAfterTheyWereSplit() {
        XCTAssertEqual(RequestTarget("/a%2Fb/%63%20%C3%A9").segments, ["a/b", "c é"])
        XCTAssertEqual(RequestTarget("/%00/x").segments, ["\u{0}", "x"])
        XCTAssertEqual(RequestTarget("/a%3Fb").segments, ["a?b"])
    }

    func test_segments_keepPlus() {
        XCTAssertEqual(RequestTarget("/a+b").segments, ["a+b"])
    }

    func test_segments_keepEmptyOnes() {
        let cases: [(String, [String])] = [
            ("/", [""]), ("//", ["", ""]), ("/a//b", ["a", "", "b"]), ("/a/", ["a", ""]), ("", []), ("*", []),
        ]
        for (raw, segments) in cases { XCTAssertEqual(RequestTarget(raw).segments, segments, raw) }
    }

    func test_query_isSplitAndDecoded() {
        let cases: [(String, [RequestTarget.QueryItem])] = [
            ("/?", []), ("/?&&", []), ("/?a", [item("a", "")]), ("/?a=", [item("a", "")]),
            ("/?=b", [item("", "b")]),
            ("/?a=b=c", [item("a", "b=c")]), ("/?a&b=1&", [item("a", ""), item("b", "1")]),
            ("/?a=1&a=2", [item("a", "1"), item("a", "2")]), ("/?a+b=c+d%2B", [item("a b", "c d+")]),
            ("/?%6Bey=%26%3D", [item("key", "&=")]), ("/?a=b?c/d", [item("a", "b?c/d")]),
            ("?a=b", [item("a", "b")]),
        ]
        for (raw, items) in cases { XCTAssertEqual(RequestTarget(raw).query, items, raw) }
    }

    func test_query_mayBeAlone() {
        let target = RequestTarget("?")
        XCTAssertEqual(target.path, "")
        XCTAssertEqual(target.segments, [])
        XCTAssertEqual(target.query, [])
    }

    func test_queryValue_isThatOfTheFirstItem() {
        let target = RequestTarget("/?a=1&b&a=2")
        XCTAssertEqual(target.queryValue("a"), "1")
        XCTAssertEqual(target.queryValue("b"), "")
        XCTAssertNil(target.queryValue("A"))
    }

    func test_delimiters_areSeenBeforeCombiningMarks() {
        let target = RequestTarget("/a/\u{301}b?\u{301}c=\u{301}d&\u{301}e")
        XCTAssertEqual(target.segments, ["a", "\u{301}b"])
        XCTAssertEqual(target.query, [item("\u{301}c", "\u{301}d"), item("\u{301}e", "")])
    }

    // MARK: Percent-encoding

    func test_decode_keepsWhatIsNoEscape() {
        for text in ["", "a", "%", "%%", "a%", "%4", "%G1", "%1G", "% 41", "100%!"] {
            XCTAssertEqual(PercentEncoding.decode(text[...], plusIsBlank: false), text)
        }
    }

    func test_decode_readsBothCases() {
        XCTAssertEqual(PercentEncoding.decode("%2f%2F%41%25", plusIsBlank: false), "//A%")
        XCTAssertEqual(PercentEncoding.decode("%%41", plusIsBlank: false), "%A")
    }

    func test_decode_doesNotDecodeTwice() {
        XCTAssertEqual(PercentEncoding.decode("%2541", plusIsBlank: false), "%41")
    }

    func test_decode_makesBlanksOfPlusIfAsked() {
        XCTAssertEqual(PercentEncoding.decode("a+b%2B", plusIsBlank: true), "a b+")
        XCTAssertEqual(PercentEncoding.decode("a+b%2B", plusIsBlank: false), "a+b+")
    }

    func test_decode_repairsBadUTF8() {
        XCTAssertEqual(PercentEncoding.decode("a%FFb", plusIsBlank: false), "a\u{FFFD}b")
        XCTAssertEqual(PercentEncoding.decode("%C3%A9", plusIsBlank: false), "é")
    }
}
