// SPDX-License-Identifier: Apache-2.0

/// The head of a request for a tunnel (RFC 9110 9.3.6), as far as it has come.
struct ProxyHead {
    /// What becomes of it.
    enum Verdict: Equatable {
        /// More has to come.
        case incomplete
        /// A tunnel to `name`; what follows the first `length` bytes goes through it.
        case tunnel(name: TLSName, port: Int, length: Int)
        case refused(status: Int, reason: String)
    }

    /// In bytes.
    static let largest = 8 * 1024

    private(set) var bytes: [UInt8] = []
    /// Where the end was not.
    private var searched = 0

    /// Whether the first byte of a connection is that of such a head: no other method begins so, nor does TLS.
    static func begins(with byte: UInt8) -> Bool { byte == UInt8(ascii: "C") }

    mutating func append(_ more: some Sequence<UInt8>) { bytes.append(contentsOf: more) }

    mutating func verdict() -> Verdict {
        while searched + 3 < bytes.count {
            if bytes[searched] == 13, bytes[searched + 1] == 10, bytes[searched + 2] == 13,
                bytes[searched + 3] == 10
            {
                return searched + 4 > ProxyHead.largest ? .tooLarge : parsed(length: searched + 4)
            }
            searched += 1
        }
        return bytes.count >= ProxyHead.largest ? .tooLarge : .incomplete
    }

    private func parsed(length: Int) -> Verdict {
        let head = bytes[..<(length - 4)]
        let isPlain = head.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 9 || $0 == 10 || $0 == 13 }
        let line = head.prefix { $0 != 13 && $0 != 10 }
        let words = line.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        guard isPlain, words.count == 3, words[2] == "HTTP/1.1" || words[2] == "HTTP/1.0" else {
            return .refused(status: 400, reason: "That is no request for a tunnel.\n")
        }
        guard words[0] == "CONNECT" else {
            return .refused(status: 405, reason: "This proxy makes tunnels by CONNECT.\n")
        }
        guard let (name, port) = ProxyGate.parts(of: words[1], defaultPort: nil) else {
            return .refused(status: 400, reason: "A tunnel leads to HOST:PORT.\n")
        }
        return .tunnel(name: name, port: port, length: length)
    }
}

extension ProxyHead.Verdict {
    fileprivate static let tooLarge = ProxyHead.Verdict.refused(
        status: 431, reason: "The head is longer than \(ProxyHead.largest) bytes.\n")
}
