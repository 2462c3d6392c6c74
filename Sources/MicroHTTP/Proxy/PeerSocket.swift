// SPDX-License-Identifier: Apache-2.0

// Optimised builds count the constants of sockets to the first C module that has read their header: this one.
import CMicroHTTPD

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A connection that a client of the proxy has opened, before anybody else has it. None of this waits.
struct PeerSocket {
    let descriptor: Int32
    private(set) var address = sockaddr_storage()
    private(set) var addressLength = socklen_t(MemoryLayout<sockaddr_storage>.size)

    enum Acceptance {
        case client(PeerSocket)
        /// Nobody is there any more.
        case nobody
        /// There is no descriptor left.
        case exhausted
    }

    static func accept(from listener: Int32) -> Acceptance {
        var address = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let descriptor = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { systemAccept(listener, $0, &length) }
        }
        guard descriptor >= 0 else {
            return [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(errno) ? .exhausted : .nobody
        }
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        #if os(macOS)
            var yes: Int32 = 1
            setsockopt(descriptor, SOL_SOCKET, SO_NOSIGPIPE, &yes, socklen_t(MemoryLayout<Int32>.size))
        #endif
        return .client(PeerSocket(descriptor: descriptor, address: address, addressLength: length))
    }

    enum Arrival {
        case bytes([UInt8])
        case nothing
        case ended
    }

    /// What has come, which stays unread.
    func peek(atMost most: Int) -> Arrival { receive(most, Int32(MSG_PEEK)) }

    func read(_ count: Int) -> Arrival { receive(count, 0) }

    /// - Returns: whether all of it went: so little finds room on a new connection.
    func write(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        #if os(macOS)
            let flags: Int32 = 0
        #else
            let flags = Int32(MSG_NOSIGNAL)
        #endif
        return send(descriptor, bytes, bytes.count, flags) == bytes.count
    }

    /// Has `poll` tell of it only when so many bytes are unread, or the client has left.
    func wake(at count: Int) {
        var count = Int32(clamping: count)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVLOWAT, &count, socklen_t(MemoryLayout<Int32>.size))
    }

    func endOutput() { shutdown(descriptor, Int32(SHUT_WR)) }

    func end() { close(descriptor) }

    private func receive(_ most: Int, _ flags: Int32) -> Arrival {
        guard most > 0 else { return .nothing }
        var count = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: most) { buffer, filled in
            count = recv(descriptor, buffer.baseAddress, most, flags)
            filled = max(0, count)
        }
        if count > 0 { return .bytes(bytes) }
        return count < 0 && (errno == EAGAIN || errno == EINTR) ? .nothing : .ended
    }
}

private func systemAccept(
    _ listener: Int32, _ address: UnsafeMutablePointer<sockaddr>, _ length: UnsafeMutablePointer<socklen_t>
) -> Int32 {
    accept(listener, address, length)
}
