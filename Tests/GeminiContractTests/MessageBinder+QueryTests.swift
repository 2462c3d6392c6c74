// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire
import XCTest

final class MessageBinderQueryTests: XCTestCase {
    private func violations(_ query: String, _ message: String) -> [FieldViolation] {
        MessageBinder(package: "google.ai.generativelanguage.v1beta")
            .violations(query: RequestTarget("/?\(query)").query, of: message)
    }

    func test_violations_tellAll() {
        let unbound = "Invalid JSON payload received. Unknown name"
        let tooDeep = "Parameters can only be bound to primitive types."
        for (query, message, expected) in [
            (
                "pageSize=abc", "ListModelsRequest",
                [
                    FieldViolation(
                        field: "page_size", description: #"Invalid value at 'page_size' (TYPE_INT32), "abc""#)
                ]
            ),
            (
                "page_size=1.5", "ListFilesRequest",
                [
                    FieldViolation(
                        field: "page_size", description: #"Invalid value at 'page_size' (TYPE_INT32), "1.5""#)
                ]
            ),
            (
                "foo=1&bar", "ListModelsRequest",
                ["foo", "bar"].map {
                    FieldViolation(
                        field: nil,
                        description: "\(unbound) \"\($0)\": Cannot bind query parameter. "
                            + "Field '\($0)' could not be found in request message."
                    )
                }
            ),
            (
                "contents=hi", "GenerateContentRequest",
                [
                    FieldViolation(
                        field: nil,
                        description: "\(unbound) \"contents\": Cannot bind query parameter. "
                            + "'contents' is a message type. \(tooDeep)"
                    )
                ]
            ),
            (
                "generationConfig.topK=x", "GenerateContentRequest",
                [
                    FieldViolation(
                        field: "generation_config.top_k",
                        description: #"Invalid value at 'generation_config.top_k' (TYPE_INT32), "x""#
                    )
                ]
            ),
            (
                "generationConfig.x=1", "GenerateContentRequest",
                [
                    FieldViolation(
                        field: nil,
                        description: "\(unbound) \"generationConfig.x\": Cannot bind query parameter. "
                            + "Field 'x' could not be found in request message."
                    )
                ]
            ),
        ] {
            XCTAssertEqual(violations(query, message), expected, query)
        }
    }

    func test_violations_areNone_forWhatIsTaken() {
        for query in [
            "", "pageSize=5&pageToken=%22",
            "alt=sse&key=k&access_token=t&prettyPrint=false&fields=a&quotaUser=x",
            "$alt=json;enum-encoding=int&$.xgafv=1&callback=f&$prettyPrint=true&uploadType=media&upload_protocol=raw",
        ] {
            XCTAssertEqual(violations(query, "ListModelsRequest"), [], query)
        }
        XCTAssertEqual(violations("generationConfig.topK=5&cachedContent=x", "GenerateContentRequest"), [])
        XCTAssertEqual(violations("x=1", "Nothing"), [])
    }
}
