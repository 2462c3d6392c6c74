// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// One request and its answer, on a connection of its own; the answer's body is read as it comes.
final class Call {
    /// Names are in small letters.
    private(set) var fields: [(name: String, value: String)] = []
    private(set) var status = 0
    private let socket: Socket
    private var buffer: [UInt8] = []
    private var framing = Framing.untilClosed

    private enum Framing {
        case length(Int)
        case chunks
        case untilClosed
        case over
    }

    /// Sends a request, and reads the head of its answer.
    ///
    /// - Parameters:
    ///   - fields: besides `Host`, `Content-Length` and `Connection`.
    ///   - deadline: when the wait for the whole answer ends.
    /// - Throws: `ClientFailure` where the connection breaks, or nothing comes.
    init(
        _ method: String, _ address: Address, fields: [(String, String)], body: [UInt8] = [],
        timeout: Duration, deadline: ContinuousClock.Instant? = nil
    ) throws {
        socket = try Socket(host: address.host, port: address.port, timeout: timeout)
        socket.deadline = deadline
        var head = "\(method) \(address.path.isEmpty ? "/" : address.path) HTTP/1.1\r\n"
        head += "Host: \(address.authority)\r\nConnection: close\r\n"
        if method != "GET", method != "DELETE" || !body.isEmpty {
            head += "Content-Length: \(body.count)\r\n"
        }
        for (name, value) in fields { head += "\(name): \(value)\r\n" }
        do {
            try socket.send(Array((head + "\r\n").utf8) + body)
        } catch let failure as ClientFailure where failure.kind == "network" {
            // A server that refuses answers before it has taken all.
        }
        try readHead()
    }

    func field(_ name: String) -> String? { fields.first { $0.name == name }?.value }

    /// The next piece of the body; empty at its end.
    ///
    /// - Throws: `ClientFailure` where the connection breaks before the body is whole.
    func piece() throws -> [UInt8] {
        switch framing {
        case .over: return []
        case .untilClosed: return buffer.isEmpty ? try socket.receive() : take(buffer.count)
        case .length(let left):
            guard left > 0 else { return [] }
            if buffer.isEmpty { try fill() }
            let piece = take(min(left, buffer.count))
            framing = .length(left - piece.count)
            return piece
        case .chunks: return try chunk()
        }
    }

    /// All of the body.
    func body() throws -> [UInt8] {
        var body: [UInt8] = []
        while true {
            let piece = try piece()
            if piece.isEmpty { return body }
            body += piece
        }
    }

    // MARK: Reading

    private func readHead() throws {
        while true {
            guard let line = try line() else { throw ClientFailure("network", "closed without an answer") }
            if line.isEmpty {
                // An interim answer stands before the one that counts.
                if status >= 200 { break }
                (status, fields) = (0, [])
                continue
            }
            if status == 0 {
                let words = line.split(separator: " ")
                guard words.count > 1, words[0].hasPrefix("HTTP/1."), let number = Int(words[1]) else {
                    throw ClientFailure("protocol", "the answer isn’t HTTP")
                }
                status = number
            } else if let colon = line.firstIndex(of: ":") {
                let value = line[line.index(after: colon)...].drop { $0 == " " }
                fields.append((line[..<colon].lowercased(), String(value)))
            }
        }
        if status == 204 || status == 304 {
            framing = .over
        } else if field("transfer-encoding")?.lowercased() == "chunked" {
            framing = .chunks
        } else if let length = field("content-length").flatMap({ Int($0) }) {
            framing = .length(length)
        }
    }

    private func chunk() throws -> [UInt8] {
        guard let line = try line() else { throw ClientFailure("network", "the body was cut") }
        guard let size = Int(line.prefix { $0 != ";" && $0 != " " }, radix: 16), size >= 0 else {
            throw ClientFailure("protocol", "a chunk without a size")
        }
        if size == 0 {
            while let line = try self.line(), !line.isEmpty {}
            framing = .over
            return []
        }
        while buffer.count < size + 2 { try fill() }
        let piece = take(size)
        buffer.removeFirst(2)
        return piece
    }

    /// A line without its end; nil where the connection was closed before it.
    private func line() throws -> String? {
        while true {
            if let end = buffer.firstIndex(of: 0x0A) {
                var line = take(end + 1).dropLast()
                if line.last == 0x0D { line = line.dropLast() }
                return String(decoding: line, as: UTF8.self)
            }
            let piece = try socket.receive()
            if piece.isEmpty { return nil }
            buffer += piece
        }
    }

    private func fill() throws {
        let piece = try socket.receive()
        if piece.isEmpty { throw ClientFailure("network", "the connection was closed before the end") }
        buffer += piece
    }

    private func take(_ count: Int) -> [UInt8] {
        defer { buffer.removeFirst(count) }
        return Array(buffer.prefix(count))
    }
}
