// SPDX-License-Identifier: Apache-2.0

import Foundation
import GeminiMockXCTest
import XCTest

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

final class GreetingTests: XCTestCase {
    func test_greeting() async throws {
        let hello = MockPattern(endpoint: ["generateContent"], lastText: .contains("hello"))
        let scenario = MockScenario(
            "greeting", stubs: [MockStub("greets", when: hello, replies: [.text("Good day")])])

        try await withMockServer(scenario) { server in
            let answer = try await ask("Say hello", at: server.baseURL)
            XCTAssertTrue(answer.contains("Good day"), answer)
            XCTAssertReceived(server, hello, count: 1)
        }
    }

    /// In place of the client under test.
    private func ask(_ text: String, at baseURL: String) async throws -> String {
        let path = "/v1beta/models/gemini-3.5-flash:generateContent"
        var request = URLRequest(url: try XCTUnwrap(URL(string: baseURL + path)))
        request.httpMethod = "POST"
        request.setValue("any-key", forHTTPHeaderField: "x-goog-api-key")
        request.httpBody = Data(#"{"contents": [{"parts": [{"text": "\#(text)"}]}]}"#.utf8)
        let (body, _) = try await URLSession.shared.data(for: request)
        return String(decoding: body, as: UTF8.self)
    }
}
