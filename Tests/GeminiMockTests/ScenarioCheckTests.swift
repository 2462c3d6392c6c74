// SPDX-License-Identifier: Apache-2.0

import Foundation
import GeminiContract
import HTTPWire
import XCTest

@testable import GeminiMock
@testable import GeminiService
@testable import ScenarioEngine

/// What scenario files may name is what the server has.
final class ScenarioCheckTests: XCTestCase {
    private var scenarios: URL {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Scenarios")
    }

    func test_thePublishedSchema_namesEveryEndpoint() throws {
        let bytes = Array(try Data(contentsOf: scenarios.appendingPathComponent("scenario.schema.json")))
        let when = JSON(try JSONDocument(parsing: bytes, grammar: .strict).root)["$defs"]?["when"]
        guard case .array(let choices) = when?["properties"]?["endpoint"]?["anyOf"] else { return XCTFail() }
        XCTAssertEqual(choices.first?["enum"], .array(EndpointTable.all.map { .string($0.name) }))
    }

    func test_thePublishedSchema_namesEveryRefusal() throws {
        let bytes = Array(try Data(contentsOf: scenarios.appendingPathComponent("scenario.schema.json")))
        let definitions = JSON(try JSONDocument(parsing: bytes, grammar: .strict).root)["$defs"]
        XCTAssertEqual(
            definitions?["errorName"]?["enum"], .array(ErrorCatalog.entries.map { .string($0.name) }))
    }

    func test_schemas_mayUseWhatAnswersAreMadeFrom() {
        for keyword in SchemaKeywords.Keyword.allCases {
            XCTAssertTrue(ScenarioVocabulary.schemaKeywords.contains(keyword.rawValue), keyword.rawValue)
        }
    }

    func test_theReadmesScenarios_areGoodOnes() throws {
        let readmes = [scenarios.deletingLastPathComponent(), scenarios].map {
            $0.appendingPathComponent("README.md")
        }
        for readme in readmes {
            let blocks = try String(contentsOf: readme, encoding: .utf8)
                .components(separatedBy: "```yaml\n# yaml-language-server").dropFirst()
            XCTAssertFalse(blocks.isEmpty, readme.path)
            for block in blocks {
                let scenario = "#" + (block.components(separatedBy: "```").first ?? "")
                let result = ScenarioDecoder.decode(
                    Array(scenario.utf8), file: readme.path, vocabulary: .ofThisServer)
                XCTAssertEqual(result.problems, [])
                XCTAssertEqual(result.scenario?.stubs.count, 1)
            }
        }
    }

    func test_aCheck_knowsTheEndpoints() throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).yaml")
        defer { try? FileManager.default.removeItem(at: file) }
        let text =
            "name: n\nstubs: [{name: s, when: {endpoint: uploadFiles}, replies: [{file: {polls: 2}}]}]\n"
        try Data(text.utf8).write(to: file)
        let check = ScenarioCheck(paths: [file.path])
        XCTAssertEqual(
            check.problems, ["\(file.path):2:36: “uploadFiles” isn’t known here (did you mean uploadFile?)"])
        XCTAssertTrue(check.hasErrors)
        XCTAssertEqual(check.fileCount, 1)
    }
}
