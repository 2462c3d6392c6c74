// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import XCTest

/// Clients that have the API's own host compiled in: `serve --proxy`, `run --intercept`, `env`.
final class InterceptTests: AuthorityTestCase {
    private static let url = "https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-flash"
    private static let key = ["-H", "x-goog-api-key: made-up-key"]

    private func run(_ options: [String], _ command: [String], _ more: [String: String?] = [:]) throws
        -> ChildProcess.Result
    {
        try ChildProcess.run(
            ServerProcess.executable, ["run"] + options + ["--"] + command,
            environment: environment.merging(more) { _, new in new })
    }

    private func serveProxy(_ options: [String] = []) throws -> ServerProcess {
        try serve(["--proxy", "--log-level", "warning"] + options, environment: environment)
    }

    // MARK: curl

    func test_curl_comesByProxy() throws {
        let server = try serveProxy()
        let proxy = try XCTUnwrap(server.ready.proxyURL)
        let variables: [String: String?] = ["HTTPS_PROXY": proxy, "CURL_CA_BUNDLE": bundleFile]
        let answer = try curl([InterceptTests.url] + InterceptTests.key, variables)
        XCTAssertEqual(answer.exitCode, 0, answer.errors)
        XCTAssertTrue(answer.text.contains("models/gemini-2.5-flash"), answer.text)
        let plain = try curl(
            [InterceptTests.url.replacingOccurrences(of: "https:", with: "http:")] + InterceptTests.key,
            ["http_proxy": proxy])
        XCTAssertEqual(plain.text, answer.text)
        let other = try curl(["--verbose", "https://example.com/"], variables)
        XCTAssertEqual(other.exitCode, 56, other.errors)
        XCTAssertTrue(other.errors.contains("< HTTP/1.1 403 Forbidden"), other.errors)
        let plainOther = try curl(["http://example.com/"], ["http_proxy": proxy])
        XCTAssertTrue(plainOther.text.hasPrefix("This proxy is gemini-mock's"), plainOther.text)
    }

    func test_askedNames_areLedHere() throws {
        _ = try authority("replace", "--tls-name", "mock.internal")
        let server = try serveProxy(["--tls-name", "api.mock.internal"])
        let answer = try curl(
            ["https://api.mock.internal/v1beta/models/gemini-2.5-flash"] + InterceptTests.key,
            ["HTTPS_PROXY": server.ready.proxyURL, "CURL_CA_BUNDLE": bundleFile])
        XCTAssertTrue(answer.text.contains("models/gemini-2.5-flash"), answer.errors)
    }

