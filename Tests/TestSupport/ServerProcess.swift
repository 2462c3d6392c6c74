// SPDX-License-Identifier: Apache-2.0

import Foundation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The `gemini-mock` that was built with the tests, serving on a free port as a child process.
///
///     let server = try ServerProcess(["--seed", "7"])
///     defer { server.stop() }
public final class ServerProcess {
    /// What the ready line says.
    public struct Ready: Decodable {
        public let baseURL: String
        public let tlsBaseURL: String?
        public let proxyURL: String?
        public let port: Int
        public let pid: Int32
        public let version: String
    }

    public let process: ChildProcess
    /// The ready line as it came.
    public let line: String
    public let ready: Ready
    private var result: ChildProcess.Result?

    public var baseURL: String { ready.baseURL }
    public var port: Int { ready.port }
    /// What it has written to standard error up to now.
    public var errorText: String { process.errorText }

    /// Starts it; it listens when this returns.
    ///
    /// - Parameters:
    ///   - arguments: options of `serve` besides `--port 0 --json`.
    ///   - environment: variables that differ from those of this process; nil takes one away.
    public init(_ arguments: [String] = [], environment: [String: String?] = [:]) throws {
        process = try ChildProcess(
            ServerProcess.executable, ["serve", "--port", "0", "--json"] + arguments, environment: environment
        )
        line = try process.line()
        ready = try JSONDecoder().decode(Ready.self, from: Data(line.utf8))
    }

    /// Ends it in order and gives what it leaves. Doing it twice does no harm.
    @discardableResult
    public func stop(signal: Int32 = SIGTERM) throws -> ChildProcess.Result {
        if let result { return result }
        process.send(signal: signal)
        let result = try process.result(within: .seconds(30))
        self.result = result
        return result
    }

    /// One request on a connection of its own.
    public func exchange(
        _ method: String, _ target: String,
        _ fields: [(String, String)] = [("x-goog-api-key", "made-up-key")],
        body: String = ""
    ) throws -> RawAnswer {
        guard let client = RawClient(port: port) else {
            throw ChildProcess.Failure("nobody listens on port \(port)")
        }
        let fields =
            [("Host", "127.0.0.1:\(port)")] + fields
            + (body.isEmpty ? [] : [("Content-Length", "\(body.utf8.count)")])
        client.send(
            "\(method) \(target) HTTP/1.1\r\n" + fields.map { "\($0.0): \($0.1)\r\n" }.joined() + "\r\n"
                + body)
        return try client.receiveAnswer(isToHEAD: method == "HEAD")
    }

    /// The path of the executable: beside the test bundle.
    public static var executable: String {
        #if canImport(Darwin)
            let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") } ?? Bundle.main
            let folder = bundle.bundleURL.deletingLastPathComponent()
        #else
            let folder = Bundle.main.bundleURL
        #endif
        return folder.appendingPathComponent("gemini-mock").path
    }
}
