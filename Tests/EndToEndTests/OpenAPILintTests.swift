// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import XCTest

/// The description of the admin API, as it is served, is OpenAPI 3.1 to a tool that isn't ours.
final class OpenAPILintTests: ServerTestCase {
    func test_theDescription_isValid() throws {
        let python = try PythonEnvironment().interpreter
        let tool = URL(fileURLWithPath: python).deletingLastPathComponent()
            .appendingPathComponent("openapi-spec-validator").path
        guard ChildProcess.find(tool) != nil else {
            throw RequiredClient.isMissing("openapi-spec-validator is not in \(tool); run `make clients`")
        }
        let document = try serve().exchange("GET", "/__admin/openapi.yaml")
        XCTAssertEqual(document.status, 200)
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).yaml")
        try Data(document.body).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let result = try ChildProcess.run(tool, ["--schema", "3.1", file.path], within: .seconds(120))
        XCTAssertEqual(result.exitCode, 0, "\(result.text)\n\(result.errors)")
    }
}
