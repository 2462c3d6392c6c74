// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import XCTest

/// `gemini-mock ca`, and clients that check what `--tls` shows them. Nothing here touches the system's own list.
final class AuthorityCommandTests: AuthorityTestCase {
    // MARK: The files

    func test_path_isAllThatIsPrinted() throws {
        let path = try authority("path")
        XCTAssertEqual(path, "\(dataHome)/gemini-mock/authority.pem\n")
        XCTAssertEqual(try authority("path", "--bundle"), "\(dataHome)/gemini-mock/authorities.pem\n")
        let text = try String(contentsOfFile: certificateFile, encoding: .utf8)
        XCTAssertEqual(try authority("print"), text)
        XCTAssertTrue(text.hasPrefix("-----BEGIN CERTIFICATE-----\n"), text)
    }

    func test_itIsMadeOnce_andNamesAreRefusedClearly() throws {
        _ = try serveTLS()
        let text = try authority("print")
        let server = try serveTLS(["--tls-name", "a.generativelanguage.googleapis.com"])
        XCTAssertEqual(try authority("print"), text)
        XCTAssertEqual(server.errorText, "")
        let refused = try ChildProcess.run(
            ServerProcess.executable, ["serve", "--port", "0", "--tls", "--tls-name", "mock.internal"],
            environment: environment)
        XCTAssertEqual(refused.exitCode, 64)
        XCTAssertTrue(
            refused.errors.contains("may not vouch for mock.internal")
                && refused.errors.contains("ca replace --tls-name mock.internal"), refused.errors)
        XCTAssertTrue(try authority("replace", "--tls-name", "mock.internal").contains("mock.internal"))
        XCTAssertNotEqual(try authority("print"), text)
        _ = try serveTLS(["--tls-name", "mock.internal"])
    }

    func test_badOptions_areRefused() throws {
        for options in [
            ["--tls", "--tls-cert", "a", "--tls-key", "b"], ["--tls-name", "localhost"],
            ["--tls", "--tls-name", "*.example.com"], ["--tls", "--tls-name", ""],
        ] {
            let result = try ChildProcess.run(
                ServerProcess.executable, ["serve", "--port", "0"] + options, environment: environment)
            XCTAssertEqual(result.exitCode, 64, "\(options): \(result.errors)")
        }
        let homeless = try ChildProcess.run(
            ServerProcess.executable, ["ca", "path"], environment: ["XDG_DATA_HOME": nil, "HOME": nil])
        XCTAssertEqual(homeless.exitCode, 69)
        XCTAssertTrue(homeless.errors.contains("HOME"), homeless.errors)
    }

    // MARK: Trust

