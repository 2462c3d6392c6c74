// SPDX-License-Identifier: Apache-2.0

import Foundation
import GeminiService
import HTTPWire
import XCTest

@testable import ScenarioEngine

/// What holds for every matcher, over many patterns and requests.
final class MatcherTableTests: XCTestCase {
    private let planted = ["AIzaPlanted", "ya29.planted", "plantedcookie"]

    private let texts: [TextPattern] = [
        .equals("AIzaPlanted-stub"), .contains("Hello"), .glob("He?lo *"), .matches("^H.*o$"),
        .matches("(a+)+$"),
        .matches("("), .equals(""), .contains("\u{202E}\n\u{2028}\u{1B}[31m"),
        .equals(String(repeating: "é", count: 500)),
    ]

    private var patterns: [RequestPattern] {
        let credentials = CredentialFields.headers + ["x-user"]
        let parameters = CredentialFields.queryParameters + ["alt"]
        let values: [JSON] = [1, 1.5, "x\ny", true, .null, [1, 2], ["a": ["b": 1]], [], [:]]
        var patterns = texts.flatMap { text in
            [RequestPattern(tenant: text), .init(system: text), .init(lastText: text)]
                + credentials.map { .init(headers: [.init(name: $0, pattern: text)]) }
                + parameters.map { .init(query: [.init(name: $0, pattern: text)]) }
        }
        patterns += values.flatMap { value in
            [
                RequestPattern(body: ["generationConfig": value]), .init(schema: ["const": value]),
                .init(pointers: [.init(pointer: "/generationConfig", condition: .equals(value))]),
            ]
        }
        for text in ["x\n\u{7F}", String(repeating: "long/", count: 100), "gemini-*"] {
            patterns += [
                RequestPattern(endpoints: [text, "b"]), .init(models: [text]), .init(tools: [text]),
                .init(functionResponse: .named(text)), .init(states: [.init(state: text, value: text)]),
                .init(file: .init(mimeType: text)), .init(schema: ["required": [.string(text)]]),
                .init(pointers: [.init(pointer: "/\(text)", condition: .matches(text))]),
                .init(pointers: [.init(pointer: "/\(text)", condition: .exists(true))]),
                .init(body: .object([.init(text, 1)])),
            ]
        }
        let bounds = [
            Bounds(min: 2, max: 2), .init(min: 5), .init(max: 0), .init(min: .max), .init(min: -3, max: -1),
        ]
        patterns += bounds.flatMap {
            [RequestPattern(turn: $0), .init(inlineBytes: $0), .init(call: $0), .init(file: .init(size: $0))]
        }
        patterns += [
            .init(functionResponse: .any), .init(functionResponse: RequestPattern.FunctionResponse.none),
            .init(stream: true), .init(stream: false), .init(steps: ["upload"]), .init(schema: ["$ref": "#"]),
            .init(schema: false),
            .init(file: .init(sha256: "ab", duration: .init(max: .seconds(3)))),
            .init(schema: ["type": "array"]),
            .init(pointers: [.init(pointer: "", condition: .exists(false))]),
        ]
        return patterns
    }

    private func requests() throws -> [RequestSubject] {
        let long = String(repeating: "a", count: 100_000) + "\n!"
        let secrets: [HTTPFields.Field] = [
            .init("x-goog-api-key", "AIzaPlanted"), .init("Authorization", "Bearer ya29.planted"),
            .init("cookie", "plantedcookie"), .init("Proxy-Authorization", "ya29.planted"),
            .init("X-User", "a\tb"),
        ]
        let deep = String(repeating: "[", count: 90) + String(repeating: "]", count: 90)
        return [
            try subject(),
            try subject(
                endpoint: "countTokens", model: nil, tenant: "AIzaPlanted",
                target: "/x?key=AIzaPlanted&access_token=ya29.planted&upload_id=plantedcookie&alt=\u{1B}",
                headers: secrets,
                body: #"{"generationConfig": \#(deep), "x": "\u0000\u2028"}"#, isStream: true,
                conversation: conversation(
                    system: long, lastText: long, tools: [long], functionResponses: [long], turn: 7),
                attachments: attachments(
                    [.init(mimeType: long, size: .max, sha256: long, seconds: .infinity)], inlineBytes: .max)),
            try subject(
                body:
                    #"{"generationConfig": {"a": {"b": 1.0}}, "generation_config": "\#(long.dropLast(2))"}"#,
                conversation: conversation(system: "Hello", lastText: "Hello o"),
                attachments: attachments(
                    (0..<200).map { (size: Int) in .init(mimeType: "a/\(size)", size: size, seconds: -.nan) })
            ),
            try subject(body: "[1]"), try subject(body: "null"),
        ]
    }

