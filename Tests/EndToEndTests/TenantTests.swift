// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import XCTest

/// Google's Python client, several times at once on one server: `Clients/python/tenants.py`.
final class TenantTests: ServerTestCase {
    func test_googleGenAI_sharesAServer_byKeyHeaderAndPrefix() throws {
        let python = try PythonEnvironment()
        let folder = try makeFolder()
        for name in ["a", "b"] {
            let stub = """
                name: \(name)
                stubs:
                  - name: says
                    when: {endpoint: [generateContent, streamGenerateContent]}
                    replies: [{text: \(name)1}, {text: \(name)2}]
                """
            try Data(stub.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name).yaml"))
        }
        // A key that names a scenario is good beside those that are told.
        let server = try serve("--library", folder, "--api-keys", "any-key")
        let result = try python.run("tenants.py", [server.baseURL])
        XCTAssertEqual(result.exitCode, 0, result.errors)
        XCTAssertEqual(
            result.text.split(separator: "\n").map { String($0) },
            [
                "keys a1 b1 a2 b2 a1", "header b1 b2", "unknown 400 UNKNOWN_SCENARIO", "prefix a1 a2 a1",
                "files of-one of-other of-x none", "get of-one", "another's 403", "count True", "stream a2",
                "turn True", "another's turn 404", "deleted none of-other",
            ], result.errors)
    }
}
