// SPDX-License-Identifier: Apache-2.0

import CMicroHTTPD
import HTTPWire
import Logging

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// An HTTP/1.1 server on libmicrohttpd: an epoll thread pool that calls a handler and plays the plans that it returns.
///
/// `@unchecked Sendable`: `daemons` and `logLine` are set while starting and changed only by `stop`, under
/// `isRunning`'s lock; all else is constant or locks by itself.
public final class HTTPServer: @unchecked Sendable {
    public struct Configuration: Sendable {
        /// Address or name to listen on.
        public var host = "127.0.0.1"
        /// 0 is any free port.
        public var port = 0
        /// What to serve HTTPS with, on a port and threads of its own beside those of HTTP; nil without HTTPS.
        public var certificate: TLSCertificate?
        /// Port of HTTPS; 0 is any free one.
        public var tlsPort = 0
        /// A port for clients that have another host compiled in; nil without it.
        public var proxy: ProxyConfiguration?
        /// Threads that serve connections.
        public var threads = 2
        /// Memory for a connection's head and buffers. It limits the head's size and is what an open stream costs.
        public var connectionMemory = 32 * 1024
        /// Seconds without a byte from the client after which a connection is closed. Waits of ours don't count.
        public var idleTimeout = 120
        /// Connections served at once, those over TLS among them. Some more are taken to be told that they are too many; those
        /// beyond wait in the kernel's queue.
        public var connectionLimit = 16_384

        public init() {}
    }

    let handler: any RequestHandler
    let logger: Logger
    private let state: WireState
    var live: LiveObjects { state.live }
    var wheel: TimerWheel { state.wheel }
    /// How long a client may take no byte of a raw answer.
    let patience: Duration
    private let listener: ListeningSocket
    private let tlsListener: ListeningSocket?
    private let proxy: ProxyListener?
    private let proxyGate: ProxyGate?
    /// The library reads it while its daemon runs.
    private let certificate: LoadedCertificate?
    private var daemons: [OpaquePointer] = []
    private var logLine = gm_logger(line: libraryLogged, closure: nil)
    private let isRunning = Monitor(false)
    let sockets: OpenSockets
    /// Seconds of silence after which the library closes a connection.
    let idleTimeout: Int
    /// The same for one that is told that there are too many.
    static let patienceWithTooMany: UInt32 = 5
    /// How many are told so at once.
    private static let tooManyAtOnce = 64

    /// The clock of all waits.
    public var clock: WireClock { state.clock }

    /// The port that is listened on.
    public var port: Int { listener.port }

    /// The port that is listened on for HTTPS; nil without it.
    public var tlsPort: Int? { tlsListener?.port }

    /// The port of the proxy; nil without it.
    public var proxyPort: Int? { proxy?.port }

    /// Listens and serves from now on.
    ///
    /// - Parameter state: of this server alone; for handlers that look at it.
    /// - Throws: `HTTPServerError` where the address can't be listened on.
    public init(
        _ configuration: Configuration, logger: Logger, state: WireState = WireState(),
        handler: any RequestHandler
    ) throws(HTTPServerError) {
        self.handler = handler
        self.state = state
        self.logger = logger
        patience = .seconds(configuration.idleTimeout)
        idleTimeout = configuration.idleTimeout
        sockets = OpenSockets(limit: configuration.connectionLimit, idleTimeout: configuration.idleTimeout)
        certificate = try configuration.certificate?.loaded()
        let sockets = try HTTPServer.listen(configuration)
        (listener, tlsListener) = (sockets.plain, sockets.tls)
        proxyGate = configuration.proxy.map {
            ProxyGate(names: $0.names, port: sockets.plain.port, tlsPort: sockets.tls?.port)
        }
        if let proxy = configuration.proxy, let gate = proxyGate, let socket = sockets.proxy {
            do {
                self.proxy = try ProxyListener(proxy, gate: gate, listener: socket, logger: logger)
            } catch {
                for socket in [sockets.plain, sockets.tls] { if let socket { close(socket.descriptor) } }
                throw error
            }
        } else {
            proxy = nil
        }
        wheel.start()
        self.sockets.start()
        isRunning.withLock { $0 = true }
        var unserved = [listener] + [tlsListener].compactMap(\.self)
        while let socket = unserved.first {
            let isTLS = socket.descriptor == tlsListener?.descriptor
            guard let daemon = startDaemon(configuration, socket, isTLS ? certificate : nil) else {
                stop()
                for socket in unserved { close(socket.descriptor) }
                throw .daemonFailed
            }
            daemons.append(daemon)
            unserved.removeFirst()
        }
        proxy?.start(
            ServerSides(
                plain: daemons[0], tls: daemons.count > 1 ? daemons[1] : nil, sockets: self.sockets,
                logger: logger))
    }

