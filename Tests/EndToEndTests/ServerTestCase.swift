// SPDX-License-Identifier: Apache-2.0

import TestSupport
import XCTest

/// Keeps the servers that a test starts until it is over, and looks whether they end well.
class ServerTestCase: XCTestCase {
    private var servers: [ServerProcess] = []

    /// A server for this test.
    ///
    /// - Parameter arguments: options of `serve` besides `--port 0 --json`.
    func serve(_ arguments: String...) throws -> ServerProcess { try serve(arguments) }

    func serve(_ arguments: [String], environment: [String: String?] = [:]) throws -> ServerProcess {
        let server = try ServerProcess(arguments, environment: environment)
        servers.append(server)
        return server
    }

    override func tearDownWithError() throws {
        defer { servers = [] }
        for server in servers {
            let result = try server.stop()
            XCTAssertEqual(result.exitCode, 0, "the server ended badly: \(result.errors)")
            XCTAssertEqual(result.text, "", "nothing but the ready line goes to standard output")
        }
    }
}
