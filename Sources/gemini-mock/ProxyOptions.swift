// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import GeminiMock
import MicroHTTP

/// The port for clients that have the API's host compiled in.
struct ProxyOptions: ParsableArguments {
    @Flag(
        help: """
            Be a proxy, too, on a port of 127.0.0.1, for clients that have https://generativelanguage.googleapis.com \
            compiled in: it leads here and nowhere else. With --tls, unless there is --tls-cert.
            """)
    var proxy = false

    @Option(
        help: ArgumentHelp("Port of the proxy; any free one without it, or with 0.", valueName: "port"),
        transform: NumberOption.port)
    var proxyPort: UInt16?

    func validate() throws {
        guard proxyPort == nil || proxy else {
            throw ValidationError("--proxy-port is of no use without --proxy.")
        }
    }

    func apply(to configuration: inout MockServer.Configuration, _ tls: TLSOptions) throws {
        guard proxy else { return }
        configuration.proxy = try ProxyOptions.configuration(tls, port: proxyPort)
    }

    static func configuration(_ tls: TLSOptions, port: UInt16? = nil) throws -> ProxyConfiguration {
        var proxy = ProxyConfiguration()
        proxy.names += try tls.names().filter { !proxy.names.contains($0) }
        proxy.port = Int(port ?? 0)
        return proxy
    }
}