    /// All or none.
    private static func listen(_ configuration: Configuration) throws(HTTPServerError) -> (
        plain: ListeningSocket, tls: ListeningSocket?, proxy: ListeningSocket?
    ) {
        var open: [ListeningSocket] = []
        do throws(HTTPServerError) {
            let plain = try ListeningSocket(host: configuration.host, port: configuration.port)
            open.append(plain)
            var (tls, proxy): (ListeningSocket?, ListeningSocket?)
            if configuration.certificate != nil {
                tls = try ListeningSocket(host: configuration.host, port: configuration.tlsPort)
            }
            open += [tls].compactMap(\.self)
            if let wanted = configuration.proxy {
                proxy = try ListeningSocket(host: "127.0.0.1", port: wanted.port)
            }
            return (plain, tls, proxy)
        } catch {
            for socket in open { close(socket.descriptor) }
            throw error
        }
    }

    deinit { stop() }

    /// Refuses new connections, ends open streams where they are, and waits until no call-back runs any more.
    ///
    /// The library calls `abort()` when it is stopped with a suspended connection, so those are all woken first, and none
    /// is suspended from then on.
    public func stop() {
        let wasRunning = isRunning.withLock { isRunning in
            defer { isRunning = false }
            return isRunning
        }
        guard wasRunning else { return }
        // First: it gives connections to the daemons.
        proxy?.stop()
        // Not quiesced first: a worker that takes the listening socket out of its epoll set at the same moment makes the
        // library (0.9.75) panic. It closes the socket itself, when its threads have ended.
        wheel.stop()
        sockets.endAll()
        for daemon in daemons { MHD_stop_daemon(daemon) }
        daemons = []
    }

    /// Connections that wait for the clock.
    public var waitingConnections: Int { state.waitingConnections }

    /// Requests under way and bodies being sent, as held by the library. Both are 0 after `stop`.
    public var liveObjects: (exchanges: Int, readers: Int) { state.liveObjects }

    /// Connections that the library hasn't closed yet.
    public var openConnections: Int { sockets.count }

    // MARK: Daemon

    private func startDaemon(
        _ configuration: Configuration, _ socket: ListeningSocket, _ certificate: LoadedCertificate?
    ) -> OpaquePointer? {
        let this = Unmanaged.passUnretained(self).toOpaque()
        logLine.closure = this
        var flags = MHD_ALLOW_SUSPEND_RESUME.rawValue | MHD_USE_ERROR_LOG.rawValue
        #if os(Linux)
            flags |= MHD_USE_EPOLL_INTERNAL_THREAD.rawValue
        #else
            flags |= MHD_USE_POLL_INTERNAL_THREAD.rawValue
        #endif
        // The logger first: it tells what is wrong with the options behind it.
        var options = [
            withUnsafeMutablePointer(to: &logLine) { gm_logger_option($0) },
            option(.LISTEN_SOCKET, Int(socket.descriptor)),
            // Each thread gets its part of it.
            option(
                .CONNECTION_LIMIT,
                (configuration.connectionLimit + HTTPServer.tooManyAtOnce) * max(1, configuration.threads)),
            option(.CONNECTION_MEMORY_LIMIT, configuration.connectionMemory),
            option(.CONNECTION_TIMEOUT, configuration.idleTimeout),
            option(.URI_LOG_CALLBACK, unsafeBitCast(uriCallback, to: Int.self), this),
            option(.NOTIFY_COMPLETED, unsafeBitCast(completedCallback, to: Int.self), this),
            option(.NOTIFY_CONNECTION, unsafeBitCast(connectionCallback, to: Int.self), this),
        ]
        if configuration.threads > 1 { options.append(option(.THREAD_POOL_SIZE, configuration.threads)) }
        guard let certificate else {
            options.append(option(.END, 0))
            return gm_start_daemon(flags, requestProceeds, this, &options)
        }
        flags |= MHD_USE_TLS.rawValue
        options.append(option(.HTTPS_MEM_CERT, 0, certificate.certificate))
        options.append(option(.HTTPS_MEM_KEY, 0, certificate.key))
        return HTTPServer.protocols.withCString { protocols in
            // Copied by the library into what GnuTLS makes of it.
            options.append(option(.HTTPS_PRIORITIES, 0, UnsafeMutableRawPointer(mutating: protocols)))
            options.append(option(.END, 0))
            return gm_start_daemon(flags, requestProceeds, this, &options)
        }
    }

