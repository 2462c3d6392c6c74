// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import Logging

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The proxy's port: one thread that reads the heads of tunnels (CONNECT) and hands their sockets to the server's TLS side; all
/// else goes to its plain side unread. Bounded in the size of heads, their time, and how many are awaited.
///
/// `@unchecked Sendable`: `thread` and `sides` are set by `start`, before there is a thread, and `thread` and `isClosed` are changed by `stop`,
/// which the server calls after it, with no thread left; all else is constant.
final class ProxyListener: @unchecked Sendable {
    private struct Client {
        let socket: PeerSocket
        var head = ProxyHead()
        /// How much of what is no tunnel has come, and is still unread.
        var peeked = 0
        /// In milliseconds of the monotonic clock.
        var deadline: Int64
        /// How much may still come of a client that was refused; nil while its head is awaited.
        var drainable: Int?
    }

    /// What is sent together with a head and read in vain, so that the refusal isn't lost to a reset, in bytes.
    private static let drainLimit = 64 * 1024
    /// How long to leave the queue alone where there are no descriptors, in milliseconds.
    private static let exhaustionPause: Int64 = 100

    private let configuration: ProxyConfiguration
    private let gate: ProxyGate
    private let listener: ListeningSocket
    private let logger: Logger
    /// Read and write end; what is written ends the thread.
    private let bell: (Int32, Int32)
    private var thread: WorkerThread?
    private var sides: ServerSides?
    private var isClosed = false

    var port: Int { listener.port }

