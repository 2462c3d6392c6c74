// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import Logging
import MicroHTTP
import RecordReplay

/// A proxy that passes requests on to an upstream as they come, and records what passes by.
///
/// Nothing is sent to the upstream but what clients send here.
public final class RecordingServer: Sendable {
    public struct Configuration: Sendable {
        /// Address or name to listen on.
        public var host = "127.0.0.1"
        /// 0 is any free port.
        public var port = 0
        /// What to serve HTTPS with, beside HTTP; nil without HTTPS.
        public var certificate: TLSCertificate?
        /// Port of HTTPS; 0 is any free port.
        public var tlsPort = 0
        /// Where requests go.
        public var upstream: UpstreamAddress
        /// A file with the authorities that vouch for the upstream (PEM); nil for those of the system.
        public var authorityFile: String?
        /// A key that requests get in the place of theirs. Then nobody but programs on this machine is answered.
        public var injectedKey: String?
        /// What is done to each exchange before it is recorded.
        public var redaction = Redaction()
        /// A folder for what long bodies need while they pass by; nothing is left in it.
        public var folder: String
        /// Requests that are passed on at once; more of them are refused.
        public var mostTransfers = 512
        /// Longer bodies are recorded by length and hash alone, in bytes.
        public var longestBody = RecordingFormat.longestBody
        /// Where to report failures, and at `debug` each request.
        public var logger = Logger(label: "gemini-mock", factory: { _ in SwiftLogNoOpLogHandler() })

        public init(upstream: UpstreamAddress, folder: String) {
            self.upstream = upstream
            self.folder = folder
        }
    }

    private let server: HTTPServer
    private let passing: PassingRecorder
    private let host: String

    /// Listens and passes on from now on.
    ///
    /// - Parameter sink: gets what is recorded.
    /// - Throws: `RecordingServerError` where it can't.
    public init(_ configuration: Configuration, to sink: any ExchangeSink) throws(RecordingServerError) {
        let passing = try PassingRecorder(configuration, to: sink)
        var http = HTTPServer.Configuration()
        http.host = configuration.host
        http.port = configuration.port
        http.certificate = configuration.certificate
        http.tlsPort = configuration.tlsPort
        // Each that is passed on needs another one upwards.
        let descriptors = max(64, DescriptorLimit.raise() - 64) / 2
        http.connectionLimit = min(configuration.certificate == nil ? descriptors : descriptors / 2, 16_384)
        host = configuration.host
        self.passing = passing
        do {
            server = try HTTPServer(http, logger: configuration.logger, handler: passing)
        } catch {
            throw .cannotListen(error)
        }
        passing.start()
    }

    deinit { stop() }

    /// The port that the server listens on.
    public var port: Int { server.port }

    /// What to give to a client, such as `http://127.0.0.1:49152`; no slash at the end.
    public var baseURL: String { "http://\(RecordingServer.reachable(host)):\(port)" }

    /// The same for HTTPS; nil without a certificate.
    public var tlsBaseURL: String? {
        server.tlsPort.map { "https://\(RecordingServer.reachable(host)):\($0)" }
    }

    /// How many exchanges were recorded, and how many couldn't be.
    public var counts: (recorded: Int, lost: Int) { passing.counts }

    /// Requests under way and answers being sent, and those passed on; all 0 after `stop`.
    public var liveObjects: (exchanges: Int, readers: Int, transfers: Int) {
        (server.liveObjects.exchanges, server.liveObjects.readers, passing.transfers)
    }

    /// Ends all that is under way where it is, and returns when all that has passed by is recorded. A second call returns at
    /// once.
    public func stop() {
        server.stop()
        passing.stop()
    }

    /// An address that clients can connect to, for one that only a server can listen on.
    private static func reachable(_ host: String) -> String {
        switch host {
        case "0.0.0.0": "127.0.0.1"
        case "::": "[::1]"
        case let address where address.contains(":"): "[\(address)]"
        default: host
        }
    }
}

/// Why a recorder couldn't start.
public enum RecordingServerError: Error, Sendable, CustomStringConvertible {
    case cannotListen(HTTPServerError)
    /// libcurl isn't installed, or too old.
    case curlIsMissing

    public var description: String {
        switch self {
        case .cannotListen(let error): error.description
        case .curlIsMissing:
            "libcurl isn't there, which passes requests on: install it (Debian: libcurl3-gnutls), then start again"
        }
    }
}
