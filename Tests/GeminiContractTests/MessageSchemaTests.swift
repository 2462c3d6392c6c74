// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import GeminiContract

final class MessageSchemaTests: XCTestCase {
    private func field(_ name: String, of message: String, in schema: MessageSchema = .core) throws
        -> MessageSchema.Field?
    {
        let message = try XCTUnwrap(schema.message(message), message)
        var name = name
        return name.withUTF8 { schema.field($0, of: message) }.map { schema.fields[$0] }
    }

    func test_init_readsTable() throws {
        let schema = MessageSchema(
            """
            Outer: plain string, bothWords/other_words *Inner|kind, map {int32},
              colour !Colour|kind
            Inner:
            Colour = RED GREEN=5 BLUE
              PINK~
            """
        )
        XCTAssertEqual(schema.messages.map(\.name), ["Outer", "Inner"])
        XCTAssertEqual(schema.messages[0].oneofs, ["kind"])
        XCTAssertEqual(schema.messages[1].fields.count, 0)
        XCTAssertEqual(schema.fields.map(\.jsonName), ["plain", "bothWords", "map", "colour"])
        XCTAssertEqual(schema.fields.map(\.protoName), ["plain", "other_words", "map", "colour"])
        XCTAssertEqual(schema.fields.map(\.kind), [.string, .message, .int32, .enumeration])
        XCTAssertEqual(schema.fields.map(\.shape), [.single, .repeated, .map, .single])
        XCTAssertEqual(schema.fields.map(\.oneof), [0, 1, 0, 1])
        XCTAssertEqual(schema.enumerations[0].values.map(\.name), ["RED", "GREEN", "BLUE", "PINK"])
        XCTAssertEqual(schema.enumerations[0].values.map(\.number), [0, 5, 6, nil])
        XCTAssertNotNil(try field("other_words", of: "Outer", in: schema))
        XCTAssertNil(try field("both_words", of: "Outer", in: schema))
        XCTAssertNil(schema.message("Colour"))
    }

    func test_core_hasEveryMessageOfTheEndpoints() {
        for name in [
            "GenerateContentRequest", "CountTokensRequest", "EmbedContentRequest",
            "BatchEmbedContentsRequest",
            "CreateFileRequest", "ListFilesRequest", "GetFileRequest", "DeleteFileRequest",
            "ListModelsRequest",
            "GetModelRequest", "GenerateContentResponse", "CountTokensResponse", "EmbedContentResponse",
            "BatchEmbedContentsResponse", "ListModelsResponse", "Model", "File", "ListFilesResponse",
        ] {
            XCTAssertNotNil(MessageSchema.core.message(name), name)
        }
    }

    func test_core_findsFields_inEitherSpelling() throws {
        for (name, message) in [
            ("systemInstruction", "GenerateContentRequest"), ("system_instruction", "GenerateContentRequest"),
            ("serviceTier", "GenerateContentRequest"), ("continuation_token", "GenerateContentRequest"),
            ("_responseJsonSchema", "GenerationConfig"), ("response_json_schema", "GenerationConfig"),
            ("fileUri", "FileData"), ("thoughtSignature", "Part"), ("propertyOrdering", "Schema"),
        ] {
            XCTAssertNotNil(try field(name, of: message), name)
        }
        for (name, message) in [
            ("SystemInstruction", "GenerateContentRequest"), ("contents", "Content"), ("", "Part"),
            // Vertex AI has it, this API doesn't.
            ("audioTimestamp", "GenerationConfig"), ("routing_config", "GenerationConfig"),
        ] {
            XCTAssertNil(try field(name, of: message), name)
        }
    }
}
