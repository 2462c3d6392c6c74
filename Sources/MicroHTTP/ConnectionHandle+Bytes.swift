// SPDX-License-Identifier: Apache-2.0

import CMicroHTTPD

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

// The only place that moves bytes past the library. None of these waits.
extension ConnectionHandle {
    /// What became of bytes that were to be sent or thrown away.
    enum Moved {
        case bytes(Int)
        /// There is no room, or nothing has come.
        case none
        /// The client has closed its side.
        case ended
        /// The connection is gone.
        case broken
    }

    /// Lets each `write` go out by itself and at once.
    func sendAtOnce() {
        var yes: Int32 = 1
        let size = socklen_t(MemoryLayout<Int32>.size)
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, size)
        #if os(Linux)
            var no: Int32 = 0
            setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_CORK, &no, size)
        #endif
    }

    /// Sends some of the bytes. Where there was no room the next call must be with the same ones.
    func write(_ bytes: UnsafeRawBufferPointer) -> Moved {
        if let session { return session.write(bytes) }
        #if canImport(Glibc)
            let flags = Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL)
        #else
            let flags = Int32(MSG_DONTWAIT)
        #endif
        return moved(send(descriptor, bytes.baseAddress, bytes.count, flags))
    }

    /// Tells the client that nothing follows (FIN; over TLS behind a close_notify), after all that was written.
    ///
    /// - Returns: false where there is no room for it: it has to be called again.
    func endWriting() -> Bool {
        if let session, !session.endWriting() { return false }
        shutdown(descriptor, Int32(SHUT_WR))
        return true
    }

    /// Reads what has come and throws it away, up to some bound.
    func discardInput() -> Moved {
        withUnsafeTemporaryAllocation(byteCount: 64 * 1024, alignment: 1) { buffer in
            var total = 0
            for _ in 0..<16 {
                switch session?.read(into: buffer) ?? read(into: buffer) {
                case .bytes(0): return .ended
                case .bytes(let count): total += count
                case .none: return total == 0 ? .none : .bytes(total)
                case let other: return other
                }
            }
            return .bytes(total)
        }
    }

    private func read(into buffer: UnsafeMutableRawBufferPointer) -> Moved {
        moved(recv(descriptor, buffer.baseAddress, buffer.count, Int32(MSG_DONTWAIT)))
    }

    /// How many bytes the client's system hasn't confirmed, the end among them.
    var unconfirmed: Int {
        var count: Int32 = 0
        #if os(Linux)
            return ioctl(descriptor, UInt(TIOCOUTQ), &count) == 0 ? Int(count) : 0
        #else
            var size = socklen_t(MemoryLayout<Int32>.size)
            return getsockopt(descriptor, SOL_SOCKET, SO_NWRITE, &count, &size) == 0 ? Int(count) : 0
        #endif
    }

    private func moved(_ count: Int) -> Moved {
        if count >= 0 { return .bytes(count) }
        return errno == EAGAIN || errno == EINTR ? .none : .broken
    }
}
