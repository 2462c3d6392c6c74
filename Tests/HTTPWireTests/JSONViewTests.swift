// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import HTTPWire

final class JSONViewTests: XCTestCase {
    func test_kind_isThatOfTheText() throws {
        let cases: [(String, JSONView.Kind)] = [
            ("null", .null), ("true", .bool), ("false", .bool), ("1", .number), ("'a'", .string),
            ("[]", .array), ("{}", .object),
        ]
        for (text, kind) in cases { XCTAssertEqual(try parsed(text).kind, kind, text) }
    }

    func test_accessors_areNilForOtherKinds() throws {
        let view = try parsed("{\"a\":1}")
        XCTAssertNil(view.bool)
        XCTAssertNil(view.string)
        XCTAssertNil(view.numberText)
        XCTAssertNil(view.double)
        XCTAssertNil(view.int)
        XCTAssertNil(view.withStringBytes { $0.count })
        XCTAssertEqual(view.rawStringLength, 0)
        XCTAssertFalse(view.isNull)
        XCTAssertEqual(view.elements.map { $0.kind }, [])
        XCTAssertNil(try parsed("[1]")["a"])
        XCTAssertEqual(try parsed("[1]").members.map { $0.name }, [])
        XCTAssertNil(try parsed("\"1\"").int)
    }

    func test_bool_isTheTruthValue() throws {
        XCTAssertEqual(try parsed("true").bool, true)
        XCTAssertEqual(try parsed("false").bool, false)
        XCTAssertTrue(try parsed("null").isNull)
    }

    func test_source_isTheTextAsItWasSent() throws {
        let document = try parsed(" { 'a' : \"b\\n\" , c : [ 1.50 , true ] } ")
        XCTAssertEqual(text(document.source), "{ 'a' : \"b\\n\" , c : [ 1.50 , true ] }")
        XCTAssertEqual(document["a"].map { text($0.source) }, "\"b\\n\"")
        XCTAssertEqual(document["c"].map { text($0.source) }, "[ 1.50 , true ]")
        XCTAssertEqual(document["c"]?.elements.map { text($0.source) }, ["1.50", "true"])
    }

    func test_string_resolvesEscapes() throws {
        XCTAssertEqual(try parsed(#""a\n\u00e9\q""#).string, "a\néq")
        XCTAssertEqual(try parsed("''").string, "")
        XCTAssertEqual(try parsed("\"é😀\"").string, "é😀")
    }

    func test_withStringBytes_givesTheBytesOfTheString() throws {
        XCTAssertEqual(try parsed("\"é\"").withStringBytes { Array($0) }, [0xC3, 0xA9])
        XCTAssertEqual(try parsed(#""\u00e9\/""#).withStringBytes { Array($0) }, [0xC3, 0xA9, 0x2F])
        XCTAssertEqual(try parsed("\"\"").withStringBytes { $0.count }, 0)
    }

    func test_rawStringLength_countsBytesBetweenTheQuotes() throws {
        XCTAssertEqual(try parsed(#""a\n\u00e9é""#).rawStringLength, 11)
        XCTAssertEqual(try parsed("1").rawStringLength, 0)
    }

    func test_numberText_keepsTheSpelling() throws {
        for digits in ["1.50", "-0", "1E+2", "123456789012345678901234567890"] {
            XCTAssertEqual(try parsed(digits).numberText, digits)
        }
    }

    func test_int_readsWholeNumbersInAnySpelling() throws {
        let cases: [(String, Int?)] = [
            ("3", 3), ("3.0", 3), ("3e0", 3), ("30e-1", 3), ("-0", 0), ("0.3e1", 3), ("3.5", nil),
            ("1e3", 1000), ("3.", 3),
            ("9223372036854775807", .max), ("-9223372036854775808", .min), ("9223372036854775808", nil),
            ("1e300", nil),
        ]
        for (digits, value) in cases { XCTAssertEqual(try parsed(digits).int, value, digits) }
    }

    func test_double_readsWhatTheGrammarTakes() throws {
        let cases: [(String, Double)] = [
            ("0.95", 0.95), ("1.", 1), ("-.5", -0.5), ("01.5", 1.5), ("1e-999", 0),
            ("18446744073709551615", 0x1p64), ("-1E+2", -100),
        ]
        for (digits, value) in cases { XCTAssertEqual(try parsed(digits).double, value, digits) }
    }

    func test_elements_areInOrder() throws {
        XCTAssertEqual(
            try parsed("[1,[2,[3]],{a:4},5]").elements.map { rewritten($0) },
            ["1", "[2,[3]]", #"{"a":4}"#, "5"])
        XCTAssertEqual(try parsed("[]").elements.map { rewritten($0) }, [])
    }

    func test_members_areInOrderWithRepeats() throws {
        let members = try parsed("{b:[1,{c:2}],a:{},b:3}").members.map { "\($0.name)=\(rewritten($0.value))" }
        XCTAssertEqual(members, [#"b=[1,{"c":2}]"#, "a={}", "b=3"])
    }

    func test_memberName_hasItsEscapesResolved() throws {
        let member = try XCTUnwrap(try parsed(#"{"\u0061\n":1}"#).members.first { _ in true })
        XCTAssertEqual(member.name, "a\n")
        XCTAssertTrue(member.isNamed("a\n"))
        XCTAssertFalse(member.isNamed(#"\u0061\n"#))
        XCTAssertEqual(member.withNameBytes { Array($0) }, [0x61, 0x0A])
    }

    func test_subscript_findsTheLastMemberOfThatName() throws {
        let view = try parsed(#"{"a":1,"b":{"a":2},"\u0061":3,"ab":4}"#)
        XCTAssertEqual(view["a"]?.int, 3)
        XCTAssertEqual(view["b"]?["a"]?.int, 2)
        XCTAssertNil(view["c"])
        XCTAssertNil(view[""])
    }

    func test_subscript_comparesBytesNotCharacters() throws {
        let view = try parsed("{\"e\u{301}\":1}")
        XCTAssertNil(view["\u{E9}"])
        XCTAssertEqual(view["e\u{301}"]?.int, 1)
    }

    func test_lastValue_givesNamesWithEscapesResolved() throws {
        var names: [String] = []
        let found = try parsed(#"{"\u0061":1,"b":{"c":2}}"#).lastValue { name in
            names.append(text(name))
            return true
        }
        XCTAssertEqual(names, ["a", "b"])
        XCTAssertEqual(found.map { rewritten($0) }, #"{"c":2}"#)
        XCTAssertNil(try parsed("[1]").lastValue { _ in true }.map { rewritten($0) })
    }

    func test_view_keepsTheTextAlive() throws {
        let view = try XCTUnwrap(try parsed("{a:['b']}")["a"]?.elements.first { _ in true })
        XCTAssertEqual(view.string, "b")
    }
}
