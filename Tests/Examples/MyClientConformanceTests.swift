// SPDX-License-Identifier: Apache-2.0

import Foundation
import GeminiConformance
import XCTest

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// What stands between the suite and a client: the client is what calls `URLSession`.
struct MyAdapter: ClientUnderTest {
    let baseURL: String
    let key: String

    func perform(_ step: ConformanceStep) async throws -> StepResult {
        guard step.verb == .generate else { throw UnsupportedStep("it only asks") }
        let url = URL(string: "\(baseURL)/v1beta/models/\(step.model):generateContent")
        var request = URLRequest(url: try XCTUnwrap(url))
        request.httpMethod = "POST"
        request.httpBody = try JSONEncoder().encode(["contents": [["parts": [["text": step.text]]]]])
        request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        request.setValue(key, forHTTPHeaderField: "x-goog-api-key")
        let (data, response) = try await URLSession.shared.data(for: request)
        let status = (response as? HTTPURLResponse)?.statusCode ?? 0
        guard status == 200 else {
            throw StepFailure(kind: "api", message: String(decoding: data, as: UTF8.self), http: status)
        }
        let answer = try JSONDecoder().decode(Answer.self, from: data)
        let parts = answer.candidates?.first?.content?.parts ?? []
        let text = parts.compactMap(\.text).joined()
        return StepResult(text: text, finishReason: answer.candidates?.first?.finishReason)
    }
}

private struct Answer: Decodable {
    struct Candidate: Decodable { var content: Content?, finishReason: String? }
    struct Content: Decodable { var parts: [Part]? }
    struct Part: Decodable { var text: String? }
    var candidates: [Candidate]?
}

final class MyClientConformanceTests: ConformanceTestCase {
    override class func client(baseURL: String, key: String) -> any ClientUnderTest {
        MyAdapter(baseURL: baseURL, key: key)
    }

    override class var cases: [String] { ["JSN-01", "JSN-02", "JSN-04", "ERR-07", "ERR-14"] }

    func testConformance() throws { try judge() }
}
