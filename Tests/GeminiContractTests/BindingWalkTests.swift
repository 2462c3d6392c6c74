// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire
import XCTest

/// Bodies that are meant to hurt.
final class BindingWalkTests: XCTestCase {
    private let binder = MessageBinder(package: "google.ai.generativelanguage.v1beta")

    private func violations(_ json: String, _ message: String = "GenerateContentRequest") throws
        -> [FieldViolation]
    {
        try XCTUnwrap(binder.bind(makeView(json), to: message), message).violations
    }

    /// Bodies made of the schema's own names and of wrong values: no crash, every violation has a place and a reason,
    /// the same each time.
    func test_bind_standsAnything() throws {
        var generator = SeededBodies(seed: 0x5EED)
        for round in 0..<3000 {
            let json = generator.value(depth: 0)
            let view = try makeView(json)
            for message in ["GenerateContentRequest", "BatchEmbedContentsRequest", "CreateFileRequest"] {
                let found = try XCTUnwrap(binder.bind(view, to: message)).violations
                XCTAssertEqual(found, try violations(json, message), "round \(round)")
                for violation in found {
                    XCTAssertNotEqual(violation.field, "", json)
                    XCTAssertTrue(violation.description.hasPrefix("Invalid "), json)
                }
            }
        }
    }

    func test_bind_standsDepthAndBreadth() throws {
        let deep = String(repeating: #"{"items":"#, count: 90) + "{}" + String(repeating: "}", count: 90)
        XCTAssertEqual(try violations(#"{"generationConfig": {"responseSchema": \#(deep)}}"#), [])
        let lists = String(repeating: "[", count: 90) + String(repeating: "]", count: 90)
        XCTAssertEqual(try violations(#"{"contents": \#(lists)}"#), [])
        let wide = (0..<50_000).map { #""k\#($0)":{"type":"STRING"}"# }.joined(separator: ",")
        XCTAssertEqual(
            try violations(#"{"generationConfig": {"responseSchema": {"properties": {\#(wide)}}}}"#), []
        )
    }
}

/// Makes JSON texts from a seed.
private struct SeededBodies {
    private var state: UInt64
    private static let names = [
        "contents", "parts", "text", "inlineData", "inline_data", "data", "generationConfig", "topK", "tools",
        "functionDeclarations", "parameters", "properties", "anyOf", "type", "responseSchema", "functionCall",
        "args",
        "requests", "content", "file", "sizeBytes", "createTime", "startOffset", "videoMetadata", "x", "",
        "é", "\\u0000",
        "safetySettings", "category", "stopSequences", "toolCall", "labels", "systemInstruction",
    ]
    private static let scalars = [
        "null", "true", "1", "-1.5", "1e300", "9223372036854775808", #""""#, #""a""#, #""AAAA""#, #""!\n""#,
        #""2s""#,
        #""STRING""#, #""3""#, #""\ud83d\ude00""#, #""NaN""#, "0.0000001", #""-""#,
        #""2026-01-01T00:00:00Z""#,
    ]

    init(seed: UInt64) { state = seed }

    private mutating func next(_ count: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % count
    }

    mutating func value(depth: Int) -> String {
        switch depth > 12 ? 9 : next(depth == 0 ? 6 : 10) {
        case 0..<5:
            let members = (0..<next(5)).map { _ in
                #""\#(SeededBodies.names[next(SeededBodies.names.count)])": \#(value(depth: depth + 1))"#
            }
            return "{\(members.joined(separator: ","))}"
        case 5..<7:
            return "[\((0..<next(4)).map { _ in value(depth: depth + 1) }.joined(separator: ","))]"
        default: return SeededBodies.scalars[next(SeededBodies.scalars.count)]
        }
    }
}