    /// TLS 1.2 and 1.3, which is what the real service's clients speak; else what GnuTLS deems good.
    private static let protocols = "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2"

    private func option(
        _ name: MHD_OPTION, _ value: Int, _ pointer: UnsafeMutableRawPointer? = nil
    ) -> MHD_OptionItem {
        MHD_OptionItem(option: name, value: value, ptr_value: pointer)
    }

    // MARK: Answers

    /// What is answered to a request that has come by the proxy and is for somebody else; nil for all others.
    func refusalByProxy(_ target: RequestTarget, _ connection: ConnectionHandle) -> ResponsePlan? {
        guard let proxyGate, target.authority != nil, sockets.hasComeByProxy(connection.descriptor),
            let objection = proxyGate.objection(to: target)
        else { return nil }
        return ResponsePlan(
            status: 403,
            fields: [
                // First: behind a Date it makes the library (0.9.75) add its own.
                HTTPFields.Field("Connection", "close"),
                HTTPFields.Field("Content-Type", "text/plain; charset=UTF-8"),
            ], body: Array(objection.utf8))
    }

    /// Hands a plan to the library. The connection's own thread only.
    ///
    /// - Returns: false where the connection is to be closed at once.
    func queue(
        _ plan: ResponsePlan, method: String, on connection: ConnectionHandle, _ delivery: Delivery?
    ) -> Bool {
        guard let response = makeResponse(plan, method: method, connection: connection, delivery) else {
            logger.error("no memory for an answer")
            return false
        }
        defer { MHD_destroy_response(response) }
        for field in plan.head.fields {
            // Spelt out: passing a String as a C string makes a copy of it, this doesn't.
            let isAdded = field.name.withCString { name in
                field.value.withCString { MHD_add_response_header(response, name, $0) }
            }
            if isAdded != .YES { logger.error("the header field \(field.name) can't be sent") }
        }
        return MHD_queue_response(connection.pointer, UInt32(plan.head.status), response) == .YES
    }

    private func makeResponse(
        _ plan: ResponsePlan, method: String, connection: ConnectionHandle, _ delivery: Delivery?
    ) -> OpaquePointer? {
        // HEAD with an unknown length would send a last chunk without any before it (0.9.75).
        if plan.actions.isEmpty || method == "HEAD" && plan.framing == .chunked { return buffer([]) }
        if plan.framing == .length, plan.actions.count == 1, case .send(let bytes) = plan.actions[0] {
            return buffer(bytes)
        }
        let reader = ActionReader(
            plan.actions, connection: connection, wheel: wheel, live: live, delivery: delivery)
        let length = max(0, plan.announcedLength ?? plan.bodyLength)
        let size = plan.framing == .length ? UInt64(length) : UInt64.max
        let retained = Unmanaged.passRetained(reader)
        guard
            let response = MHD_create_response_from_callback(
                size, plan.framing == .length ? HTTPServer.blockSize : 1024, bodyWanted, retained.toOpaque(),
                bodyReleased)
        else {
            retained.release()
            return nil
        }
        return response
    }

    /// How much of a body is asked for at once. A chunked body is read straight into the connection's own memory, and the
    /// block that comes with the response would only cost memory: 5,000 open streams have 5,000 of them.
    private static let blockSize = 16 * 1024

    private func buffer(_ bytes: [UInt8]) -> OpaquePointer? {
        bytes.withUnsafeBytes { bytes in
            MHD_create_response_from_buffer(
                bytes.count, UnsafeMutableRawPointer(mutating: bytes.baseAddress), .RESPMEM_MUST_COPY)
        }
    }
}

// Function pointers with the exact C types that the options want.
private let uriCallback:
    @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<CChar>?, OpaquePointer?) ->
        UnsafeMutableRawPointer? =
        requestLineArrived
private let completedCallback: MHD_RequestCompletedCallback = requestCompleted
private let connectionCallback: MHD_NotifyConnectionCallback = connectionChanged
