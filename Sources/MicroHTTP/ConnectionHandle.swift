// SPDX-License-Identifier: Apache-2.0

import CMicroHTTPD

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// One of libmicrohttpd's connections.
///
/// `@unchecked Sendable`: the pointer is used on the connection's own thread, where it is valid during a call-back;
/// on another thread only while the connection is suspended, when the library neither uses nor frees it, and `resume`
/// ends that.
struct ConnectionHandle: @unchecked Sendable {
    let pointer: OpaquePointer
    /// Whether its request is still coming, so that what is unread is a part of it.
    private(set) var isReceiving = false

    init(pointer: OpaquePointer) {
        self.pointer = pointer
    }

    /// The same one while its request comes.
    var receiving: ConnectionHandle {
        var handle = self
        handle.isReceiving = true
        return handle
    }

    var descriptor: Int32 { gm_connection_socket(pointer) }

    /// What is known of the connection; nil where it is being ended, and on no other thread than its own.
    var visitor: Visitor? {
        gm_connection_context(pointer).map { Unmanaged<Visitor>.fromOpaque($0).takeUnretainedValue() }
    }

    /// - Parameter seconds: for this connection alone.
    func closes(afterSilenceOf seconds: UInt32) { gm_connection_timeout(pointer, seconds) }

    /// The TLS side, nil without TLS.
    var session: TLSSession? { gm_connection_session(pointer).map { TLSSession($0) } }

    /// Whether the client is on this machine and has called by its loopback interface.
    var peerIsLoopback: Bool { gm_connection_peer(pointer).map(PeerAddress.isLoopback) ?? false }

    /// Stops reading from and writing to the connection until `resume`. Own thread only, from a call-back only.
    func suspend() { MHD_suspend_connection(pointer) }

    /// Any thread, once for each suspension; the handle isn't used after it.
    func resume() { MHD_resume_connection(pointer) }

    /// Whether the client has closed its side, which the library doesn't notice while the connection is suspended. A
    /// client that only says it will send no more looks the same; no client of this API does that and then waits.
    var peerHasLeft: Bool {
        withUnsafeTemporaryAllocation(byteCount: TLSSession.recordHead, alignment: 1) { bytes in
            let flags = Int32(MSG_PEEK) | Int32(MSG_DONTWAIT)
            let count = recv(descriptor, bytes.baseAddress, bytes.count, flags)
            guard count > 0 else { return count == 0 || errno != EAGAIN && errno != EINTR }
            if isBroken { return true }
            // Over TLS who leaves says so first, and that is unread like a request that comes too early.
            guard let session else { return false }
            let isAlert = session.isAlert(bytes[..<count])
            // Two bytes of a body look like an alert: there only the end tells.
            return isReceiving ? isAlert && peerHasEnded : isAlert || peerHasEnded
        }
    }

    /// Has the library look at the socket once more where the client's end (FIN) has come. It doesn't see one that came
    /// together with bytes: a read that doesn't fill its buffer is to it the last one until epoll tells of another event
    /// (`recv_param_adapter` of 0.9.75). Nothing can come behind the end, so to close that way changes nothing else, and what is
    /// whole is still answered.
    func showEnd() {
        if peerHasEnded { OpenSockets.showEnd(descriptor) }
    }

    /// Whether the client's end (FIN) has come, also where bytes that came before are unread. Not known everywhere.
    private var peerHasEnded: Bool {
        #if os(Linux)
            var look = pollfd(fd: descriptor, events: OpenSockets.peerEnd, revents: 0)
            return poll(&look, 1, 0) > 0 && look.revents & OpenSockets.peerEnd != 0
        #else
            false
        #endif
    }

    /// Whether the connection has been reset, also where bytes that came before are unread.
    var isBroken: Bool {
        var look = pollfd(fd: descriptor, events: 0, revents: 0)
        return poll(&look, 1, 0) > 0 && Int32(look.revents) & Int32(POLLHUP | POLLERR) != 0
    }

    /// Nothing more can be sent. What was sent before still arrives, with the end (FIN) behind it; over TLS with a
    /// close_notify between them where there is room for it.
    func endOutput() {
        _ = session?.endWriting()
        shutdown(descriptor, Int32(SHUT_WR))
    }

    /// Makes the end of the connection a reset: the peer's address is dissolved, and the kernel sends RST. A linger time
    /// of zero isn't enough, since the library shuts its side down first (observed with 0.9.75).
    func reset() {
        var address = sockaddr()
        address.sa_family = sa_family_t(AF_UNSPEC)
        connect(descriptor, &address, socklen_t(MemoryLayout<sockaddr>.size))
    }
}
