// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import XCTest

@testable import ScenarioEngine

final class StubIndexTests: XCTestCase {
    private func pattern(_ change: (inout RequestPattern) -> Void) -> RequestPattern {
        var pattern = RequestPattern()
        change(&pattern)
        return pattern
    }

    func test_stubsThatAskForNothing_areAlwaysCandidates_inTheirOrder() throws {
        let index = StubIndex([
            pattern { $0.models = ["a"] }, RequestPattern(), pattern { $0.models = ["b", "c"] },
            pattern { $0.models = ["gemini-*"] }, pattern { $0.models = ["c"] },
        ])
        XCTAssertEqual(index.candidates(for: try makeSubject(model: "c")), [1, 2, 3, 4])
        XCTAssertEqual(index.candidates(for: try makeSubject(model: "a")), [0, 1, 3])
        XCTAssertEqual(index.candidates(for: try makeSubject(model: nil)), [1, 3])
    }

    func test_everyLiteral_tellsStubsApart() throws {
        let many = 50
        func check(
            _ ask: (inout RequestPattern, Int) -> Void, _ request: RequestSubject, line: UInt = #line
        ) {
            let index = StubIndex((0..<many).map { number in pattern { ask(&$0, number) } })
            XCTAssertEqual(index.candidates(for: request), [42], line: line)
        }
        check({ $0.models = ["m\($1)"] }, try makeSubject(model: "m42"))
        check({ $0.tenant = .equals("t\($1)") }, try makeSubject(tenant: "t42"))
        check({ $0.system = .equals("s\($1)") }, try makeSubject(system: "s42"))
        check(
            { $0.lastText = .contains("question \($1)!") }, try makeSubject(lastText: "the question 42! is"))
        check({ $0.lastText = .contains(" \($1 + 10)") }, try makeSubject(lastText: "a 52"))
        check(
            { $0.headers = [.init(name: "X-Case", pattern: .equals("c\($1)"))] },
            try makeSubject(fields: [.init("x-case", "other"), .init("x-case", "c42")]))
        check(
            { $0.query = [.init(name: "case", pattern: .equals("c\($1)"))] },
            try makeSubject(target: "/?case=c42"))
        check(
            { $0.pointers = [.init(pointer: "/a/0", condition: .equals(.string("v\($1)")))] },
            try makeSubject(body: #"{"a": ["v42"]}"#))
    }

    /// All stubs have the model and the text's beginning in common: these tell nothing.
    func test_theRarestLiteral_isChosen() throws {
        let index = StubIndex(
            (0..<1000).map { number in
                pattern {
                    $0.endpoints = ["generateContent"]
                    $0.models = ["gemini-2.5-flash"]
                    $0.lastText = .contains("tell me about number \(1000 + number)")
                }
            })
        let candidates = index.candidates(for: try makeSubject(lastText: "please tell me about number 1234"))
        XCTAssertTrue(candidates.contains(234))
        XCTAssertLessThan(candidates.count, 5)
    }

    /// No request may lose a stub that it fits.
    func test_whatFits_isACandidate() throws {
        let texts = ["", "a", "ab", "abc", "abcd", "abcdé", "e\u{301}", "é"]
        let patterns = texts.map { text in pattern { $0.lastText = .contains(text) } }
        let index = StubIndex(patterns)
        for text in texts {
            let candidates = Set(index.candidates(for: try makeSubject(lastText: text)))
            for (number, part) in texts.enumerated() where text.utf8.count >= part.utf8.count {
                let isThere = Array(text.utf8).contains(Array(part.utf8))
                if isThere { XCTAssertTrue(candidates.contains(number), "\(part) in \(text)") }
            }
        }
    }
}

extension [UInt8] {
    fileprivate func contains(_ part: [UInt8]) -> Bool {
        part.isEmpty || indices.contains { self[$0...].starts(with: part) }
    }
}
