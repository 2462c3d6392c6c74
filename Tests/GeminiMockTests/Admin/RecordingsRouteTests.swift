// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import RecordReplay
import TestSupport
import XCTest

@testable import GeminiMock

final class RecordingsRouteTests: AdminTestCase {
    func test_recordings_tellWhatNobodyHasUsed() throws {
        let exchanges = ["models", "models/x"].map { name in
            RecordedExchange(
                request: RecordedRequest(method: "GET", target: "/v1beta/\(name)"),
                answer: RecordedAnswer(status: 200, body: RecordedBody(Array(name.utf8))))
        }
        let server = try serve { $0.recordings = [MockRecording(Recording(name: "r", exchanges: exchanges))] }
        XCTAssertEqual(try get(server, "models").text, "models")
        let answer = try admin(server, "GET", "recordings")
        XCTAssertEqual(answer.at("recordings/0/name"), "r")
        XCTAssertEqual(answer.at("recordings/0/exchanges"), "2")
        XCTAssertEqual(answer.at("recordings/0/used"), "1")
        XCTAssertEqual(answer.at("recordings/0/unused/0/exchange"), "2")
        XCTAssertEqual(answer.at("recordings/0/unused/0/target"), "/v1beta/models/x")
        let findings = try admin(server, "GET", "findings")
        XCTAssertEqual(findings.at("clean"), "false")
        XCTAssertEqual(findings.at("unusedExchanges/count"), "1")
        XCTAssertEqual(findings.at("unusedExchanges/first/0/recording"), "r")
        XCTAssertEqual(try get(server, "models/x").text, "models/x")
        XCTAssertEqual(try admin(server, "GET", "findings").at("clean"), "true")
    }
}
