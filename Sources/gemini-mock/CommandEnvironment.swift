// SPDX-License-Identifier: Apache-2.0

// For `environ`, which nothing in this program changes.
#if canImport(Glibc)
    @preconcurrency import Glibc
#else
    import Darwin
#endif

/// The environment of a command that is to talk to the server (CORE 1.4, sdk).
struct CommandEnvironment {
    /// Each is `NAME=VALUE`.
    private(set) var variables: [String]

    /// That of this process.
    static var inherited: CommandEnvironment {
        #if canImport(Glibc)
            var next: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = environ
        #else
            var next: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = _NSGetEnviron().pointee
        #endif
        var variables: [String] = []
        while let entry = next?.pointee {
            variables.append(String(cString: entry))
            next = next?.advanced(by: 1)
        }
        return CommandEnvironment(variables: variables)
    }

    /// A variable's value; nil where it isn't there or empty.
    subscript(name: String) -> String? {
        let start = "\(name)="
        guard let entry = variables.first(where: { $0.utf8.starts(with: start.utf8) }) else { return nil }
        let value = String(Substring(entry.utf8.dropFirst(start.utf8.count)))
        return value.isEmpty ? nil : value
    }

    /// Points Google's clients, and whoever asks for `GEMINI_MOCK_URL`, at the server.
    ///
    /// - Parameters:
    ///   - tlsURL: where it serves HTTPS; nil where it doesn't.
    ///   - keys: the only good ones; nil where every one is.
    func pointed(at url: String, overTLS tlsURL: String?, keys: Set<String>?) -> CommandEnvironment {
        var pointed = self
        let key = goodKey(among: keys) ?? keys?.min() ?? "made-up-key"
        pointed.set("GOOGLE_GEMINI_BASE_URL", url)
        pointed.set("GEMINI_MOCK_URL", url)
        pointed.remove("GEMINI_MOCK_TLS_URL")
        if let tlsURL { pointed.set("GEMINI_MOCK_TLS_URL", tlsURL) }
        // Clients take either, so both say the same.
        for name in CommandEnvironment.keyNames { pointed.set(name, key) }
        // With these, they would look for the server elsewhere.
        pointed.remove("GOOGLE_GENAI_USE_VERTEXAI")
        pointed.remove("GOOGLE_GENAI_USE_ENTERPRISE")
        pointed.bypassProxies()
        return pointed
    }

    /// The one that clients take first comes first.
    static let keyNames = ["GOOGLE_API_KEY", "GEMINI_API_KEY"]

    /// A key that is there already: it may be one of `keys`, or name a scenario or a tenant.
    private func goodKey(among keys: Set<String>?) -> String? {
        let present = CommandEnvironment.keyNames.compactMap { self[$0] }
        return present.first { $0.hasPrefix("scenario:") || keys?.contains($0) ?? true }
    }

    /// A proxy can't reach the loopback address of this machine.
    private mutating func bypassProxies() {
        let proxies = ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"]
        guard proxies.contains(where: { self[$0] != nil }) else { return }
        let (lower, upper) = (self["no_proxy"], self["NO_PROXY"])
        for (name, value) in [("no_proxy", lower ?? upper), ("NO_PROXY", upper ?? lower)] {
            let hosts = (value ?? "").split { $0 == "," || $0 == " " }
            set(name, (hosts.contains("127.0.0.1") ? hosts : hosts + ["127.0.0.1"]).joined(separator: ","))
        }
    }

    // MARK: The API's own host

    /// Leads requests for the API's host to a proxy that stands in for it, and makes clients trust what is there. Without a
    /// base URL: what takes one would pass the proxy by.
    ///
    /// - Parameter files: nil where clients know the certificate by other means.
    mutating func intercept(by proxy: String, trusting files: TrustFiles?) {
        remove("GOOGLE_GEMINI_BASE_URL")
        for name in ["https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY"] { set(name, proxy) }
        for name in ["all_proxy", "ALL_PROXY"] { remove(name) }
        // Node 24 and later look at the others only where this says so.
        set("NODE_USE_ENV_PROXY", "1")
        let exceptions = directHosts()
        for name in ["no_proxy", "NO_PROXY"] { set(name, exceptions) }
        guard let files else { return }
        for name in CommandEnvironment.trustNames { set(name, files.bundle) }
        set("NODE_EXTRA_CA_CERTS", files.authority)
    }

    /// Each replaces what its clients would trust: OpenSSL, Python, Go, Ruby; requests; curl.
    private static let trustNames = ["SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"]
    private static let apiHost = "generativelanguage.googleapis.com"

    /// This machine, and what was reached without a proxy before, but for the API's host.
    private func directHosts() -> String {
        let machine = ["127.0.0.1", "localhost", "::1"]
        let before = (self["no_proxy"] ?? self["NO_PROXY"] ?? "").split { $0 == "," || $0 == " " }.map(
            String.init)
        let kept = before.filter { entry in
            // `.googleapis.com`, `*.googleapis.com` and `googleapis.com` are the same to most clients.
            let name = entry.lowercased().drop { $0 == "*" || $0 == "." }
            return !name.isEmpty && !machine.contains(entry) && CommandEnvironment.apiHost != name
                && !CommandEnvironment.apiHost.hasSuffix(".\(name)")
        }
        return (machine + kept).joined(separator: ",")
    }

    private mutating func set(_ name: String, _ value: String) {
        remove(name)
        variables.append("\(name)=\(value)")
    }

    private mutating func remove(_ name: String) {
        variables.removeAll { $0.utf8.starts(with: "\(name)=".utf8) }
    }
}
