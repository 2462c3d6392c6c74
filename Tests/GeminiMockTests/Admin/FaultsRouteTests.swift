// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPWire
import TestSupport
import XCTest

@testable import GeminiMock

final class FaultsRouteTests: AdminTestCase {
    func test_aFault_isArmed_strikes_andIsSpent() throws {
        let server = try serve()
        let armed = try admin(
            server, "POST", "faults",
            #"{"fault": {"fault": "html-page"}, "when": {"model": "gemini-3*"}, "times": 2}"#)
        XCTAssertEqual(armed.status, 200, armed.text)
        XCTAssertEqual(armed.at("id"), "1")
        XCTAssertEqual(armed.at("times"), "2")
        XCTAssertEqual(try ask(server).status, 200, "another model")
        XCTAssertEqual(try shown(server, "faults", "faults/0/struck"), "0")
        XCTAssertEqual(try ask(server, model: "gemini-3.5-flash").status, 502)
        XCTAssertEqual(try shown(server, "faults", "faults/0/struck"), "1")
        XCTAssertEqual(try shown(server, "faults", "faults/0/spent"), "false")
        XCTAssertEqual(try ask(server, model: "gemini-3.5-flash").status, 502)
        XCTAssertEqual(try ask(server, model: "gemini-3.5-flash").status, 200)
        XCTAssertEqual(try shown(server, "faults", "faults/0/spent"), "true")
        XCTAssertEqual(try shown(server, "faults", "faults/0/fault"), "html-page")
    }

    func test_faults_areTakenAway() throws {
        let server = try serve()
        for _ in 0..<3 {
            XCTAssertEqual(
                try admin(server, "POST", "faults", #"{"fault": {"fault": "html-page"}}"#).status, 200)
        }
        XCTAssertEqual(try admin(server, "DELETE", "faults/2").status, 204)
        XCTAssertEqual(try shown(server, "faults", "faults/1/id"), "3")
        try assertRefused(server, "DELETE", "faults/2", status: 404, saying: "no armed fault")
        try assertRefused(server, "DELETE", "faults/x", status: 404, saying: "no armed fault")
        XCTAssertEqual(try admin(server, "DELETE", "faults").status, 204)
        XCTAssertEqual(try shown(server, "faults", "faults"), "[]")
        XCTAssertEqual(try ask(server).status, 200)
    }

    func test_mistakes_areTold_andNothingIsArmed() throws {
        let server = try serve()
        for (body, words) in [
            ("{}", "no “fault” to arm"),
            (
                #"{"fault": "error-mid-stream", "error": "model-overloaded"}"#,
                "“error” belongs inside “fault”"
            ), (#"{"fault": {"fault": "rset"}}"#, "did you mean reset"),
            (#"{"faults": {}}"#, "did you mean fault"),
            (#"{"fault": {"fault": "reset"}, "times": 0}"#, "“times” must be a whole number from 1"),
            (#"{"fault": {"fault": "reset", "times": 1}, "times": 2}"#, "twice"),
            (#"{"fault": {"fault": "reset"}, "when": {"modle": "x"}}"#, "did you mean model"),
            (#"{"fault": 3}"#, "body:1:11"),
        ] {
            try assertRefused(server, "POST", "faults", body, saying: words)
        }
        let answer = try admin(server, "POST", "faults", "{\n\"fault\": {\"fault\": \"rset\"}}")
        XCTAssertEqual(answer.at("error/problems/0/line"), "2")
        XCTAssertEqual(answer.at("error/problems/0/column"), "20")
        XCTAssertEqual(try shown(server, "faults", "faults"), "[]")
    }
}
