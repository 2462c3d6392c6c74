// SPDX-License-Identifier: Apache-2.0

import Foundation
import GeminiContract
import HTTPWire
import XCTest

@testable import ScenarioEngine

/// What each fault makes of a stream, an array and a single body, to the byte.
final class FaultTableTests: XCTestCase {
    /// What becomes of a body, by the fault's name. Missing ones fail a test.
    static let examples: [String: [Example]] = connection.merging(events) { $0 + $1 }
        .merging(uploads) { $0 + $1 }

    struct Example {
        /// Of which plan.
        var plan = ResponsePlan.events
        var options = FaultOptions()
        /// What happens, written by `script`.
        let becomes: [String]
        var line: UInt = #line
    }

    func test_eachFault_changesPlans_toTheByte() throws {
        for (name, examples) in FaultTableTests.examples {
            let entry = try XCTUnwrap(FaultTable.entry(named: name), name)
            for example in examples {
                var plan = WirePlan(example.plan)
                entry.make(example.options).apply(to: &plan)
                XCTAssertEqual(
                    plan.framed(for: .any).script, example.becomes, "\(name) \(example.options)",
                    line: example.line)
            }
        }
    }

    func test_eachHasAFile_aLine_andAnExample() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let files = try FileManager.default.contentsOfDirectory(
            atPath: root.appendingPathComponent("Sources/ScenarioEngine/Faults").path)
        let types = FaultTable.entries.map { "\(type(of: $0.make(FaultOptions()))).swift" }
        XCTAssertEqual(types.sorted(), files.sorted())
        XCTAssertEqual(Set(FaultTable.names), Set(FaultTableTests.examples.keys))
        XCTAssertEqual(Set(FaultTable.names).count, FaultTable.names.count)
        let readme = try String(
            contentsOf: root.appendingPathComponent("Scenarios/README.md"), encoding: .utf8)
        for name in FaultTable.names {
            XCTAssertTrue(readme.contains("`\(name)`"), "the README lacks \(name)")
        }
    }

    /// Whatever stands before it, and on whatever plan.
    func test_anyTwo_composeOnAnyPlan() {
        for plan in [ResponsePlan.events, .interaction, .array, .single, .empty, .live] {
            for first in FaultTable.entries {
                for second in FaultTable.entries {
                    var wire = WirePlan(plan)
                    first.make(FaultOptions()).apply(to: &wire)
                    second.make(FaultOptions()).apply(to: &wire)
                    let framed = wire.framed(for: .any)
                    let breaksOff = [.reset, .truncate].contains { wire.plan.actions.contains($0) }
                    XCTAssertEqual(
                        framed.framing == .raw, wire.flaw != nil || wire.instead != nil || breaksOff)
                }
            }
        }
    }

    /// Files may have any number there.
    func test_theGreatestNumbers_breakNothingElse() {
        for plan in [ResponsePlan.events, .interaction, .array, .single, .empty, .live] {
            for entry in FaultTable.entries {
                for after in [WirePoint.events(Int.max), .bytes(Int.max)] {
                    var wire = WirePlan(plan)
                    entry.make(FaultOptions(after: after, by: Int.max, bytes: Int.max)).apply(to: &wire)
                    XCTAssertFalse(wire.framed(for: .any).head.status == 0, entry.name)
                }
            }
        }
        var wire = WirePlan(.events)
        ReorderedEventsFault(after: Int.max).apply(to: &wire)
        XCTAssertEqual(wire, WirePlan(.events))
        WrongContentLengthFault(by: Int.max).apply(to: &wire)
        XCTAssertEqual(wire.flaw, .length(Int.max))
    }

    func test_retryAfter_takesThePlaceOfAnother() {
        var wire = WirePlan(.unavailable)
        RetryAfterFault(duration: .milliseconds(1500)).apply(to: &wire)
        XCTAssertEqual(wire.plan.head.fields, [.init("Retry-After", "2")])
    }

    func test_missingHeader_takesAllOfTheName() {
        var wire = WirePlan(.unavailable)
        wire.plan.head.fields = [.init("Vary", "Origin"), .init("vary", "Referer"), .init("Date", "now")]
        MissingHeaderFault(name: "VARY").apply(to: &wire)
        XCTAssertEqual(wire.plan.head.fields, [.init("Date", "now")])
    }

    func test_theyAreAppliedInOrder() {
        var wire = WirePlan(.events)
        DuplicateEventFault(after: 1).apply(to: &wire)
        IDLineFault().apply(to: &wire)
        TruncateFault(after: .events(2)).apply(to: &wire)
        XCTAssertEqual(
            wire.plan.script,
            [#"id: 1␍␊data: {"a": 1}␍␊␍␊"#, #"id: 2␍␊data: {"a": 1}␍␊␍␊"#, "FIN"])
    }
}

extension RequestHead {
    static let any = RequestHead(method: "POST", target: RequestTarget("/"), fields: HTTPFields())
}

extension ResponsePlan {
    private static let contents = [#"{"a": 1}"#, #"{"a": 2}"#, #"{"a": 3, "finishReason": "STOP"}"#]

    private static func stream(_ type: String, _ writes: [String]) -> ResponsePlan {
        ResponsePlan(
            head: ResponseHead(status: 200, fields: [.init("Content-Type", type)]), framing: .chunked,
            actions: writes.map { .send(Array($0.utf8)) })
    }

    static let events = stream("text/event-stream", contents.map { "data: \($0)\r\n\r\n" })
    static let array = stream(
        "application/json; charset=UTF-8",
        ["[\(contents[0])", "\n,\r\n\(contents[1])", "\n,\r\n\(contents[2])\n]"])
    static let interaction = stream(
        "text/event-stream",
        [
            "event: step.start\ndata: {}\n\n", "event: interaction.completed\ndata: {\"b\":1}\n\n",
            "event: done\ndata: [DONE]\n\n",
        ])
    static let single = ResponsePlan(
        status: 200, fields: [.init("Content-Type", "application/json; charset=UTF-8")],
        body: Array("{\n  \"finishReason\": \"STOP\"\n}\n".utf8))
    static let separated = stream(
        "text/event-stream", [#"data: {"a": "1\u20282\u20293\u00854\\u2028"}"# + "\r\n\r\n"])
    static let unavailable = ResponsePlan(status: 503, fields: [.init("Retry-After", "9")], body: [])
    static let empty = ResponsePlan(status: 200, fields: [], body: [])
    static let live = ResponsePlan(
        head: ResponseHead(status: 200, fields: [.init("Content-Type", "text/event-stream")]),
        framing: .chunked, actions: [.live(LiveActions { _ in nil })])

    /// What happens, one text each; line ends can be seen.
    var script: [String] {
        let head = framing == .raw || self.head.status == 200 ? [] : ["\(self.head.status)"]
        return head
            + actions.map { action in
                switch action {
                case .send(let bytes): bytes.visible
                case .wait(let duration): "wait \(duration)"
                case .nap(let duration): "nap \(duration)"
                case .truncate: "FIN"
                case .reset: "RST"
                case .live: "live"
                case .pending: "pending"
                }
            }
    }
}

extension [UInt8] {
    /// As text with visible line ends; as hex where it is no UTF-8.
    var visible: String {
        guard let text = String(validating: self, as: UTF8.self) else {
            return map { String(format: "%02X", $0) }.joined()
        }
        return text.unicodeScalars.reduce(into: "") {
            $0 += $1 == "\r" ? "␍" : $1 == "\n" ? "␊" : $1 == "\u{FEFF}" ? "BOM" : String($1)
        }
    }
}
