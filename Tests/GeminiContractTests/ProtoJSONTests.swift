// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire
import XCTest

final class ProtoJSONTests: XCTestCase {
    func test_field_isFound_inEitherSpelling() throws {
        for json in [
            #"{"systemInstruction": 1}"#, #"{"system_instruction": 1}"#, #"{"system\u005finstruction": 1}"#,
            "{systemInstruction: 1}", "{'system_instruction': 1}",
        ] {
            XCTAssertEqual(try makeView(json).field("systemInstruction")?.int, 1, json)
        }
    }

    func test_field_isNil_inAnyOtherSpelling() throws {
        for name in [
            "system_Instruction", "systeminstruction", "SystemInstruction", "system-instruction",
            "systemInstruction ",
            "system_instructio", "system_instructions", "_system_instruction", "",
        ] {
            XCTAssertNil(try makeView(#"{"\#(name)": 1}"#).field("systemInstruction"), name)
        }
    }

    func test_field_splitsBeforeEachCapital() throws {
        XCTAssertNotNil(try makeView(#"{"parameters_json_schema": 1}"#).field("parametersJsonSchema"))
        XCTAssertNotNil(try makeView(#"{"_response_json_schema": 1}"#).field("_responseJsonSchema"))
        XCTAssertNotNil(try makeView(#"{"_responseJsonSchema": 1}"#).field("_responseJsonSchema"))
    }

    func test_field_isNil_whenNull() throws {
        XCTAssertNil(try makeView(#"{"topK": null}"#).field("topK"))
        XCTAssertNil(try makeView(#"{"topK": 1, "topK": null}"#).field("topK"), "the last one counts")
    }

    func test_field_isLast_whenSentTwice() throws {
        XCTAssertEqual(try makeView(#"{"topK": 1, "top_k": 2}"#).field("topK")?.int, 2)
        XCTAssertEqual(try makeView(#"{"top_k": 1, "topK": 2}"#).field("topK")?.int, 2)
    }

    func test_field_isNil_whenNoObject() throws {
        for json in ["[]", "1", #""topK""#, "null", "true", #"["topK", 1]"#] {
            XCTAssertNil(try makeView(json).field("topK"), json)
        }
    }

    func test_list_takesBareElementForListOfOne() throws {
        for (json, count) in [
            (#"{"parts": [1, 2, 3]}"#, 3), (#"{"parts": []}"#, 0), (#"{"parts": {"text": "a"}}"#, 1),
            (#"{"parts": "a"}"#, 1), (#"{"parts": null}"#, 0), ("{}", 0), (#"{"parts": [[1, 2]]}"#, 1),
        ] {
            XCTAssertEqual(try makeView(json).list("parts").count, count, json)
        }
    }

    func test_protoInt_takesNumbersAndStrings() throws {
        for (json, value) in [
            ("5", 5), (#""5""#, 5), ("-5", -5), (#""-5""#, -5), ("5.0", 5), ("5e0", 5), ("5.5", nil),
            (#""5.5""#, nil),
            (#""""#, nil), (#""five""#, nil), ("true", nil), ("null", nil), ("[5]", nil), ("1e300", nil),
            ("9223372036854775807", Int.max), (#""9223372036854775808""#, nil),
        ] as [(String, Int?)] {
            XCTAssertEqual(try makeView(json).protoInt, value, json)
        }
    }

    func test_protoDouble_takesNumbersAndStrings() throws {
        for (json, value) in [
            ("0.5", 0.5), (#""0.5""#, 0.5), ("1", 1), (#""1e-3""#, 0.001), (#""Infinity""#, .infinity),
            (#""-Infinity""#, -.infinity), (#""half""#, nil), ("true", nil), ("{}", nil),
        ] as [(String, Double?)] {
            XCTAssertEqual(try makeView(json).protoDouble, value, json)
        }
        XCTAssertEqual(try makeView(#""NaN""#).protoDouble?.isNaN, true)
    }
}
