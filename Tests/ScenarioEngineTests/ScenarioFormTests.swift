// SPDX-License-Identifier: Apache-2.0

import Foundation
import GeminiContract
import GeminiService
import HTTPWire
import XCTest

@testable import ScenarioEngine

/// The published JSON Schema and the decoder agree.
final class ScenarioFormTests: XCTestCase {
    private func schema() throws -> JSON {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Scenarios/scenario.schema.json")
        return JSON(try JSONDocument(parsing: Array(try Data(contentsOf: file)), grammar: .strict).root)
    }

    /// The part of a schema that is about maps.
    private func ofMaps(_ schema: JSON?) -> JSON? {
        if schema?["properties"] != nil { return schema }
        guard case .array(let choices) = schema?["anyOf"] else { return nil }
        return choices.first { $0["properties"] != nil }
    }

    private func names(_ schema: JSON?) -> Set<String> {
        switch schema {
        case .object(let members): Set(members.map(\.name))
        case .array(let words): Set(words.compactMap { if case .string(let word) = $0 { word } else { nil } })
        default: []
        }
    }

    func test_everyMap_hasTheSameNames() throws {
        let definitions = try schema()["$defs"]
        for form in ScenarioForm.all {
            let schema =
                form.definition == "bounds"
                ? definitions?["when"]?["properties"]?["turn"] : definitions?[form.definition]
            let map = try XCTUnwrap(ofMaps(schema), form.definition)
            XCTAssertEqual(names(map["properties"]), Set(form.names), form.definition)
            XCTAssertEqual(names(map["required"]), Set(form.required), form.definition)
            XCTAssertEqual(map["additionalProperties"], false, form.definition)
        }
    }

    func test_everyList_hasTheSameWords() throws {
        let definitions = try schema()["$defs"]
        XCTAssertEqual(
            names(definitions?["stub"]?["properties"]?["repeat"]?["enum"]),
            Set(Stub.Repetition.allCases.map(\.rawValue)))
        XCTAssertEqual(
            names(definitions?["file"]?["properties"]?["then"]?["enum"]),
            Set(FileFate.End.allCases.map(\.rawValue)))
        XCTAssertEqual(
            names(definitions?["interaction"]?["properties"]?["status"]?["enum"]),
            Set(ScenarioVocabulary.interactionStatuses))
        XCTAssertEqual(
            names(ofMaps(definitions?["schema"])?["properties"]), Set(ScenarioVocabulary.schemaKeywords))
        XCTAssertEqual(names(definitions?["faultName"]?["enum"]), Set(FaultTable.names))
        XCTAssertEqual(
            names(ofMaps(definitions?["fault"])?["properties"]?["form"]?["enum"]),
            Set(FaultTable.entries.flatMap(\.forms)))
        for name in Template.Name.allCases {
            guard case .string(let text) = definitions?["template"]?["description"] else { return XCTFail() }
            XCTAssertTrue(text.contains("{{\(name.rawValue)}}"), name.rawValue)
        }
    }

    func test_whatTheDecoderTakes_fitsTheSchema() throws {
        let judge = SchemaJudge(root: try schema())
        for text in ScenarioExamples.good {
            XCTAssertEqual(decoded(text).problems, [], text)
            XCTAssertEqual(judge.verdict(try json(text)), .good, text)
        }
    }

    /// What only the decoder sees: names that must be known, what two places say of each other, grammars of their own.
    func test_whatTheDecoderRefuses_doesNotFitTheSchema() throws {
        let judge = SchemaJudge(root: try schema())
        let unseen = [
            "is too long", "entries, found", "two stubs are called", "isn’t a regular expression",
            "in schemas", "the schema has nothing",
            "“max” is less",
            "there is no state",
            "isn’t known here: expected full or empty", "can’t stand in one",
            "goes with",
            "breaks a stream, and", "counts events", "counts bytes", "needs a stub for", "must ascend",
            "must be one line", "is no object",
            "beside it", "{{", "joined, these chunks", "cuts a text", "requires_action needs",
        ]
        for mistake in ScenarioExamples.mistakes {
            let isSeen = !mistake.problems.contains { problem in
                problem.contains("warning") || unseen.contains { problem.contains($0) }
            }
            XCTAssertEqual(judge.verdict(try json(mistake.text)), isSeen ? .bad : .good, mistake.text)
        }
    }

    private func json(_ text: String) throws -> JSON {
        try XCTUnwrap(DocumentReader.read(Array(text.utf8), file: "f").value).json
    }
}
