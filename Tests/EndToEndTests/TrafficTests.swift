// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import XCTest

/// Requests of real clients, recorded before the real service or on their way to it, are never refused wrongly.
///
/// They lie outside the project, in the folder that `GEMINI_MOCK_MATERIAL` names; without it this is a named skip, and
/// the forms that they have are those of `MessageBinderTests.test_bind_takesWhatClientsSend`.
final class TrafficTests: ServerTestCase {
    private struct Sent {
        let source: String
        let method: String
        let target: String
        let body: String
    }

    private static let methods = [
        "generateContent", "streamGenerateContent", "countTokens", "embedContent", "batchEmbedContents",
    ]

    func test_requests_areAnswered_underStrict() throws {
        guard let material = ProcessInfo.processInfo.environment["GEMINI_MOCK_MATERIAL"] else {
            let sentence = "TrafficTests: GEMINI_MOCK_MATERIAL names no folder with traffic/open.jsonl"
            Skips.note(sentence)
            throw XCTSkip(sentence)
        }
        let sent = try recorded(material) + captured(material)
        XCTAssertGreaterThan(sent.count, 240)
        let server = try serve("--model", "*", "--validation", "strict")
        for request in sent {
            let answer = try server.exchange(request.method, request.target, body: request.body)
            // Files are found once the form is good; those that are named were never uploaded here.
            if answer.status == 403, answer.text.contains("permission to access the File") { continue }
            XCTAssertEqual(
                answer.status, 200, "\(request.source) \(request.target): \(answer.text.prefix(1500))")
        }
        try server.stop()
    }

    /// Exchanges that the real service answered, but for those whose body nobody kept.
    private func recorded(_ material: String) throws -> [Sent] {
        let text = try String(contentsOfFile: "\(material)/traffic/open.jsonl", encoding: .utf8)
        return try text.split(separator: "\n").compactMap { line in
            let row = try XCTUnwrap(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            guard row["status"] as? Int == 200, let path = row["path"] as? String,
                TrafficTests.isAnswered(path),
                let body = row["request_body"], !(body is NSNull)
            else { return nil }
            let query = row["query"] as? String ?? ""
            return Sent(
                source: "open.jsonl \(row["n"] ?? "")", method: row["method"] as? String ?? "",
                target: path + (query.isEmpty ? "" : "?\(query)"),
                body: String(
                    decoding: try JSONSerialization.data(withJSONObject: body, options: .fragmentsAllowed),
                    as: UTF8.self)
            )
        }
    }

    /// Requests as clients sent them: head, blank line, body, what was answered.
    private func captured(_ material: String) throws -> [Sent] {
        let folder = "\(material)/contract/client-requests"
        let files = try XCTUnwrap(FileManager.default.subpaths(atPath: folder)).filter {
            $0.hasSuffix(".txt")
        }
        return try files.sorted().compactMap { file in
            let text = try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
            let lines = text.components(separatedBy: "\n")
            guard let line = lines.first(where: { $0.hasSuffix(" HTTP/1.1") }),
                let blank = lines.firstIndex(of: ""),
                let end = lines.firstIndex(where: { $0.hasPrefix("----- answered") }), blank < end
            else { return nil }
            let words = line.split(separator: " ").map(String.init)
            guard TrafficTests.isAnswered(words[1]) else { return nil }
            return Sent(
                source: file, method: words[0], target: words[1],
                body: lines[blank..<end].joined(separator: "\n")
            )
        }
    }

    private static func isAnswered(_ target: String) -> Bool {
        let path = target.prefix { $0 != "?" }
        return methods.contains { path.hasSuffix(":\($0)") }
    }
}
