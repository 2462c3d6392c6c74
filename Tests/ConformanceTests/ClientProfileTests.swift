// SPDX-License-Identifier: Apache-2.0

import ConformanceServer
import ScenarioEngine
import XCTest

@testable import Conformance

/// What a client's file says is taken as it stands there, or refused.
final class ClientProfileTests: XCTestCase {
    private func profile(_ fields: String, of suites: [ConformanceSuite] = []) throws -> ClientProfile {
        let text = Array("command: [x]\n\(fields)".utf8)
        return try ClientProfile(LocatedDocument.read(text, file: "c.yaml"), file: "c.yaml", of: suites)
    }

    private func problem(_ fields: String) -> String {
        do {
            _ = try profile(fields)
            return "none"
        } catch {
            return "\(error)"
        }
    }

    func test_ranges() throws {
        for jobs in ["1", "256"] {
            XCTAssertEqual(try profile("jobs: \(jobs)").jobs, Int(jobs))
        }
        XCTAssertEqual(try profile("patience: 1000").patience, 1000)
        XCTAssertEqual(try profile("patience: 0.001").patience, 0.001)
        for (jobs, found) in [
            ("0", "number 0"), ("257", "number 257"), ("-1", "number -1"), ("many", "text “many”"),
        ] {
            XCTAssertEqual(
                problem("jobs: \(jobs)"),
                "c.yaml:2:7: jobs is a whole number from 1 to 256, found the \(found)")
        }
        for patience in ["0", "-1", "1001", "1e300"] {
            let told = problem("patience: \(patience)")
            XCTAssertTrue(told.hasPrefix("c.yaml:2:11: patience is over 0 and at most 1000, found "), told)
        }
    }

    func test_aCommandHasAProgram() {
        for command in ["[]", "''", "['']"] {
            let text = Array("command: \(command)".utf8)
            XCTAssertThrowsError(
                try ClientProfile(LocatedDocument.read(text, file: "c.yaml"), file: "c.yaml", of: [])
            ) { error in
                let expected =
                    command == "[]"
                    ? "c.yaml:1:10: a command is a program and its arguments, found an empty list"
                    : "c.yaml:1:\(command == "''" ? 10 : 11): a text is expected here, found the text “”"
                XCTAssertEqual("\(error)", expected)
            }
        }
    }

    func test_whatAClientLacksIsKnown() throws {
        XCTAssertEqual(try profile("lacks: upload").lacks, ["upload"])
        XCTAssertEqual(try profile("lacks: [upload, stream-json]").lacks, ["upload", "stream-json"])
        let names = ClientFeature.names.joined(separator: ", ")
        XCTAssertEqual(problem("lacks: [upload, flying]"), "c.yaml:2:17: “flying” is none of \(names)")
        XCTAssertEqual(
            problem("lacks: uploads"), "c.yaml:2:8: “uploads” is none of \(names) (did you mean upload?)")
        // A suite of one's own needs what it likes.
        let made = try ConformanceCase.make(more: "needs: [flying]")
        let suite = ConformanceSuite(name: "TST", title: "", cases: [made])
        XCTAssertEqual(try profile("lacks: [flying]", of: [suite]).lacks, ["flying"])
    }
}
