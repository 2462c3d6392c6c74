// SPDX-License-Identifier: Apache-2.0

import CMicroHTTPD
import Logging

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The library's daemons, as far as others give them connections.
///
/// `@unchecked Sendable`: nothing here changes, the library locks by itself, and whoever has it is stopped before the daemons are.
struct ServerSides: @unchecked Sendable {
    let plain: OpaquePointer
    let tls: OpaquePointer?
    let sockets: OpenSockets
    let logger: Logger

    /// Gives a client's connection, from its first unread byte on, to the library, for good.
    func takeOver(_ peer: PeerSocket, overTLS isTLS: Bool) {
        guard let daemon = isTLS ? tls : plain else {
            peer.end()
            return
        }
        // First: the library's threads look at it from then on.
        if !isTLS { sockets.comesByProxy(peer.descriptor) }
        var address = peer.address
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                MHD_add_connection(daemon, peer.descriptor, $0, peer.addressLength)
            }
        }
        // It has closed the socket then: its limit of connections is reached.
        if result != .YES { logger.debug("the library takes no connection from the proxy") }
    }
}
