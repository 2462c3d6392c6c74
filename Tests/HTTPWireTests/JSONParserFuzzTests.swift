// SPDX-License-Identifier: Apache-2.0

import Foundation
import XCTest

@testable import HTTPWire

/// Random texts, the same ones in each run. A text that ever failed stays in `onceFailed`.
final class JSONParserFuzzTests: XCTestCase {
    private static let seeds = [
        #"{"a":1,"b":[true,false,null,-0.5e-3],"c":"x\n\u00e9\ud83d\ude00","d":{},"e":[[],[{}]]}"#,
        #"{'a':'x\v\q',b_$1:[1.,01.5,-.5,],nullable:{},}"#,
        #"[1, 2.5, -3, 1e10, 0, 0.1, 12345678901234567890123, 1E+2, "日本語 é😀", " "]"#,
        #"{"contents":[{"parts":[{"text":"hello"}],"role":"user"}],"generationConfig":{"topP":0.95}}"#,
    ]
    private static let tokens: [[UInt8]] =
        [
            "{", "}", "[", "]", ":", ",", "\"", "'", "\\", "\\u", "\\ud83d", "\\ude00", "true", "fals",
            "null", "1", "0", "-",
            "+", ".", "e", "x", "$", "_", "a", " ", "\n", "\u{0}", "é", "😀", "\\\"", "1e400", "/", "#",
            "\u{FEFF}",
        ].map { utf8($0) } + [[0xFF], [0xC3], [0xE2, 0x82], [0x80], [0xED, 0xA0, 0x80]]

    /// Found by longer runs in development, against open-source protobuf's parser.
    private static let onceFailed = [
        // The snippet went on into the bad bytes, or began behind the place where the parser waits.
        "12<FF>", "{\"a\":12<FF> ,", "\"a\" b<FF>", "{\"a\":1 b<FF>", "[tr<FF>", "{a<FF>:1}", "\"abc\\<FF>\"",
    ]

    private func mutated(_ generator: inout SeededGenerator) -> [UInt8] {
        var bytes = utf8(Self.seeds[Int.random(in: 0..<Self.seeds.count, using: &generator)])
        for _ in 0..<Int.random(in: 0...3, using: &generator) {
            let at = Int.random(in: 0..<max(1, bytes.count), using: &generator)
            let token = Self.tokens[Int.random(in: 0..<Self.tokens.count, using: &generator)]
            switch Int.random(in: 0..<5, using: &generator) {
            case 0: bytes.insert(contentsOf: token, at: min(at, bytes.count))
            case 1: bytes.replaceSubrange(min(at, bytes.count)..<min(at + 1, bytes.count), with: token)
            case 2 where at < bytes.count: bytes.remove(at: at)
            case 3 where at < bytes.count: bytes[at] = UInt8.random(in: 0...255, using: &generator)
            default:
                if Int.random(in: 0..<4, using: &generator) == 0 {
                    bytes.removeSubrange(min(at, bytes.count)...)
                }
            }
        }
        return bytes
    }

    private func check(_ bytes: [UInt8], line: UInt = #line) {
        let description = text(bytes).debugDescription
        let frontEnd = try? JSONDocument(parsing: bytes)
        if let frontEnd { checkRoundTrip(frontEnd, description, line: line) }
        guard let strict = try? JSONDocument(parsing: bytes, grammar: .strict) else { return }
        XCTAssertEqual(frontEnd.map { rewritten($0.root) }, rewritten(strict.root), description, line: line)
        // Foundation drops U+FEFF at the beginning of a string.
        if text(bytes).unicodeScalars.contains("\u{FEFF}") { return }
        do {
            let other = try JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
            XCTAssertTrue(agree(strict.root, other), description, line: line)
        } catch {
            XCTFail("Foundation refuses \(description): \(error)", line: line)
        }
    }

    /// What was read can be written and read again.
    private func checkRoundTrip(_ document: JSONDocument, _ description: String, line: UInt) {
        let copy = JSON(document.root)
        for style in [JSONStyle.compact, .singleLine, .pretty] {
            let again = try? JSONDocument(parsing: copy.bytes(style), grammar: .strict)
            XCTAssertEqual(again.map { JSON($0.root) }, copy, description, line: line)
        }
    }

    private func agree(_ view: JSONView, _ other: Any) -> Bool {
        switch view.kind {
        case .null: return other is NSNull
        case .bool: return (other as? NSNumber)?.boolValue == view.bool
        case .number:
            guard let ours = view.double, let theirs = (other as? NSNumber)?.doubleValue else { return false }
            return ours == theirs || abs(ours - theirs) <= abs(ours) * 1e-15
        case .string: return (other as? String).map { utf8($0) } == view.withStringBytes { Array($0) }
        case .array:
            guard let others = other as? [Any] else { return false }
            let elements = Array(view.elements)
            return elements.count == others.count && zip(elements, others).allSatisfy { agree($0, $1) }
        case .object:
            guard let others = other as? [String: Any] else { return false }
            // Foundation keeps one of two members of the same name; which one doesn't matter here.
            let members = Array(view.members)
            guard Set(members.map { $0.name }).count == members.count else { return true }
            return members.count == others.count
                && members.allSatisfy { member in others[member.name].map { agree(member.value, $0) } ?? false
                }
        }
    }

    func test_fuzz_mutatedTextsNeverTrapAndAgreeWithFoundation() {
        var generator = SeededGenerator(seed: 1)
        let end = ContinuousClock.now + .seconds(2)
        var count = 0
        while count < 20_000, ContinuousClock.now < end {
            check(mutated(&generator))
            count += 1
        }
        XCTAssertGreaterThan(count, 100)
    }

    func test_fuzz_textsOfRandomTokensNeverTrap() {
        var generator = SeededGenerator(seed: 2)
        for _ in 0..<3000 {
            let count = Int.random(in: 0...12, using: &generator)
            check(
                (0..<count).flatMap { _ in
                    Self.tokens[Int.random(in: 0..<Self.tokens.count, using: &generator)]
                })
        }
    }

    func test_fuzz_seedsAreAcceptedByTheFrontEnd() {
        for seed in Self.seeds { XCTAssertNil(syntaxError(utf8(seed))) }
    }

    func test_fuzz_textsThatOnceFailed() {
        for text in Self.onceFailed {
            let bytes = raw(text)
            check(bytes)
            XCTAssertFalse(syntaxError(bytes)?.message.isEmpty ?? true, text)
        }
    }
}
