// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A plain socket: sends exactly what it is told and gives back exactly what came.
///
/// Reads are bounded by a time, so a server that hangs fails a test instead of holding it up.
public final class RawClient {
    private let descriptor: Int32
    private var tls: RawTLS?
    private static let patience = 20

    /// Connects to a port of the loopback address; nil where nobody listens.
    ///
    /// - Parameters:
    ///   - window: how many bytes may wait here to be read, where that matters; the kernel makes it more.
    ///   - tls: the versions of TLS to speak, such as `+VERS-TLS1.2`; the server has `TestCertificate.shared`. Nil without TLS.
    public init?(port: Int, window: Int32? = nil, tls versions: String? = nil) {
        #if canImport(Glibc)
            descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
            descriptor = socket(AF_INET, SOCK_STREAM, 0)
        #endif
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var time = timeval(tv_sec: RawClient.patience, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
        if var window {
            setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &window, socklen_t(MemoryLayout<Int32>.size))
        }
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                connect(descriptor, address, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        // `deinit` closes also what fails here.
        guard connected == 0 else { return nil }
        guard let versions else { return }
        // As clients do; else the end of the handshake holds up the request.
        var yes: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
        tls = RawTLS(descriptor: descriptor, versions: versions)
        if tls == nil { return nil }
    }

    /// Speaks TLS from now on, as behind the answer of a proxy; false where the handshake fails.
    public func startTLS(_ versions: String = RawClient.anyTLS) -> Bool {
        tls = RawTLS(descriptor: descriptor, versions: versions)
        return tls != nil
    }

    /// Both versions that the server speaks.
    public static let anyTLS = "+VERS-TLS1.3:+VERS-TLS1.2"

    deinit {
        tls?.end()
        close(descriptor)
    }

    /// Sends all of `bytes`; false where the server has closed.
    @discardableResult
    public func send(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                tls?.send($0.baseAddress, $0.count) ?? socketSend(descriptor, $0.baseAddress, $0.count)
            }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    @discardableResult
    public func send(_ text: String) -> Bool { send(Array(text.utf8)) }

    /// What arrives next, in one piece of at most `most` bytes; empty at the end.
    ///
    /// - Throws: `Failure` where the connection was reset or nothing came in time.
    public func receive(atMost most: Int = 65_536) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: most)
        let count =
            tls?.receive(&bytes, most, patience: RawClient.patience) ?? recv(descriptor, &bytes, most, 0)
        guard count >= 0 else { throw Failure(errno: errno) }
        return Array(bytes.prefix(count))
    }

    /// All that arrives until the server closes.
    public func receiveToEnd() throws -> [UInt8] {
        var all: [UInt8] = []
        while true {
            let bytes = try receive()
            if bytes.isEmpty { return all }
            all += bytes
        }
    }

    /// All that arrives until the server is stopped. Over TLS the library then closes some connections without a close_notify.
    public func receiveToStop() throws -> [UInt8] {
        do { return try receiveToEnd() } catch let failure as Failure where failure.isCut { return [] }
    }

    /// All that arrives until the server breaks the connection.
    ///
    /// - Returns: nil where it ends in order instead.
    public func receiveToReset() throws -> [UInt8]? {
        let (all, failure) = try receiveToFailure()
        if let failure, !failure.isReset { throw failure }
        return failure == nil ? nil : all
    }

    /// All that arrives until the end, be it in order or not: who still sends may be cut off.
    public func receiveWhatComes() throws -> [UInt8] { try receiveToFailure().bytes }

    /// - Returns: all that arrives, and how the connection broke; nil where it ended in order.
    private func receiveToFailure() throws -> (bytes: [UInt8], failure: Failure?) {
        var all: [UInt8] = []
        do {
            while true {
                let bytes = try receive()
                if bytes.isEmpty { return (all, nil) }
                all += bytes
            }
        } catch let failure as Failure where failure.isReset || failure.isCut {
            return (all, failure)
        }
    }

    /// All that arrives up to and including `end`.
    public func receive(upTo end: String) throws -> [UInt8] {
        var all: [UInt8] = []
        let wanted = Array(end.utf8)
        while !all.suffix(wanted.count).elementsEqual(wanted) {
            let bytes = try receive(atMost: 1)
            if bytes.isEmpty { return all }
            all += bytes
        }
        return all
    }

    /// Takes leave of TLS (close_notify) and keeps the connection open.
    public func endTLS() {
        tls?.end()
        leaveSilently()
    }

    /// Tells the server that nothing follows (FIN), without a word of TLS, and keeps the other way open.
    public func shutDown() {
        leaveSilently()
        shutdown(descriptor, Int32(SHUT_WR))
    }

    /// Ends TLS without a word (close_notify) when the connection ends.
    public func leaveSilently() { tls?.leave = .silently }

    /// Ends the connection with a reset instead of in order.
    public func reset() {
        leaveSilently()
        var linger = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout.size(ofValue: linger)))
    }

    public struct Failure: Error, CustomStringConvertible {
        public let errno: Int32
        public var isReset: Bool { errno == ECONNRESET }
        /// Whether TLS has ended without a close_notify.
        public var isCut: Bool { errno == RawTLS.cut }
        public var description: String { String(cString: strerror(errno)) }
    }
}

private func socketSend(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    #if canImport(Glibc)
        send(descriptor, bytes, count, Int32(MSG_NOSIGNAL))
    #else
        send(descriptor, bytes, count, 0)
    #endif
}
