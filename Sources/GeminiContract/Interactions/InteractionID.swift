// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// An interaction's name: `v1_` and a message of two tokens, the conversation's first and this turn's own, so the names of
/// one conversation begin alike (INTERACTIONS 3, decoded from recordings).
public struct InteractionID: Sendable, Hashable {
    public let text: String
    /// The token of the conversation's first turn.
    public let root: String

    private static let prefix = "v1_"

    /// - Parameter root: of the turn that this one follows; nil begins a conversation.
    public init(root: String?, token: String) {
        self.root = root ?? token
        var bytes: [UInt8] = []
        for (tag, token) in [(UInt8(0x0A), self.root), (0x12, token)] {
            bytes.append(tag)
            bytes.append(UInt8(truncatingIfNeeded: token.utf8.count))
            bytes.append(contentsOf: token.utf8)
        }
        text = InteractionID.prefix + Base64Encoding.urlSafe(bytes)
    }

    /// An id that is formed like one, whether there is such an interaction or not.
    public init?(_ text: String) {
        guard text.utf8.count < 100, text.utf8.starts(with: InteractionID.prefix.utf8) else { return nil }
        let digits = Array(text.utf8.dropFirst(InteractionID.prefix.utf8.count))
        guard
            let bytes = digits.withUnsafeBufferPointer({ Base64Text($0)?.decoded() }),
            let (root, next) = InteractionID.token(in: bytes[...], tag: 0x0A),
            let (_, end) = InteractionID.token(in: next, tag: 0x12), end.isEmpty
        else { return nil }
        self.text = text
        self.root = root
    }

    private static func token(in bytes: ArraySlice<UInt8>, tag: UInt8) -> (String, rest: ArraySlice<UInt8>)? {
        guard bytes.count > 2, bytes.first == tag else { return nil }
        let length = Int(bytes[bytes.startIndex + 1])
        let rest = bytes.dropFirst(2)
        guard (22...23).contains(length), rest.count >= length, rest.prefix(length).allSatisfy(isTokenByte)
        else { return nil }
        return (String(decoding: rest.prefix(length), as: UTF8.self), rest.dropFirst(length))
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    /// A token as recorded: the time, low byte first, and 13 bytes that mean nothing.
    public static func token(seconds: Int64, random: [UInt8]) -> String {
        let time = withUnsafeBytes(of: UInt32(truncatingIfNeeded: seconds).littleEndian) { Array($0) }
        return Base64Encoding.urlSafe(time + random.prefix(13))
    }
}
