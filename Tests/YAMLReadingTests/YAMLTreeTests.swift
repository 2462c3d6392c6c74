// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest
import YAMLReading

final class YAMLTreeTests: XCTestCase {
    private func read(_ text: String, _ limits: YAMLTree.Limits = YAMLTree.Limits()) throws -> YAMLNode {
        try YAMLTree.read(Array(text.utf8), limits: limits)
    }

    private func failure(_ text: String, _ limits: YAMLTree.Limits = YAMLTree.Limits()) -> String? {
        do {
            _ = try YAMLTree.read(Array(text.utf8), limits: limits)
            return nil
        } catch {
            return "\(error.place.line):\(error.place.column): \(error.message)"
        }
    }

    /// Scalars as they are written, `!` before quoted ones.
    private func shown(_ node: YAMLNode) -> String {
        switch node.content {
        case .scalar(let text, let isPlain): (node.tag.map { "<\($0)>" } ?? "") + (isPlain ? "" : "!") + text
        case .list(let nodes): "[" + nodes.map(shown).joined(separator: ",") + "]"
        case .map(let fields):
            "{" + fields.map { "\($0.name):\(shown($0.value))" }.joined(separator: ",") + "}"
        }
    }

    func test_scalarsStay_tagsAndQuotesAreTold() throws {
        let node = try read(
            "a: [1.50, '2', yes, ~]\nb: !!binary |\n  QUJD\nc: !binary 'QQ=='\n? d\n: {}\n")
        XCTAssertEqual(
            shown(node), "{a:[1.50,!2,yes,~],b:<tag:yaml.org,2002:binary>!QUJD\n,c:<!binary>!QQ==,d:{}}")
    }

    func test_placesAreTold() throws {
        guard case .map(let fields) = try read("\u{FEFF}a:\n  - b: 'ü'\n  - c\n").content,
            case .list(let elements) = fields[0].value.content
        else { return XCTFail() }
        XCTAssertEqual(elements.map(\.place), [TextPlace(line: 2, column: 5), TextPlace(line: 3, column: 5)])
    }

    func test_aliases_standForWhatIsAboveThem() throws {
        XCTAssertEqual(shown(try read("a: &x [1]\nb: *x\nc: [*x]\n")), "{a:[1],b:[1],c:[[1]]}")
        XCTAssertEqual(
            failure("a: &x [*x]\n"), "1:8: the alias *x stands for nothing: no finished &x is above it")
    }

    func test_whatIsNoTree_isRefused() {
        XCTAssertEqual(failure(""), "1:1: the file is empty")
        XCTAssertEqual(failure("a: 1\n---\nb: 2\n"), "2:1: nothing may follow the first document")
        XCTAssertEqual(failure("? [a]\n: 1\n"), "1:3: a name must be a text, not a list, a map or an alias")
        XCTAssertEqual(failure("a: [1\n")?.contains("not readable as YAML"), true)
        XCTAssertEqual(failure("a: \"\u{0}\"")?.contains("not readable"), true)
    }

    func test_limits_countAliasesAsWhatTheyStandFor() {
        var limits = YAMLTree.Limits()
        limits.values = 12
        XCTAssertNil(failure("a: &x [1, 2, 3]\nb: *x\n", limits))
        XCTAssertEqual(
            failure("a: &x [1, 2, 3]\nb: *x\nc: *x\n", limits),
            "3:4: there are more than 12 values, those of aliases included")
        limits = YAMLTree.Limits()
        limits.scalars = 20
        XCTAssertEqual(
            failure("a: &x 0123456789\nb: *x\n", limits),
            "2:4: the texts have more than 20 bytes, those of aliases included")
        limits = YAMLTree.Limits()
        limits.depth = 3
        XCTAssertNil(failure("a: &x [1]\nb: [*x]\n", limits))
        XCTAssertEqual(
            failure("a: &x [1]\nb: [[*x]]\n", limits), "2:6: lists and maps go deeper than 3 levels")
        XCTAssertEqual(
            failure(String(repeating: "[", count: 100_000))?.hasSuffix("deeper than 100 levels"), true)
    }

    /// Nine lines that stand for a thousand million values.
    func test_aliasesOfAliases_areRefusedAtOnce() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...9 {
            let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            text += "a\(level): &a\(level) [\(aliases)]\n"
        }
        XCTAssertEqual(failure(text)?.hasSuffix("values, those of aliases included"), true)
    }
}
