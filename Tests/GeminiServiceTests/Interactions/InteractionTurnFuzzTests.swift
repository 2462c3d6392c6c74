// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import GeminiContract
@testable import GeminiService

/// Bodies made from the table of messages, with slips thrown in: each is refused or answered, and what is answered can be
/// read again.
final class InteractionTurnFuzzTests: XCTestCase {
    private let rounds: UInt64 = 1500

    func test_bodies_areAnsweredOrRefused() throws {
        let service = makeService()
        var (answered, refused, previous) = (0, 0, "")
        for seed in 1...rounds {
            var maker = BodyMaker(seed: seed)
            let body = String(decoding: maker.body(previous: previous).bytes(.compact), as: UTF8.self)
            do {
                switch try makeAnswer("POST", "/v1/interactions", body: body, service: service) {
                case .interaction(let bytes):
                    let answer = JSON(try JSONDocument(parsing: bytes, grammar: .strict).root)
                    if let id = answer["id"]?.text {
                        previous = id
                        try readAgain(id, service)
                    }
                case .frames(let frames):
                    XCTAssertEqual(frames.last, InteractionEvent.done, body)
                    XCTAssertTrue(frames.allSatisfy { $0.starts(with: "event: ".utf8) }, body)
                case .live: break
                default: XCTFail(body)
                }
                answered += 1
            } catch let error as APIError {
                XCTAssertLessThan(error.interactionBody.count, 5000, body)
                refused += 1
            }
        }
        XCTAssertGreaterThan(answered, Int(rounds) / 20)
        XCTAssertGreaterThan(refused, Int(rounds) / 20)
    }

    private func readAgain(_ id: String, _ service: FakeService) throws {
        XCTAssertNoThrow(
            try makeInteractionAnswer("GET", "/v1/interactions/\(id)?include_input=true", service: service))
        guard case .live = try makeAnswer("GET", "/v1/interactions/\(id)?stream=true", service: service)
        else {
            return XCTFail(id)
        }
    }

    private struct BodyMaker {
        private var generator: SeededGenerator
        private var left = 120

        init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

        private mutating func number(_ count: Int) -> Int { Int(generator.next() % UInt64(count)) }

        private mutating func pick<Element>(_ elements: [Element]) -> Element {
            elements[number(elements.count)]
        }

        mutating func body(previous: String) -> JSON {
            guard case .object(var members) = message("CreateModelInteraction", often: 6) else {
                return .null
            }
            members.removeAll { ["model", "input", "previous_interaction_id"].contains($0.name) }
            members.append(
                .init(
                    "model",
                    .string(pick(["gemini-3.5-flash", "gemini-2.0-flash", "gemini-3.1-pro-preview"]))))
            members.append(.init("input", value(.input)))
            if number(3) == 0, !previous.isEmpty {
                members.append(.init("previous_interaction_id", .string(previous)))
            }
            return .object(members)
        }

        /// - Parameter often: each member stands in one of so many messages.
        private mutating func message(_ name: String, often: Int = 3) -> JSON {
            var members: [JSON.Member] = []
            for (name, type) in (InteractionSchema.shared.messages[name] ?? [:]).sorted(by: {
                $0.key < $1.key
            })
            where name != "type" && number(often) == 0 {
                members.append(.init(String(name.drop { $0 == "~" }), value(type)))
            }
            if number(150) == 0 { members.append(.init(pick(["x", "mimeType", ""]), .int(1))) }
            return .object(members)
        }

        private mutating func union(_ name: String) -> JSON {
            let kinds = (InteractionSchema.shared.variants[name] ?? [:]).sorted { $0.key < $1.key }
            guard let (kind, variant) = kinds.isEmpty ? nil : pick(kinds),
                case .object(var members) = message(variant, often: 2)
            else { return .null }
            members.append(.init("type", .string(number(100) == 0 ? "other" : kind)))
            if number(3) > 0, members.contains(where: { $0.name == "data" }) == false, name == "Content" {
                members.append(kind == "text" ? .init("text", text()) : .init("data", "UklGRg=="))
            }
            return .object(members)
        }

        private mutating func text() -> JSON {
            .string(
                pick([
                    "", "hi", "get_weather", "\u{1F600}\u{0}\"", "https://example.com/a",
                    String(repeating: "a ", count: 300),
                ]))
        }

        private mutating func value(_ type: InteractionSchema.FieldType) -> JSON {
            left -= 1
            guard left > 0 else { return .null }
            if number(200) == 0 { return pick([.null, 5, "x", true, .array([]), .object([])]) }
            switch type {
            case .string: return text()
            case .bool: return .bool(number(2) == 0)
            case .number: return pick([0, 1, 5, -1, 100, 0.5, .double(1e300)])
            case .any: return pick([.object([.init("type", "object")]), .object([]), .array([1]), "x", 5])
            case .map: return .object([.init("key", text())])
            case .list(let element): return .array((0..<number(4)).map { _ in value(element) })
            case .word(let list): return .string(pick(InteractionSchema.shared.words[list]?.listed ?? ["x"]))
            case .message(let name): return message(name)
            case .union(let name): return union(name)
            case .either(let types): return value(pick(types))
            case .input:
                switch number(4) {
                case 0: return text()
                case 1: return union("Content")
                case 2: return .array((0...number(3)).map { _ in union("Content") })
                default: return .array((0...number(4)).map { _ in union("Step") })
                }
            case .format:
                let schema = JSON.object([
                    .init("type", .string(pick(InteractionChecker.formatKinds))),
                    .init("properties", .object([.init("a", .object([.init("type", "string")]))])),
                ])
                return pick([
                    schema, .array([schema]), .object([.init("type", "text"), .init("schema", schema)]),
                ])
            }
        }
    }
}
