// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A TCP connection that one thread uses. Each wait ends by a time-out.
final class Socket {
    private let descriptor: Int32
    private let timeout: Duration
    /// When all waiting ends; nil where there is no such time.
    var deadline: ContinuousClock.Instant?

    /// - Throws: `ClientFailure` where nobody listens.
    init(host: String, port: UInt16, timeout: Duration) throws {
        self.timeout = timeout
        var hints = addrinfo()
        #if canImport(Glibc)
            hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        #else
            hints.ai_socktype = SOCK_STREAM
        #endif
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, "\(port)", &hints, &found) == 0 else {
            throw ClientFailure("network", "there is no host \(host)")
        }
        defer { freeaddrinfo(found) }
        var next = found
        while let address = next {
            let descriptor = socket(address.pointee.ai_family, address.pointee.ai_socktype, 0)
            if descriptor >= 0 {
                if connect(descriptor, address.pointee.ai_addr, address.pointee.ai_addrlen) == 0 {
                    self.descriptor = descriptor
                    var one: Int32 = 1
                    setsockopt(
                        descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size)
                    )
                    return
                }
                close(descriptor)
            }
            next = address.pointee.ai_next
        }
        throw ClientFailure("network", "nobody listens at \(host):\(port)")
    }

    deinit { close(descriptor) }

    /// - Throws: `ClientFailure` where the server takes no more.
    func send(_ bytes: [UInt8]) throws {
        var sent = 0
        while sent < bytes.count {
            try wait(for: Int16(POLLOUT))
            let count = bytes.withUnsafeBytes { pointer in
                systemSend(descriptor, pointer.baseAddress.map { $0 + sent }, bytes.count - sent)
            }
            if count < 0, errno == EINTR || errno == EAGAIN { continue }
            guard count > 0 else { throw ClientFailure("network", "the connection broke while sending") }
            sent += count
        }
    }

    /// What has come, empty at the end of all that comes.
    func receive() throws -> [UInt8] {
        while true {
            try wait(for: Int16(POLLIN))
            var block = [UInt8](repeating: 0, count: 65_536)
            let count = recv(descriptor, &block, block.count, 0)
            if count < 0, errno == EINTR || errno == EAGAIN { continue }
            guard count >= 0 else { throw ClientFailure("network", "the connection broke: \(errno)") }
            return Array(block.prefix(count))
        }
    }

    private func wait(for events: Int16) throws {
        while true {
            var waited = pollfd(fd: descriptor, events: events, revents: 0)
            let left = min(deadline.map { $0 - .now } ?? timeout, timeout)
            let milliseconds = Int32(max(0, left / .milliseconds(1)).rounded(.up))
            let ready = poll(&waited, 1, milliseconds)
            if ready > 0 { return }
            if ready < 0, errno == EINTR { continue }
            throw ClientFailure("timeout", "nothing came for \(milliseconds) ms")
        }
    }
}

private func systemSend(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    #if canImport(Glibc)
        // A server that has left is an error, and no signal.
        send(descriptor, bytes, count, Int32(MSG_NOSIGNAL))
    #else
        send(descriptor, bytes, count, 0)
    #endif
}
