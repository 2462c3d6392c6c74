// SPDX-License-Identifier: Apache-2.0

import HTTPWire
import RecordReplay

/// What stands before an answer's body, as the upstream has sent it.
struct AnswerHead: Sendable, Equatable {
    var status: Int
    /// All of them, those about the connection too.
    var fields: [HTTPFields.Field]
    /// Of the body; nil where it isn't told.
    var length: Int?
    var framing: RecordedAnswer.Framing

    /// Without those about the connection, the length and the framing.
    var endToEndFields: [HTTPFields.Field] { ConnectionFields.removed(from: fields) }
}

/// Makes a head of its lines.
struct AnswerHeadReader {
    private var status: Int?
    private var fields: [HTTPFields.Field] = []
    /// Whether the last head was that of the answer; what follows are trailers.
    private(set) var isDone = false

    /// - Parameter line: with its line end.
    /// - Returns: the head, once, where this was its last line.
    mutating func take(_ line: [UInt8]) -> AnswerHead? {
        guard !isDone else { return nil }
        let text = AnswerHeadReader.cut(line[...]) { $0 == 0x0A || $0 == 0x0D }
        if text.starts(with: "HTTP/".utf8) {
            // Also behind an interim answer.
            status = AnswerHeadReader.status(text)
            fields = []
        } else if text.isEmpty {
            guard let status, status >= 200 else { return nil }
            isDone = true
            return head(status)
        } else if text.first == 0x20 || text.first == 0x09 {
            // Folded, which HTTP/1.1 doesn't allow any more.
            guard let last = fields.popLast() else { return nil }
            fields.append(HTTPFields.Field(last.name, "\(last.value) \(AnswerHeadReader.trimmed(text))"))
        } else if let colon = text.firstIndex(of: UInt8(ascii: ":")) {
            let name = AnswerHeadReader.trimmed(text[..<colon])
            // Nobody could be sent one of another name.
            guard HTTPFields.isToken(name) else { return nil }
            fields.append(HTTPFields.Field(name, AnswerHeadReader.trimmed(text[(colon + 1)...])))
        }
        return nil
    }

    private func head(_ status: Int) -> AnswerHead {
        func value(_ name: String) -> String? { fields.first { $0.name.lowercased() == name }?.value }
        let length = value("content-length").flatMap { Int($0) }.flatMap { $0 < 0 ? nil : $0 }
        guard value("transfer-encoding") == nil else {
            return AnswerHead(status: status, fields: fields, length: nil, framing: .chunked)
        }
        return AnswerHead(
            status: status, fields: fields, length: length,
            framing: length == nil && status != 204 && status != 304 ? .close : .length)
    }

    private static func status(_ line: ArraySlice<UInt8>) -> Int? {
        let words = line.split(separator: 0x20, maxSplits: 2)
        guard words.count > 1 else { return nil }
        return Int(String(decoding: words[1], as: UTF8.self)).flatMap { 100...599 ~= $0 ? $0 : nil }
    }

    /// Without blanks around it, and with blanks for what must not be passed on: CR, LF and NUL (RFC 9110, 5.5).
    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> String {
        let isBlank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 }
        let harmless = bytes.map { HTTPFields.endsLine($0) ? 0x20 : $0 }
        return String(decoding: cut(harmless.drop(while: isBlank), isBlank), as: UTF8.self)
    }

    private static func cut(_ bytes: ArraySlice<UInt8>, _ isUnwanted: (UInt8) -> Bool) -> ArraySlice<UInt8> {
        var bytes = bytes
        while let last = bytes.last, isUnwanted(last) { bytes.removeLast() }
        return bytes
    }
}
