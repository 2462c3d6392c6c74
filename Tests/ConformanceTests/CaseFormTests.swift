// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPWire
import XCTest

@testable import Conformance

/// The published JSON Schema of suites has the names that the decoder takes, and no others.
final class CaseFormTests: XCTestCase {
    private let schema = CaseFormTests.json("Sources/Conformance/Suites/case.schema.json")

    private static func json(_ path: String) -> JSON {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let bytes = (try? Data(contentsOf: root.appendingPathComponent(path))).map { Array($0) } ?? []
        return (try? JSONDocument(parsing: bytes, grammar: .strict)).map { JSON($0.root) } ?? .null
    }

    private func names(_ object: JSON?) -> [String] {
        guard case .object(let members)? = object?["properties"] else { return [] }
        return members.map(\.name).sorted()
    }

    private func texts(_ list: JSON?) -> [String] {
        guard case .array(let elements)? = list else { return [] }
        return elements.compactMap { if case .string(let text) = $0 { text } else { nil } }.sorted()
    }

    private func alternatives(_ name: String) -> [JSON] {
        guard case .array(let elements)? = schema["$defs"]?[name]?["oneOf"] else { return [] }
        return elements
    }

    func test_mapsHaveTheSameNames() {
        for form in [
            CaseForm.suite, CaseForm.conformanceCase, CaseForm.file, CaseForm.selector, CaseForm.condition,
        ] {
            let definition = schema["$defs"]?[form.definition]
            XCTAssertEqual(names(definition), form.names.sorted(), form.definition)
            XCTAssertEqual(texts(definition?["required"]), form.required.sorted(), form.definition)
        }
    }

    func test_checksHaveTheSameNames() {
        let known = CheckTable.rules.map { rule in
            (CaseForm.check.names + [rule.keyword] + rule.parameters).sorted()
        }
        XCTAssertEqual(
            alternatives("check").map { names($0) }.sorted { $0.joined() < $1.joined() },
            known.sorted { $0.joined() < $1.joined() })
    }

    func test_stepsHaveTheSameNames() {
        var seen: Set<String> = []
        for step in alternatives("step") {
            var verbs = texts(step["properties"]?["do"]?["enum"])
            if case .string(let verb)? = step["properties"]?["do"]?["const"] { verbs = [verb] }
            for verb in verbs {
                seen.insert(verb)
                XCTAssertEqual(
                    names(step), ((TaskVerb(rawValue: verb)?.parameters ?? []) + ["do"]).sorted(), verb)
            }
        }
        XCTAssertEqual(seen, Set(TaskVerb.allCases.map(\.rawValue)))
    }

    func test_selectorsHaveTheAPIsCalls() {
        guard case .array(let forms)? = schema["$defs"]?["selector"]?["properties"]?["call"]?["anyOf"] else {
            return XCTFail("no calls")
        }
        XCTAssertEqual(texts(forms.first?["enum"]), WireCall.names.sorted())
    }

    /// The page of the protocol names all verbs, parameters and variables.
    func test_theProtocolsPageHasAllVerbs() throws {
        let page = try String(
            contentsOf: URL(fileURLWithPath: #filePath).deletingLastPathComponent()
                .deletingLastPathComponent()
                .appendingPathComponent("Clients/README.md"), encoding: .utf8)
        let words = TaskVerb.allCases.flatMap { [$0.rawValue] + $0.parameters }
        for word in Set(words) { XCTAssertTrue(page.contains("`\(word)"), word) }
        let verbs = CaseFormTests.json("Tests/Clients/protocol.schema.json")["$defs"]?["task"]?[
            "properties"]?["steps"]
        XCTAssertEqual(
            texts(verbs?["items"]?["properties"]?["do"]?["enum"]), TaskVerb.allCases.map(\.rawValue).sorted())
    }
}