    func test_everyEntry_isAskedForByAPattern() {
        let asked = Set(
            MatcherTable.entries.filter { entry in patterns.contains { !entry.make($0).isEmpty } }.map(
                \.field))
        XCTAssertEqual(asked, Set(MatcherTable.entries.map(\.field)))
        XCTAssertTrue(MatcherTable.entries.allSatisfy { $0.make(RequestPattern()).isEmpty })
    }

    func test_everyMiss_tellsWhy_inBounds_withoutCredentials() throws {
        let patterns = patterns
        for request in try requests() {
            for pattern in patterns {
                for matcher in pattern.matchers {
                    let miss = matcher.miss(request, StubHistory())
                    let again = matcher.miss(request, StubHistory())
                    XCTAssertEqual(miss == nil, again == nil, matcher.name)
                    guard let details = miss?.details, let other = again?.details else { continue }
                    let differences = miss?.differences ?? []
                    XCTAssertLessThanOrEqual(differences.count, JSONDifference.most)
                    for difference in differences {
                        check(
                            .init(distance: 1, expected: difference.expected, got: difference.got),
                            matcher.name)
                    }
                    XCTAssertEqual(details.line(""), other.line(""))
                    XCTAssertEqual(details.distance, other.distance)
                    check(details, matcher.name)
                }
            }
        }
    }

    private func check(_ details: Miss.Details, _ name: String) {
        XCTAssertTrue(details.distance > 0 && details.distance <= 1, "\(name): \(details.distance)")
        for text in [details.expected, details.got, name] {
            XCTAssertFalse(text.isEmpty, name)
            XCTAssertLessThanOrEqual(text.count, 130, name)
            XCTAssertFalse(text.unicodeScalars.contains { $0.properties.generalCategory == .control }, text)
            XCTAssertFalse(text.contains { $0.isNewline }, text)
        }
        // What an author wrote may show, but not where it is a credential.
        let credentials =
            ["tenant"] + CredentialFields.headers.map { "header \($0)" }
            + CredentialFields.queryParameters.map { "query \($0)" }
        for secret in planted {
            XCTAssertFalse(details.got.contains(secret), "\(name): \(details.got)")
            if credentials.contains(name) { XCTAssertFalse(details.expected.contains(secret), name) }
        }
    }

    // MARK: The list

    func test_itHasEveryConditionOfTheFormat_andEveryFile() throws {
        XCTAssertEqual(MatcherTable.entries.map(\.field).sorted(), ScenarioForm.pattern.names.sorted())
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Sources/ScenarioEngine/Matchers")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        let types = Set(patterns.flatMap(\.matchers).map { "\(type(of: $0)).swift" })
        XCTAssertEqual(types, Set(files))
    }

    func test_thoseThatNeedTheHistory_areLast() {
        let all = RequestPattern(
            endpoints: ["a"],
            headers: [.init(name: "x", pattern: .equals("1")), .init(name: "y", pattern: .equals("2"))],
            call: .init(min: 1), states: [.init(state: "s", value: "v")])
        XCTAssertEqual(all.matchers.map(\.name), ["endpoint", "header x", "header y", "state s", "call"])
        XCTAssertEqual(all.matchers.map(\.needsHistory), [false, false, false, true, true])
    }
}