    /// The programs that would change the system are ones that only write down how they were called.
    private func recordedCalls(_ arguments: [String]) throws -> (ChildProcess.Result, [String]) {
        let (folder, log) = ("\(dataHome)/bin", "\(dataHome)/calls")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try? FileManager.default.removeItem(atPath: log)
        for name in ["install", "rm", "sudo", "update-ca-certificates", "security"] {
            let script = "#!/bin/sh\necho \"\(name) $*\" >> \"\(log)\"\n"
            try script.write(toFile: "\(folder)/\(name)", atomically: false, encoding: .utf8)
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o755], ofItemAtPath: "\(folder)/\(name)")
        }
        let result = try ChildProcess.run(
            ServerProcess.executable, ["ca"] + arguments,
            environment: environment.merging(["PATH": folder]) { _, new in new })
        let calls = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
        return (result, calls.split(separator: "\n").map(String.init))
    }

    func test_install_asksFirst() throws {
        let (result, calls) = try recordedCalls(["install"])
        XCTAssertEqual(result.exitCode, 64, "standard input is nobody who could agree")
        XCTAssertEqual(calls, [])
        XCTAssertTrue(result.errors.contains("generativelanguage.googleapis.com"), result.errors)
        XCTAssertTrue(result.errors.contains("nothing was changed"), result.errors)
    }

    func test_install_andUninstall_callTheSystemsPrograms() throws {
        #if os(Linux)
            let sudo = geteuid() == 0 ? "" : "sudo "
            let (installed, calls) = try recordedCalls(["install", "--yes"])
            XCTAssertEqual(installed.exitCode, 0, installed.errors)
            XCTAssertEqual(calls.count, 2)
            let copy = "install -m 0644 \(certificateFile) /usr/local/share/ca-certificates/gemini-mock-"
            XCTAssertTrue(calls.first?.hasPrefix(sudo + copy) == true, "\(calls)")
            XCTAssertEqual(calls.last?.hasPrefix("\(sudo)update-ca-certificates"), true, "\(calls)")
            for call in calls {
                XCTAssertTrue(
                    installed.errors.contains(call.trimmingCharacters(in: .whitespaces)), "not told: \(call)")
            }
            let (_, undone) = try recordedCalls(["uninstall", "--yes"])
            let file = try XCTUnwrap(calls.first?.split(separator: " ").last)
            XCTAssertEqual(undone.first, "\(sudo)rm -f \(file)")
            XCTAssertEqual(undone.count, 2)
        #endif
    }

    // MARK: Clients

    func test_curl_comesByConnectTo() throws {
        let server = try serveTLS()
        let port = try XCTUnwrap(URL(string: server.ready.tlsBaseURL ?? "")?.port)
        let host = "generativelanguage.googleapis.com"
        for file in [certificateFile, bundleFile] {
            let result = try curl([
                "--cacert", file, "--connect-to", "\(host):443:127.0.0.1:\(port)",
                "https://\(host)/v1beta/models/gemini-2.5-flash", "-H", "x-goog-api-key: made-up-key",
            ])
            XCTAssertEqual(result.exitCode, 0, result.errors)
            XCTAssertTrue(result.text.contains("models/gemini-2.5-flash"), result.text)
        }
        let other = try curl([
            "--cacert", certificateFile, "--connect-to", "example.com:443:127.0.0.1:\(port)",
            "https://example.com/",
        ])
        XCTAssertEqual(other.exitCode, 60, "a certificate for any name: \(other.errors)")
    }

    func test_python_checksItStrictly() throws {
        let python = try PythonEnvironment()
        let server = try serveTLS()
        let port = try XCTUnwrap(URL(string: server.ready.tlsBaseURL ?? "")?.port)
        // The default from Python 3.13 on.
        let script = """
            import ssl, sys, urllib.request
            context = ssl.create_default_context(cafile=sys.argv[1])
            context.verify_flags |= ssl.VERIFY_X509_STRICT | ssl.VERIFY_X509_PARTIAL_CHAIN
            opener = urllib.request.build_opener(
                urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=context))
            for host in ["localhost", "127.0.0.1"]:
                print(opener.open(f"https://{host}:{sys.argv[2]}/__admin/health").status)
            """
        for file in [certificateFile, bundleFile] {
            let result = try ChildProcess.run(
                python.interpreter, ["-c", script, file, "\(port)"], environment: ["PYTHONPATH": nil])
            XCTAssertEqual(result.text, "200\n200\n", result.errors)
        }
    }

    func test_node_fetches() throws {
        guard ChildProcess.find("node") != nil else { throw RequiredClient.isMissing("there is no node") }
        let server = try serveTLS()
        let url = try XCTUnwrap(server.ready.tlsBaseURL)
        let script = "fetch(process.argv[1] + '/__admin/health').then(r => console.log(r.status))"
        for url in [url, url.replacingOccurrences(of: "127.0.0.1", with: "localhost")] {
            let result = try ChildProcess.run(
                "node", ["-e", script, url], environment: ["NODE_EXTRA_CA_CERTS": certificateFile])
            XCTAssertEqual(result.text, "200\n", result.errors)
        }
        let stranger = try ChildProcess.run(
            "node", ["-e", script, url], environment: ["NODE_EXTRA_CA_CERTS": nil])
        XCTAssertNotEqual(stranger.exitCode, 0, "the certificate isn't checked")
    }
}
