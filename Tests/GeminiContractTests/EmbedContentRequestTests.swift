// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire
import XCTest

final class EmbedContentRequestTests: XCTestCase {
    private let content = #""content": {"parts": [{"text": "a"}, {"text": "b"}]}"#

    func test_init_readsContentAndDimensions() throws {
        for name in ["outputDimensionality", "output_dimensionality"] {
            let request = try EmbedContentRequest(makeView(#"{\#(content), "\#(name)": 256}"#))
            XCTAssertEqual(request.content.text, "ab")
            XCTAssertEqual(request.outputDimensionality, 256)
        }
        XCTAssertNil(try EmbedContentRequest(makeView("{\(content)}")).outputDimensionality)
    }

    func test_init_refuses_whatCanNotBeUsed() {
        for (json, message) in [
            ("{}", "* EmbedContentRequest.content: contents is not specified\n"),
            (#"{"content": null}"#, "* EmbedContentRequest.content: contents is not specified\n"),
            (#"{"content": {}}"#, "* EmbedContentRequest.content.parts: contents.parts must not be empty.\n"),
            (
                #"{"content": {"parts": [{}]}}"#,
                "* EmbedContentRequest.content.parts[0].data: "
                    + "required oneof field 'data' must have one initialized field\n"
            ),
            (
                #"{"content": {"parts": [{"inlineData": {"data": "!"}}]}}"#,
                "Invalid value at 'content.parts[0].inline_data.data' (TYPE_BYTES), "
                    + "Base64 decoding failed for \"!\""
            ),
        ] {
            XCTAssertEqual(refusal { try EmbedContentRequest(makeView(json)) }?.message, message, json)
        }
    }

    func test_batch_readsAll_inOrder() throws {
        let batch = try EmbedContentRequest.batch(
            makeView(
                #"""
                {"requests": [{"model": "models/x", "content": {"parts": {"text": "a"}}},
                {"content": {"parts": {"text": "b"}}, "outputDimensionality": "8"}]}
                """#
            )
        )
        XCTAssertEqual(batch.map(\.content.text), ["a", "b"])
        XCTAssertEqual(batch.map(\.outputDimensionality), [nil, 8])
        XCTAssertEqual(try EmbedContentRequest.batch(makeView(#"{"requests": {\#(content)}}"#)).count, 1)
    }

    func test_batch_refuses_whatCanNotBeUsed() {
        for (requests, message) in [
            ("[]", "* BatchEmbedContentsRequest.requests: requests is not specified\n"),
            ("null", "* BatchEmbedContentsRequest.requests: requests is not specified\n"),
            (
                "[{\(content)}, {}]",
                "* BatchEmbedContentsRequest.requests[1].content: contents is not specified\n"
            ),
            (
                #"[{\#(content)}, {"content": {"parts": []}}]"#,
                "* BatchEmbedContentsRequest.requests[1].content.parts: contents.parts must not be empty.\n"
            ),
            (
                #"[{\#(content)}, {"content": {"parts": {"inlineData": {"data": "!"}}}}]"#,
                "Invalid value at 'requests[1].content.parts[0].inline_data.data' (TYPE_BYTES), "
                    + "Base64 decoding failed for \"!\""
            ),
        ] {
            XCTAssertEqual(
                refusal { try EmbedContentRequest.batch(makeView(#"{"requests": \#(requests)}"#)) }?.message,
                message
            )
        }
    }

    func test_batch_holdsAtMostOneHundred() throws {
        let requests = { (count: Int) in
            #"{"requests": [\#(Array(repeating: "{\(self.content)}", count: count).joined(separator: ","))]}"#
        }
        XCTAssertEqual(try EmbedContentRequest.batch(makeView(requests(100))).count, 100)
        XCTAssertEqual(
            refusal { try EmbedContentRequest.batch(makeView(requests(101))) }?.message,
            "* BatchEmbedContentsRequest.requests: at most 100 requests can be in one batch\n"
        )
    }
}
