// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A TCP socket that listens. Made here rather than by the library, which doesn't say why it could not.
struct ListeningSocket {
    let descriptor: Int32
    /// The port that the socket got, also where any (0) was asked for.
    let port: Int

    /// Listens on a numeric address or a name of this machine, such as `127.0.0.1`, `::1`, `localhost`, `0.0.0.0`.
    init(host: String, port: Int) throws(HTTPServerError) {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        #if canImport(Glibc)
            hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        #else
            hints.ai_socktype = SOCK_STREAM
        #endif
        hints.ai_flags = AI_PASSIVE
        var found: UnsafeMutablePointer<addrinfo>?
        let status = getaddrinfo(host, String(port), &hints, &found)
        guard status == 0, let address = found?.pointee else { throw .unknownAddress(host, status: status) }
        defer { freeaddrinfo(found) }
        let descriptor = socket(address.ai_family, address.ai_socktype, address.ai_protocol)
        guard descriptor >= 0 else { throw .listening(on: host, port: port, errno: errno) }
        var yes: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        guard bind(descriptor, address.ai_addr, address.ai_addrlen) == 0, listen(descriptor, 4096) == 0 else {
            let number = errno
            close(descriptor)
            throw .listening(on: host, port: port, errno: number)
        }
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        self.descriptor = descriptor
        self.port = ListeningSocket.boundPort(of: descriptor)
    }

    private static func boundPort(of descriptor: Int32) -> Int {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        return withUnsafeMutablePointer(to: &storage) { pointer in
            _ = pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                getsockname(descriptor, address, &length)
            }
            // The port stands at the same place for both families, high byte first.
            let bytes = UnsafeRawPointer(pointer)
            return Int(bytes.load(fromByteOffset: 2, as: UInt8.self)) << 8
                | Int(bytes.load(fromByteOffset: 3, as: UInt8.self))
        }
    }
}

/// Descriptors: each open connection needs one.
public enum DescriptorLimit {
    /// Raises the soft limit to the hard one and tells what it is now.
    @discardableResult
    public static func raise() -> Int {
        var limit = rlimit()
        #if canImport(Glibc)
            let kind = __rlimit_resource_t(UInt32(RLIMIT_NOFILE.rawValue))
        #else
            let kind = RLIMIT_NOFILE
        #endif
        guard getrlimit(kind, &limit) == 0 else { return 1024 }
        // A hard limit of "infinity" is refused by some kernels; a million descriptors are enough for anybody here.
        limit.rlim_cur = max(limit.rlim_cur, min(limit.rlim_max, 1 << 20))
        setrlimit(kind, &limit)
        getrlimit(kind, &limit)
        return Int(clamping: limit.rlim_cur)
    }
}