    /// - Parameters:
    ///   - listener: is this object's from now on.
    /// - Throws: `HTTPServerError` where there are no descriptors; the listener is closed then.
    init(
        _ configuration: ProxyConfiguration, gate: ProxyGate, listener: ListeningSocket, logger: Logger
    ) throws(HTTPServerError) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else {
            close(listener.descriptor)
            throw .daemonFailed
        }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        bell = (ends[0], ends[1])
        self.configuration = configuration
        self.gate = gate
        self.listener = listener
        self.logger = logger
    }

    deinit {
        if !isClosed { close(listener.descriptor) }
        close(bell.0)
        close(bell.1)
    }

    /// - Parameter sides: take over each socket that isn't refused.
    func start(_ sides: ServerSides) {
        self.sides = sides
        thread = WorkerThread { self.run() }
    }

    /// Closes what hasn't been handed over, and hands nothing over from then on.
    func stop() {
        guard let thread else { return }
        self.thread = nil
        var byte: UInt8 = 0
        _ = write(bell.1, &byte, 1)
        thread.join()
        close(listener.descriptor)
        isClosed = true
    }

    // MARK: The thread

    fileprivate func run() {
        var clients: [Client] = []
        defer { for client in clients { client.socket.end() } }
        var pausedUntil: Int64 = 0
        while true {
            let now = MonotonicClock.milliseconds
            let accepts = clients.count < configuration.pendingLimit && now >= pausedUntil
            var polled = [pollfd(fd: bell.0, events: Int16(POLLIN), revents: 0)]
            polled.append(
                pollfd(fd: accepts ? listener.descriptor : -1, events: Int16(POLLIN), revents: 0))
            for client in clients {
                polled.append(pollfd(fd: client.socket.descriptor, events: Int16(POLLIN), revents: 0))
            }
            var next = clients.map(\.deadline).min()
            if now < pausedUntil { next = min(next ?? pausedUntil, pausedUntil) }
            let patience = next.map { Int32(clamping: max(0, $0 - now) + 1) } ?? -1
            poll(&polled, nfds_t(polled.count), patience)
            if polled[0].revents != 0 { return }
            let hasNew = polled[1].revents != 0
            let later = MonotonicClock.milliseconds
            var left: [Client] = []
            for (client, poll) in zip(clients, polled.dropFirst(2)) {
                if let client = serve(client, isReady: poll.revents != 0, now: later) { left.append(client) }
            }
            clients = left
            if hasNew, !accept(&clients, now: later) { pausedUntil = later + ProxyListener.exhaustionPause }
        }
    }

    /// - Returns: false where there are no descriptors.
    private func accept(_ clients: inout [Client], now: Int64) -> Bool {
        while clients.count < configuration.pendingLimit {
            switch PeerSocket.accept(from: listener.descriptor) {
            case .client(let socket):
                let client = Client(socket: socket, deadline: now + Int64(configuration.headTimeout) * 1000)
                // Most have sent their head by now.
                if let client = serve(client, isReady: true, now: now) { clients.append(client) }
            case .nobody: return true
            case .exhausted:
                logger.warning("the proxy has no descriptor left for another client")
                return false
            }
        }
        return true
    }

    /// - Returns: nil where it is done with.
    private func serve(_ client: Client, isReady: Bool, now: Int64) -> Client? {
        if client.drainable != nil {
            guard now < client.deadline else { return end(client) }
            return isReady ? drain(client) : client
        }
        guard now < client.deadline else {
            return refuse(client, 408, "The head has taken too long.\n", now: now)
        }
        return isReady ? read(client, now: now) : client
    }

    private func read(_ client: Client, now: Int64) -> Client? {
        var client = client
        // Never more than the head: what follows it is for the other side.
        switch client.socket.peek(atMost: ProxyHead.largest + 1 - client.head.bytes.count) {
        case .nothing: return client
        case .ended: return end(client)
        case .bytes(let bytes):
            if client.head.bytes.isEmpty, let first = bytes.first, !ProxyHead.begins(with: first) {
                return pass(client, bytes)
            }
            let before = client.head.bytes.count
            client.head.append(bytes)
            switch client.head.verdict() {
            case .incomplete:
                _ = client.socket.read(bytes.count)
                return client
            case .refused(let status, let reason):
                _ = client.socket.read(bytes.count)
                return refuse(client, status, reason, now: now)
            case .tunnel(let name, let port, let length):
                _ = client.socket.read(length - before)
                guard gate.tunnels(to: name, port: port) else {
                    let asked = "\(ProxyListener.authority(name)):\(port)"
                    logger.debug("the proxy refuses a tunnel to \(asked)")
                    return refuse(client, 403, gate.refusal(asked), now: now)
                }
                guard client.socket.write("HTTP/1.1 200 Connection established\r\n\r\n") else {
                    return end(client)
                }
                sides?.takeOver(client.socket, overTLS: true)
                return nil
            }
        }
    }

    /// Hands over what is no tunnel once its head is there, or more than this object looks at: the library (0.9.75) would keep
    /// half a head whose client has left already, until its time-out.
    private func pass(_ client: Client, _ bytes: [UInt8]) -> Client? {
        // Awake without another byte: the client has left.
        if client.peeked == bytes.count { return end(client) }
        guard bytes.count >= ProxyHead.largest || ProxyListener.hasEmptyLine(bytes) else {
            var client = client
            client.peeked = bytes.count
            client.socket.wake(at: bytes.count + 1)
            return client
        }
        client.socket.wake(at: 1)
        sides?.takeOver(client.socket, overTLS: false)
        return nil
    }

    /// Whether there is one, by whatever line ends.
    private static func hasEmptyLine(_ bytes: [UInt8]) -> Bool {
        var isEmpty = false
        for byte in bytes {
            if byte == 10, isEmpty { return true }
            isEmpty = byte == 10 || byte == 13 && isEmpty
        }
        return false
    }

    private static func authority(_ name: TLSName) -> String {
        if case .address(let bytes) = name, bytes.count == 16 { return "[\(name)]" }
        return "\(name)"
    }

    private func refuse(_ client: Client, _ status: Int, _ reason: String, now: Int64) -> Client? {
        let allow = status == 405 ? "Allow: CONNECT\r\n" : ""
        let head = """
            HTTP/1.1 \(status) \(ReasonPhrase.text(status))\r
            Content-Type: text/plain; charset=UTF-8\r
            Content-Length: \(reason.utf8.count)\r
            \(allow)Connection: close\r
            \r

            """
        guard client.socket.write(head + reason) else { return end(client) }
        client.socket.wake(at: 1)
        client.socket.endOutput()
        var client = client
        client.drainable = ProxyListener.drainLimit
        client.deadline = now + Int64(configuration.leaveTimeout) * 1000
        return client
    }

    private func drain(_ client: Client) -> Client? {
        guard let left = client.drainable, left > 0 else { return end(client) }
        switch client.socket.read(min(left, 16 * 1024)) {
        case .nothing: return client
        case .ended: return end(client)
        case .bytes(let bytes):
            var client = client
            client.drainable = left - bytes.count
            return client
        }
    }

    private func end(_ client: Client) -> Client? {
        client.socket.end()
        return nil
    }
}
