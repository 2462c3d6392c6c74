// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPWire
import TestSupport
import XCTest

@testable import GeminiMock

final class ScenariosRouteTests: AdminTestCase {
    private let polite = MockScenario(
        "polite",
        stubs: [
            MockStub("greets", when: MockPattern(lastText: .contains("Hello")), replies: [.text("Hi")]),
            MockStub("parts", replies: [.text("Bye")], isRequired: true),
        ])
    private let rude = """
        name: rude
        description: Says little.
        stubs:
          - name: grunts
            when: {endpoint: generateContent}
            replies: [{text: Hm}]

        """

    func test_scenarios_areTold_withWhatWasUsed() throws {
        let server = try serve(polite) {
            $0.library = [MockScenario("shelved", stubs: [MockStub("s", replies: [.text("S")])])]
        }
        _ = try ask(server, "Hello")
        let answer = try admin(server, "GET", "scenarios")
        XCTAssertEqual(answer.at("scenarios/0/name"), "polite")
        XCTAssertEqual(answer.at("scenarios/0/audience"), "everybody")
        XCTAssertEqual(answer.at("scenarios/0/stubCount"), "2")
        XCTAssertEqual(answer.at("scenarios/0/usedStubCount"), "1")
        XCTAssertEqual(answer.at("scenarios/0/loadedWhileRunning"), "false")
        XCTAssertEqual(answer.at("scenarios/1/name"), "shelved")
        XCTAssertEqual(answer.at("scenarios/1/audience"), "library")
        let one = try admin(server, "GET", "scenarios/polite")
        XCTAssertEqual(one.at("stubs/0/name"), "greets")
        XCTAssertEqual(one.at("stubs/0/uses"), "1")
        XCTAssertEqual(one.at("stubs/1/uses"), "0")
        XCTAssertEqual(one.at("stubs/1/required"), "true")
        XCTAssertTrue(try XCTUnwrap(one.at("stubs/0/place")).hasPrefix("GeminiMockTests/"))
        try assertRefused(
            server, "GET", "scenarios/polit", status: 404,
            saying: "no scenario “polit” (did you mean polite?)")
    }

    func test_aScenario_isLoaded_fromYAML_andReplacesTheOneOfItsName() throws {
        let server = try serve(polite)
        let loaded = try admin(server, "POST", "scenarios", rude)
        XCTAssertEqual(loaded.status, 200, loaded.text)
        XCTAssertEqual(loaded.at("name"), "rude")
        XCTAssertEqual(loaded.at("audience"), "everybody")
        XCTAssertEqual(loaded.at("warnings"), "[]")
        XCTAssertEqual(try ask(server).said, "Hm")
        XCTAssertEqual(try shown(server, "scenarios", "scenarios/0/description"), "Says little.")
        XCTAssertEqual(try shown(server, "scenarios", "scenarios/0/loadedWhileRunning"), "true")
        XCTAssertEqual(try shown(server, "scenarios/rude", "stubs/0/place"), "scenario:4")
        let again = try admin(server, "POST", "scenarios", rude.replacingOccurrences(of: "Hm", with: "No"))
        XCTAssertEqual(again.status, 200)
        XCTAssertEqual(try ask(server).said, "No")
        XCTAssertNil(try shown(server, "scenarios", "scenarios/2"))
    }

    func test_aScenario_isLoaded_fromJSON_forTheLibrary() throws {
        let server = try serve()
        let loaded = try admin(
            server, "POST", "scenarios?library=true",
            #"{"name": "a/b", "stubs": [{"name": "s", "replies": [{"text": "Yes"}]}]}"#)
        XCTAssertEqual(loaded.at("audience"), "library", loaded.text)
        XCTAssertNotEqual(try ask(server).said, "Yes")
        XCTAssertEqual(try ask(server, key: "scenario:a/b").said, "Yes")
        XCTAssertEqual(try shown(server, "scenarios/a%2Fb", "name"), "a/b")
        XCTAssertEqual(try admin(server, "DELETE", "scenarios/a%2Fb").status, 204)
        XCTAssertEqual(try ask(server, key: "scenario:a/b").status, 400)
    }

    func test_mistakes_areAllTold_andNothingIsLoaded() throws {
        let server = try serve()
        let text = rude.replacingOccurrences(of: "endpoint:", with: "endpont:")
            .replacingOccurrences(of: "text: Hm", with: "text: 3")
        let answer = try admin(server, "POST", "scenarios", text)
        XCTAssertEqual(answer.status, 400)
        XCTAssertEqual(answer.at("error/problems/0/line"), "5")
        XCTAssertEqual(answer.at("error/problems/0/column"), "12")
        XCTAssertEqual(answer.at("error/problems/0/suggestion"), "endpoint")
        XCTAssertEqual(answer.at("error/problems/0/severity"), "error")
        XCTAssertNotNil(answer.at("error/problems/1/message"))
        XCTAssertTrue(
            try XCTUnwrap(answer.at("error/message")).contains("scenario:5:12: when has no “endpont”"))
        XCTAssertEqual(try shown(server, "scenarios", "scenarios"), "[]")
        for (query, body, words) in [
            ("", "", "it is empty"), ("?library=maybe", rude, "“library” can't be “maybe”"),
            ("?libary=true", rude, "did you mean library"), ("", "name: [", "not readable as YAML"),
            ("", "a: 1\n---\nb: 2", "scenario:"), ("", "[]", "scenario:"),
        ] {
            try assertRefused(server, "POST", "scenarios\(query)", body, saying: words)
        }
        let client = try XCTUnwrap(RawClient(port: server.port))
        client.send(
            Array("POST /__admin/scenarios HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n".utf8)
                + [0xC3, 0x28])
        XCTAssertEqual(try client.receiveAnswer().at("error/message"), "The body isn't UTF-8.")
    }

    func test_aScenario_isTakenAway() throws {
        let server = try serve(polite)
        XCTAssertEqual(try admin(server, "DELETE", "scenarios/polite").status, 204)
        XCTAssertNotEqual(try ask(server).said, "Hi")
        try assertRefused(server, "DELETE", "scenarios/polite", status: 404, saying: "no scenario")
    }
}
