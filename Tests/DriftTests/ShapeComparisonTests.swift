// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire
import XCTest

@testable import Drift

final class ShapeComparisonTests: XCTestCase {
    private func shape(_ texts: String...) throws -> Shape {
        try texts.reduce(into: Shape()) { $0.add(try view($1), named: "") }
    }

    private func differences(_ recorded: String, _ live: String) throws -> [String] {
        var comparison = ShapeComparison()
        let (old, new) = (try shape(recorded), try shape(live))
        comparison.news(in: new, beyond: old) { _, name, word in
            InteractionWords.known(for: name)?.contains(word) ?? false
        }
        comparison.losses(of: old, from: new)
        return comparison.findings.map(\.text)
    }

    func test_values_areNoDrift() throws {
        for (old, new) in [
            (
                #"{"a": 1, "b": "x", "c": [1, 2], "d": null}"#,
                #"{"d": null, "c": [3], "b": "A longer one.", "a": -2.5e9}"#
            ),
            (
                #"{"parts": [{"text": "a"}, {"thought": true}]}"#,
                #"{"parts": [{"thought": false, "text": ""}]}"#
            ),
            (#"{"a": [], "b": {"c": 1}}"#, #"{"a": [{"new": 1}], "b": {"c": 2}}"#),
            (#"{"args": {"one": 1}, "labels": {"a": "b"}}"#, #"{"args": {"two": "2"}, "labels": {}}"#),
            (#"{"status": "in_progress"}"#, #"{"status": "completed"}"#),
            (#"{"text": "YES", "name": "A_B"}"#, #"{"text": "NO", "name": "C_D"}"#),
        ] {
            XCTAssertEqual(try differences(old, new), [], "\(old) \(new)")
        }
    }

    func test_shapes_areTold() throws {
        for (old, new, expected) in [
            ("{}", #"{"a": 1}"#, ["new field /a, number"]),
            (
                #"{"a/b": {"c~": [1]}}"#, #"{"a/b": {"c~": [1, "x"]}}"#,
                ["another type /a~1b/c~0/*, number → number or string"]
            ),
            (#"{"a": 1}"#, "{}", ["no field any more: /a, number"]),
            (#"{"a": {"b": 1}}"#, #"{"a": "b"}"#, ["another type /a, object → string"]),
            (#"{"a": 1}"#, #"{"a": null}"#, ["another type /a, number → null"]),
            (
                #"{"l": [{"a": 1}, {"b": 1}]}"#, #"{"l": [{"a": 1, "c": []}]}"#,
                ["new field /l/*/c, array", "no field any more: /l/*/b, number"]
            ),
            (#"{"finishReason": "STOP"}"#, #"{"finishReason": "TIRED"}"#, ["new value /finishReason, TIRED"]),
            (#"{"status": "completed"}"#, #"{"status": "sleeping"}"#, ["new value /status, sleeping"]),
            ("{}", "[]", ["another type, object → array"]),
        ] {
            XCTAssertEqual(try differences(old, new), expected, "\(old) \(new)")
        }
    }

    func test_contract() throws {
        let schema = try XCTUnwrap(AnswerSchema("GenerateContentResponse"))
        func misfits(_ text: String) throws -> [String] {
            var comparison = ShapeComparison()
            comparison.misfits(of: try shape(text), in: schema)
            return comparison.findings.map { "\($0.kind) \($0.place) \($0.now ?? "")" }
        }
        XCTAssertEqual(
            try misfits(
                #"{"candidates": [{"content": {"parts": [{"functionCall": {"args": {"x": 1}}}], "role": "model"}, "finishReason": "STOP"}], "usageMetadata": {"promptTokenCount": 1}}"#
            ), [])
        XCTAssertEqual(
            try misfits(#"{"candidates": {"content": 1}}"#),
            [
                "changedType /candidates object"
            ])
        XCTAssertEqual(
            try misfits(
                #"{"candidates": [{"content": {"parts": [{"text": 1, "mood": "x"}]}, "finishReason": "TIRED"}], "modelVersion": true}"#
            ),
            [
                "newField /candidates/*/content/parts/*/mood string",
                "changedType /candidates/*/content/parts/*/text number",
                "newValue /candidates/*/finishReason TIRED",
                "changedType /modelVersion boolean".replacingOccurrences(of: "boolean", with: "bool"),
            ])
    }

    private func misfits(_ text: String, inStream isStream: Bool) throws -> [String] {
        var comparison = ShapeComparison()
        comparison.misfits(of: try shape(text), in: AnswerSchema(interactionsInStream: isStream))
        return comparison.findings.map(\.text)
    }

    func test_contractOfInteractions() throws {
        XCTAssertEqual(
            try misfits(
                #"{"id": "v1_a", "status": "completed", "usage": {"total_tokens": 3, "input_tokens_by_modality": [{"modality": "text", "tokens": 1}]}, "created": "2026-05-15T18:51:55Z", "service_tier": "standard", "steps": [{"signature": "Cq==", "type": "thought"}, {"content": [{"text": "a", "type": "text"}], "type": "model_output"}, {"id": "a", "name": "f", "arguments": {"x": 1}, "type": "function_call"}], "object": "interaction", "model": "m"}"#,
                inStream: false), [])
        XCTAssertEqual(
            try misfits(
                #"{"id": 1, "status": "asleep", "usage": {"total_tokens": "3", "mood": 1}, "steps": [{"content": [{"text": "a", "type": "smell"}], "type": "model_output", "mood": "x"}, {"type": "dream"}]}"#,
                inStream: false),
            [
                "another type /id, string → number (the contract doesn't have it)",
                "new value /status, asleep (the contract doesn't have it)",
                "new value /steps/*/content/*/type, smell (the contract doesn't have it)",
                "new field /steps/*/mood, string (the contract doesn't have it)",
                "new value /steps/*/type, dream (the contract doesn't have it)",
                "new field /usage/mood, number (the contract doesn't have it)",
            ])
    }

    func test_contractOfEventsOfInteractions() throws {
        XCTAssertEqual(
            try misfits(
                #"{"index": 1, "delta": {"text": "a", "type": "text"}, "event_type": "step.delta", "event_id": "e", "interaction": {"id": "", "status": "in_progress"}, "step": {"id": "a", "type": "google_search_call"}}"#,
                inStream: true), [])
        XCTAssertEqual(
            try misfits(
                #"{"index": "1", "delta": {"text": 1, "type": "scent"}, "event_type": "step.jump", "mood": {}}"#,
                inStream: true),
            [
                "another type /delta/text, string → number (the contract doesn't have it)",
                "new value /delta/type, scent (the contract doesn't have it)",
                "new value /event_type, step.jump (the contract doesn't have it)",
                "new field /mood, object (the contract doesn't have it)",
            ])
    }

    func test_wordsOfTheContract_areKnown() throws {
        let schema = try XCTUnwrap(AnswerSchema("GenerateContentResponse"))
        XCTAssertTrue(try XCTUnwrap(schema.words(at: "/candidates/*/finishReason")).contains("MAX_TOKENS"))
        XCTAssertNil(schema.words(at: "/modelVersion"))
        XCTAssertNil(schema.words(at: "/nothing/at/all"))
        let turns = AnswerSchema(interactionsInStream: false)
        XCTAssertTrue(try XCTUnwrap(turns.words(at: "/steps/*/type")).contains("thought"))
        XCTAssertFalse(try XCTUnwrap(turns.words(at: "/steps/*/content/*/type")).contains("thought"))
    }
}
