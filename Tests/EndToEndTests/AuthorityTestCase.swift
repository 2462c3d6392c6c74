// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import XCTest

/// Tests with an authority in a data folder of their own, which goes when they are over.
class AuthorityTestCase: ServerTestCase {
    private(set) var dataHome = ""

    var certificateFile: String { "\(dataHome)/gemini-mock/authority.pem" }
    var bundleFile: String { "\(dataHome)/gemini-mock/authorities.pem" }
    /// Takes what the machine says of authorities and proxies away.
    var environment: [String: String?] {
        let names = [
            "SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "NODE_EXTRA_CA_CERTS",
            "http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy",
            "NO_PROXY", "GEMINI_API_KEY", "GOOGLE_API_KEY", "GOOGLE_GEMINI_BASE_URL", "PYTHONPATH",
            "GOOGLE_GENAI_USE_VERTEXAI", "GOOGLE_GENAI_USE_ENTERPRISE",
        ]
        var environment: [String: String?] = ["XDG_DATA_HOME": dataHome]
        for name in names { environment[name] = String?.none }
        return environment
    }

    override func setUpWithError() throws {
        try super.setUpWithError()
        dataHome = TemporaryPath.next
        try FileManager.default.createDirectory(atPath: dataHome, withIntermediateDirectories: false)
    }

    override func tearDownWithError() throws {
        defer { try? FileManager.default.removeItem(atPath: dataHome) }
        try super.tearDownWithError()
    }

    /// What `gemini-mock ca …` prints.
    func authority(_ arguments: String...) throws -> String {
        let result = try ChildProcess.run(
            ServerProcess.executable, ["ca"] + arguments, environment: environment)
        XCTAssertEqual(result.exitCode, 0, result.errors)
        XCTAssertEqual(result.errors, "")
        return result.text
    }

    /// A server with `--tls`, at a log level that hides that the authority was made.
    func serveTLS(_ arguments: [String] = []) throws -> ServerProcess {
        try serve(["--tls", "--log-level", "warning"] + arguments, environment: environment)
    }

    func curl(_ arguments: [String], _ variables: [String: String?] = [:]) throws -> ChildProcess.Result {
        guard ChildProcess.find("curl") != nil else { throw RequiredClient.isMissing("there is no curl") }
        return try ChildProcess.run(
            "curl", ["--disable", "--silent", "--show-error", "--max-time", "60"] + arguments,
            environment: environment.merging(variables) { _, new in new })
    }
}
