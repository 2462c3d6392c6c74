// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPWire

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A proxy on a free port that does nothing but `CONNECT` to ports of this machine, one thread a connection.
public final class ConnectProxy: Sendable {
    private struct State {
        var asked: [String] = []
        var connections: Set<Int32> = []
        var isStopped = false
    }

    private let listener: Int32
    public let port: Int
    private let state = Monitor(State())

    /// Nil where nobody may listen.
    public init?() {
        let (listener, port) = ConnectProxy.listen()
        guard listener >= 0 else { return nil }
        (self.listener, self.port) = (listener, port)
        let state = state
        Thread.detachNewThread {
            while true {
                let client = accept(listener, nil, nil)
                guard client >= 0 else { return }
                Thread.detachNewThread { ConnectProxy.serve(client, state) }
            }
        }
    }

    deinit { stop() }

    /// The hosts with ports that were asked for, in their order.
    public var asked: [String] { state.withLock { $0.asked } }

    /// Ends all that is open.
    public func stop() {
        let isFirst = state.withLock { state in
            for connection in state.connections { shutdown(connection, Int32(SHUT_RDWR)) }
            defer { state.isStopped = true }
            return !state.isStopped
        }
        guard isFirst else { return }
        // Wakes the thread that accepts.
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    private static func address(_ port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(port).bigEndian)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }

    private static func makeSocket() -> Int32 {
        #if canImport(Glibc)
            return socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        #else
            return socket(AF_INET, SOCK_STREAM, 0)
        #endif
    }

    private static func listen() -> (Int32, Int) {
        let descriptor = makeSocket()
        var own = address(0)
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &own) { own in
            own.withMemoryRebound(to: sockaddr.self, capacity: 1) { own in
                bind(descriptor, own, size) == 0 && Foundation.listen(descriptor, 16) == 0
                    && getsockname(descriptor, own, &size) == 0
            }
        }
        guard isBound else {
            close(descriptor)
            return (-1, 0)
        }
        return (descriptor, Int(UInt16(bigEndian: own.sin_port)))
    }

    private static func serve(_ client: Int32, _ state: Monitor<State>) {
        let upstream = makeSocket()
        state.withLock { $0.connections.formUnion([client, upstream]) }
        defer {
            state.withLock { $0.connections.subtract([client, upstream]) }
            close(client)
            close(upstream)
        }
        guard let target = head(client).flatMap(target) else { return }
        state.withLock { $0.asked.append(target.name) }
        var other = address(target.port)
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isConnected = withUnsafePointer(to: &other) { other in
            other.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(upstream, $0, size) == 0 }
        }
        guard isConnected, write("HTTP/1.1 200 OK\r\n\r\n".utf8.map { $0 }[...], to: client) else { return }
        relay(client, upstream)
    }

    /// Up to the empty line; nil where it doesn't come.
    private static func head(_ client: Int32) -> String? {
        var (bytes, byte): ([UInt8], UInt8) = ([], 0)
        while bytes.count < 8192, recv(client, &byte, 1, 0) == 1 {
            bytes.append(byte)
            if bytes.suffix(4) == [0x0D, 0x0A, 0x0D, 0x0A] { return String(decoding: bytes, as: UTF8.self) }
        }
        return nil
    }

    private static func target(_ head: String) -> (name: String, port: Int)? {
        let words = head.split(separator: " ")
        guard words.count > 1, words[0] == "CONNECT",
            let port = words[1].split(separator: ":").last.flatMap({ Int($0) })
        else { return nil }
        return (String(words[1]), port)
    }

    private static func relay(_ one: Int32, _ other: Int32) {
        var block = [UInt8](repeating: 0, count: 65_536)
        while true {
            var ends = [one, other].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            guard poll(&ends, 2, 60_000) > 0 else { return }
            for (index, end) in ends.enumerated() where end.revents != 0 {
                let count = recv(end.fd, &block, block.count, 0)
                guard count > 0, write(block[..<count], to: index == 0 ? other : one) else { return }
            }
        }
    }

    private static func write(_ bytes: ArraySlice<UInt8>, to descriptor: Int32) -> Bool {
        var rest = bytes
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, noSignal) }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    #if canImport(Glibc)
        private static let noSignal = Int32(MSG_NOSIGNAL)
    #else
        private static let noSignal: Int32 = 0
    #endif
}
