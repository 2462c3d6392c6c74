// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Where a proxy leads to.
struct ProxyGate: Sendable {
    /// What clients ask for, on the port of their scheme.
    let names: [TLSName]
    /// This server's own ports, by which it can be asked for as what it is: a part of this machine.
    let port: Int
    let tlsPort: Int?

    /// Whether a tunnel may be made. What is sent through it is TLS.
    func tunnels(to name: TLSName, port: Int) -> Bool {
        guard let tlsPort else { return false }
        return port == 443 && names.contains(name) || port == tlsPort && ProxyGate.isThisMachine(name)
    }

    /// Why a request that names a host itself isn't answered; nil where it is.
    func objection(to target: RequestTarget) -> String? {
        guard let authority = target.authority else { return nil }
        if let (name, port) = ProxyGate.parts(of: authority, defaultPort: 80),
            target.raw.lowercased().hasPrefix("http://"),
            port == 80 && names.contains(name) || port == self.port && ProxyGate.isThisMachine(name)
        {
            return nil
        }
        return refusal(String(authority))
    }

    /// What a client is told that asks for something else.
    func refusal(_ asked: String) -> String {
        let hosts = names.map(\.description).joined(separator: ", ")
        let way =
            tlsPort == nil
            ? "http://\(hosts), since the server has no HTTPS (--tls)"
            : "\(hosts) (http, and https on port 443)"
        return """
            This proxy is gemini-mock's, and leads to no host but \(way). It was asked for \
            \(ProxyGate.plain(asked)), and has sent nothing anywhere. NO_PROXY names hosts to be asked without it.

            """
    }

    /// `host:port`, or `host`.
    static func parts(of authority: some StringProtocol, defaultPort: Int?) -> (name: TLSName, port: Int)? {
        let text = String(authority)
        // The colon behind an address in brackets, or the only one.
        let isBracketed = text.hasSuffix("]")
        guard !isBracketed, let colon = text.lastIndex(of: ":") else {
            guard let defaultPort, let name = TLSName(text) else { return nil }
            return (name, defaultPort)
        }
        let digits = text[text.index(after: colon)...]
        guard digits.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }),
            let port = UInt16(digits), port > 0, let name = TLSName(String(text[..<colon]))
        else { return nil }
        // An IPv6 address with a port has brackets.
        if text[..<colon].contains(":"), !text.hasPrefix("[") { return nil }
        return (name, Int(port))
    }

    private static func isThisMachine(_ name: TLSName) -> Bool {
        switch name {
        case .host(let name): name == "localhost"
        case .address(let bytes):
            bytes.count == 4 ? bytes[0] == 127 : bytes.dropLast().allSatisfy { $0 == 0 } && bytes.last == 1
        }
    }

    /// What a client has sent, fit for its screen.
    private static func plain(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.prefix(200).map { 0x20...0x7E ~= $0.value ? $0 : "?" }))
    }
}
