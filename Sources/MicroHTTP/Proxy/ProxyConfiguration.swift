// SPDX-License-Identifier: Apache-2.0

/// A port for clients that have another host compiled in, and take a proxy: it leads to this server and nowhere else. It is on
/// 127.0.0.1, whatever the server listens on.
public struct ProxyConfiguration: Sendable {
    /// 0 is any free port.
    public var port = 0
    /// The hosts and addresses that clients ask for.
    public var names: [TLSName]
    /// How long a client may take for its head, in seconds.
    public var headTimeout = 10
    /// How long a client that was refused may take to leave, in seconds.
    public var leaveTimeout = 2
    /// Clients whose head is awaited at once; more of them wait in the kernel's queue.
    public var pendingLimit = 256

    /// - Parameter names: the API's own host without any.
    public init(names: [TLSName] = [.host("generativelanguage.googleapis.com")]) {
        self.names = names
    }
}