    /// The upload's own address is the API's host again.
    func test_run_intercepts_uploads() throws {
        guard ChildProcess.find("curl") != nil else { throw RequiredClient.isMissing("there is no curl") }
        let script = #"""
            set -e
            host=https://generativelanguage.googleapis.com
            url=$(curl -sS -D - -o /dev/null "$host/upload/v1beta/files" -H "x-goog-api-key: $GEMINI_API_KEY" \
                -H "X-Goog-Upload-Protocol: resumable" -H "X-Goog-Upload-Command: start" \
                -H "X-Goog-Upload-Header-Content-Type: audio/wav" -d '{}' \
                | tr -d '\r' | sed -n 's/^[Xx]-[Gg]oog-[Uu]pload-U[Rr][Ll]: //p')
            echo "$url" | cut -d/ -f3
            curl -sS "$url" -H "X-Goog-Upload-Offset: 0" -H "X-Goog-Upload-Command: upload, finalize" \
                --data-binary "12345"
            """#
        let result = try run(["--intercept"], ["sh", "-c", script])
        XCTAssertEqual(result.exitCode, 0, result.errors)
        XCTAssertTrue(result.text.hasPrefix("generativelanguage.googleapis.com\n"), result.text)
        XCTAssertTrue(result.text.contains("\"sizeBytes\": \"5\""), result.text)
    }

    /// In a container, here one made of namespaces: `/etc/hosts` names this machine, and the server has port 443.
    func test_curl_comesByHosts() throws {
        guard ChildProcess.find("curl") != nil else { throw RequiredClient.isMissing("there is no curl") }
        let inside = ["--user", "--map-root-user", "--mount", "--net", "sh", "-c"]
        guard ChildProcess.find("unshare") != nil, ChildProcess.find("ip") != nil,
            try ChildProcess.run("unshare", inside + ["ip link set lo up"]).exitCode == 0
        else { throw RequiredClient.isUnavailable("InterceptTests: no namespaces can be made here") }
        let hosts = "\(dataHome)/hosts"
        try "127.0.0.1 generativelanguage.googleapis.com\n"
            .write(toFile: hosts, atomically: false, encoding: .utf8)
        let script = #"""
            set -e
            ip link set lo up
            mount --bind "$1" /etc/hosts
            exec "$0" run --tls --tls-port 443 -- sh -c \
                'curl -sS --cacert "$1" "$2" -H "x-goog-api-key: $GEMINI_API_KEY"' sh "$2" "$3"
            """#
        let result = try ChildProcess.run(
            "unshare",
            inside + [script, ServerProcess.executable, hosts, certificateFile, InterceptTests.url],
            environment: environment)
        XCTAssertEqual(result.exitCode, 0, result.errors)
        XCTAssertTrue(result.text.contains("models/gemini-2.5-flash"), result.text)
    }

    // MARK: google-genai

    func test_googleGenAI_hasNoBaseURL() throws {
        let python = try PythonEnvironment()
        let sound = "\(dataHome)/sound"
        try Data(count: 1 << 20).write(to: URL(fileURLWithPath: sound))
        for way in ["sync", "httpx", "aiohttp"] {
            let result = try run(
                ["--intercept"],
                [python.interpreter, "\(PythonEnvironment.checks)/intercepted.py", way, sound],
                ["PYTHONDONTWRITEBYTECODE": "1", "GOOGLE_GEMINI_BASE_URL": "http://127.0.0.1:9"])
            XCTAssertEqual(result.text, "STOP\nTrue\n1048576\n", "\(way): \(result.errors)")
        }
    }

    // MARK: Variables

    private static let names = #"""
        echo "$HTTPS_PROXY"; echo "$https_proxy $HTTP_PROXY $http_proxy"
        echo "$NO_PROXY-$no_proxy"
        echo "$SSL_CERT_FILE $REQUESTS_CA_BUNDLE $CURL_CA_BUNDLE $NODE_EXTRA_CA_CERTS"
        echo "${GOOGLE_GEMINI_BASE_URL-none} ${ALL_PROXY-none} $GEMINI_API_KEY"
        """#

    func test_run_setsTheVariables() throws {
        let result = try run(
            ["--intercept"], ["sh", "-c", InterceptTests.names],
            [
                "GOOGLE_GEMINI_BASE_URL": "http://elsewhere", "ALL_PROXY": "socks5://elsewhere",
                "HTTPS_PROXY": "http://elsewhere", "NO_PROXY": "db.internal,.googleapis.com,*,localhost",
            ])
        XCTAssertEqual(result.exitCode, 0, result.errors)
        let lines = result.text.components(separatedBy: "\n")
        let proxy = lines[0]
        XCTAssertNotNil(proxy.wholeMatch(of: #/http://127\.0\.0\.1:\d+/#), proxy)
        XCTAssertEqual(lines[1], "\(proxy) \(proxy) \(proxy)")
        XCTAssertEqual(
            lines[2], "127.0.0.1,localhost,::1,db.internal-127.0.0.1,localhost,::1,db.internal")
        XCTAssertEqual(lines[3], "\(bundleFile) \(bundleFile) \(bundleFile) \(certificateFile)")
        XCTAssertEqual(lines[4], "none none made-up-key")
    }

    func test_run_withOwnCertificate_leavesTrustAlone() throws {
        let files = try TestCertificate.shared.write()
        defer { try? FileManager.default.removeItem(atPath: files.folder) }
        let result = try run(
            ["--intercept", "--tls-cert", files.certificate, "--tls-key", files.key],
            ["sh", "-c", "echo ${SSL_CERT_FILE-none} $CURL_CA_BUNDLE"], ["CURL_CA_BUNDLE": "/mine.pem"])
        XCTAssertEqual(result.text, "none /mine.pem\n", result.errors)
        XCTAssertFalse(FileManager.default.fileExists(atPath: certificateFile))
    }

    func test_env_setsThem_inAShell() throws {
        let server = try serveProxy()
        let script = #"eval "$("$0" env --server "$1" --intercept)"; "# + InterceptTests.names
        let result = try ChildProcess.run(
            "sh", ["-c", script, ServerProcess.executable, server.baseURL], environment: environment)
        XCTAssertEqual(result.exitCode, 0, result.errors)
        let lines = result.text.components(separatedBy: "\n")
        XCTAssertEqual(lines[0], try XCTUnwrap(server.ready.proxyURL))
        XCTAssertEqual(lines[3], "\(bundleFile) \(bundleFile) \(bundleFile) \(certificateFile)")
        XCTAssertEqual(lines[4], "none none made-up-key")
    }

    private func env(_ options: [String], _ more: [String: String?] = [:]) throws -> ChildProcess.Result {
        try ChildProcess.run(
            ServerProcess.executable, ["env"] + options,
            environment: environment.merging(more) { _, new in new })
    }

    func test_env_readsTheReadyLine() throws {
        let path = "\(dataHome)/it's ready"
        let line =
            #"{"baseURL":"http://127.0.0.1:1","port":1,"pid":1,"version":"x","proxyURL":"http://127.0.0.1:2","#
            + #""authorityFile":"/it's/authority.pem"}"#
        try (line + "\nmore\n").write(toFile: path, atomically: false, encoding: .utf8)
        let mine: [String: String?] = ["GEMINI_API_KEY": "mine"]
        let plain = try env(["--ready", path], mine)
        XCTAssertEqual(
            plain.text,
            "export GEMINI_MOCK_URL='http://127.0.0.1:1'\nexport GOOGLE_GEMINI_BASE_URL='http://127.0.0.1:1'\n",
            plain.errors)
        let shell = try env(["--ready", path, "--intercept"], mine).text
        XCTAssertTrue(shell.contains(#"export SSL_CERT_FILE='/it'\''s/authorities.pem'"#), shell)
        XCTAssertFalse(shell.contains("mine"), "a key is nobody's business: \(shell)")
        let fish = try env(["--ready", path, "--intercept", "--shell", "fish"], mine).text
        XCTAssertTrue(fish.contains(#"set -gx SSL_CERT_FILE '/it\'s/authorities.pem'"#), fish)
    }

    func test_env_tellsWhatIsWrong() throws {
        let server = try serve()
        for (options, code, word) in [
            (["--ready", "/no/such/file"], 66, "/no/such/file"), (["--ready", "/dev/null"], 65, "ready"),
            (["--server", "http://127.0.0.1:1"], 69, "127.0.0.1:1"),
            (["--server", "https://x"], 64, "https://x"),
            (["--server", "nonsense"], 64, "nonsense"), (["--admin-key", "a\r\nb"], 64, "--admin-key"),
            (["--server", server.baseURL, "--intercept"], 69, "--proxy"),
        ] {
            let result = try env(options)
            XCTAssertEqual(Int(result.exitCode), code, "\(options): \(result.errors)")
            XCTAssertTrue(result.errors.contains(word), result.errors)
            XCTAssertEqual(result.text, "")
        }
    }

    func test_readyLine_hasTheProxy() throws {
        let server = try serveProxy()
        let proxy = try XCTUnwrap(server.ready.proxyURL)
        XCTAssertTrue(
            server.line.hasSuffix(",\"proxyURL\":\"\(proxy)\",\"authorityFile\":\"\(certificateFile)\"}"),
            server.line)
        let refused = try ChildProcess.run(
            ServerProcess.executable, ["serve", "--port", "0", "--proxy-port", "1"], environment: environment)
        XCTAssertEqual(refused.exitCode, 64)
    }
}
