// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Where a server of ours is asked something, by plain HTTP.
struct ServerAddress {
    private let host: String
    private let port: String

    /// In seconds, for each step of the way.
    private static let patience = 5
    /// In bytes; what is asked for is short.
    private static let longestAnswer = 1 << 20

    /// - Parameter url: `http://HOST`, `http://HOST:PORT`, without a path.
    init?(_ url: String) {
        guard url.hasPrefix("http://") else { return nil }
        var rest = url.dropFirst("http://".count)
        if rest.hasSuffix("/") { rest.removeLast() }
        let colon = rest.hasSuffix("]") ? nil : rest.lastIndex(of: ":")
        var name = String(colon.map { rest[..<$0] } ?? rest)
        if name.hasPrefix("["), name.hasSuffix("]") { name = String(name.dropFirst().dropLast()) }
        let digits = colon.map { String(rest[rest.index(after: $0)...]) } ?? "80"
        let isHost =
            !name.isEmpty && name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"/@?#[]".utf8.contains($0) }
        guard isHost, UInt16(digits).map({ $0 > 0 }) ?? false else { return nil }
        (host, port) = (name, digits)
    }

    /// - Parameter fields: of the head, each `Name: value`.
    /// - Returns: nil where there is no whole answer.
    func get(_ path: String, _ fields: [String]) -> (status: Int, body: [UInt8])? {
        guard let descriptor = connected() else { return nil }
        defer { close(descriptor) }
        let name = host.contains(":") ? "[\(host)]" : host
        let lines =
            ["GET \(path) HTTP/1.1", "Host: \(name):\(port)", "Connection: close"] + fields + ["", ""]
        guard Output.write(Array(lines.joined(separator: "\r\n").utf8), to: descriptor) else { return nil }
        var answer: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 16 * 1024)
        while answer.count <= ServerAddress.longestAnswer {
            let count = recv(descriptor, &block, block.count, 0)
            guard count >= 0 else { return nil }
            if count == 0 { return ServerAddress.parts(of: answer) }
            answer += block.prefix(count)
        }
        return nil
    }

    private static func parts(of answer: [UInt8]) -> (status: Int, body: [UInt8])? {
        let words = answer.prefix { $0 != 13 }.split(separator: UInt8(ascii: " "))
        guard words.count > 1, let status = Int(String(decoding: words[1], as: UTF8.self)) else { return nil }
        var line = answer.startIndex
        while let end = answer[line...].firstIndex(of: 10) {
            if answer[line..<end].allSatisfy({ $0 == 13 }) { return (status, Array(answer[(end + 1)...])) }
            line = end + 1
        }
        return nil
    }

    private func connected() -> Int32? {
        var hints = addrinfo()
        #if canImport(Glibc)
            hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        #else
            hints.ai_socktype = SOCK_STREAM
        #endif
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, port, &hints, &found) == 0 else { return nil }
        defer { freeaddrinfo(found) }
        var next = found
        while let address = next?.pointee {
            next = address.ai_next
            let descriptor = socket(address.ai_family, address.ai_socktype, address.ai_protocol)
            guard descriptor >= 0 else { continue }
            var time = timeval(tv_sec: ServerAddress.patience, tv_usec: 0)
            for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
                setsockopt(descriptor, SOL_SOCKET, option, &time, socklen_t(MemoryLayout<timeval>.size))
            }
            if connect(descriptor, address.ai_addr, address.ai_addrlen) == 0 { return descriptor }
            close(descriptor)
        }
        return nil
    }
}
