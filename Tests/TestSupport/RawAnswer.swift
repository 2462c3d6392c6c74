// SPDX-License-Identifier: Apache-2.0

import Foundation

/// An HTTP/1.1 answer, taken apart by its framing only.
public struct RawAnswer {
    public let status: Int
    public let reason: String
    public let fields: [(name: String, value: String)]
    /// The body as it was framed: the chunks of a chunked one, else one piece.
    public let chunks: [[UInt8]]

    public var body: [UInt8] { Array(chunks.joined()) }
    public var text: String { String(decoding: body, as: UTF8.self) }
    /// The body as JSON; nil where it is none.
    public var json: Any? { try? JSONSerialization.jsonObject(with: Data(body)) }

    /// The value of the first field of that name, in any case.
    public subscript(name: String) -> String? {
        fields.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    public struct Malformed: Error, CustomStringConvertible {
        public let description: String
    }

    /// - Parameter head: everything up to and including the empty line.
    public init(head: [UInt8], chunks: [[UInt8]] = []) throws {
        let lines = String(decoding: head, as: UTF8.self).components(separatedBy: "\r\n")
        let start = lines[0].split(separator: " ", maxSplits: 2)
        guard start.count == 3, start[0] == "HTTP/1.1", let status = Int(start[1]) else {
            throw Malformed(description: "no status line: \(lines[0])")
        }
        self.status = status
        reason = String(start[2])
        fields = try lines.dropFirst().prefix { !$0.isEmpty }.map { line in
            guard let colon = line.firstIndex(of: ":") else {
                throw Malformed(description: "no field: \(line)")
            }
            let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
            return (String(line[..<colon]), value)
        }
        self.chunks = chunks
    }
}

extension RawClient {
    /// The next answer, read to the end that its head tells, while the connection stays open. Interim answers
    /// (1xx) are passed over.
    public func receiveAnswer(isToHEAD: Bool = false) throws -> RawAnswer {
        let head = try receive(upTo: "\r\n\r\n")
        let answer = try RawAnswer(head: head)
        if (100..<200).contains(answer.status) { return try receiveAnswer(isToHEAD: isToHEAD) }
        if isToHEAD || answer.status == 204 || answer.status == 304 { return answer }
        return try RawAnswer(head: head, chunks: receiveBody(of: answer))
    }

    private func receiveBody(of answer: RawAnswer) throws -> [[UInt8]] {
        if let length = answer["content-length"].flatMap({ Int($0) }) { return [try receive(count: length)] }
        guard answer["transfer-encoding"]?.lowercased() == "chunked" else { return [try receiveToEnd()] }
        var chunks: [[UInt8]] = []
        while true {
            let line = try receive(upTo: "\r\n")
            guard let size = Int(String(decoding: line.dropLast(2), as: UTF8.self), radix: 16) else {
                throw RawAnswer.Malformed(
                    description: "no chunk size: \(String(decoding: line, as: UTF8.self))")
            }
            let chunk = try receive(count: size)
            guard try receive(upTo: "\r\n") == Array("\r\n".utf8) else {
                throw RawAnswer.Malformed(description: "a chunk is longer than its size")
            }
            if size == 0 { return chunks }
            chunks.append(chunk)
        }
    }

    /// Exactly that many bytes.
    private func receive(count: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            let more = try receive(atMost: count - bytes.count)
            guard !more.isEmpty else {
                throw RawAnswer.Malformed(description: "the body ends after \(bytes.count) of \(count) bytes")
            }
            bytes += more
        }
        return bytes
    }
}
