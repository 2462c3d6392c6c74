// SPDX-License-Identifier: Apache-2.0

import CMicroHTTPD

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What the address of a connection's other end tells.
enum PeerAddress {
    /// Whether it is one of the loopback interface: 127.0.0.0/8, ::1, and ::ffff:127.0.0.0/104, as which a socket for both
    /// families sees the first (RFC 4291 2.5.5.2).
    ///
    /// - Parameter address: as long as its family wants it.
    static func isLoopback(_ address: UnsafePointer<sockaddr>) -> Bool {
        let bytes = UnsafeRawPointer(address)
        switch Int32(address.pointee.sa_family) {
        case AF_INET:
            return bytes.load(
                fromByteOffset: MemoryLayout<sockaddr_in>.offset(of: \.sin_addr) ?? 4, as: UInt8.self) == 127
        case AF_INET6:
            let start = bytes + (MemoryLayout<sockaddr_in6>.offset(of: \.sin6_addr) ?? 8)
            let (high, low) = (
                start.loadUnaligned(as: UInt64.self).bigEndian,
                (start + 8).loadUnaligned(as: UInt64.self).bigEndian
            )
            return high == 0 && (low == 1 || low >> 24 == 0xFFFF_7F)
        default: return false
        }
    }
}
