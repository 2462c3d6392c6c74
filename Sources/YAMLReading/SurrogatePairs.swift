// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// What is beyond U+FFFF and escaped in JSON's manner, `\ud83d\ude00`, written as itself: the one thing of JSON that
/// YAML doesn't have. Places are told as in the text before.
public struct SurrogatePairs {
    /// The text without such escapes.
    public let text: [UInt8]
    /// Of each line with some: in which columns of the new text the characters stand, ascending.
    private let columns: [Int: [Int]]

    /// Twelve characters of the old text are one of the new.
    private static let shortened = 11

    /// Takes nothing out of what isn't JSON: in YAML a backslash may mean something else.
    public init(_ bytes: [UInt8]) {
        guard SurrogatePairs.maySurrogate(bytes),
            (try? JSONDocument(parsing: bytes, grammar: .strict)) != nil
        else {
            (text, columns) = (bytes, [:])
            return
        }
        var (out, columns): ([UInt8], [Int: [Int]]) = ([], [:])
        out.reserveCapacity(bytes.count)
        var (at, line, column) = (0, 1, 1)
        while at < bytes.count {
            let byte = bytes[at]
            if byte == UInt8(ascii: "\\"), let scalar = SurrogatePairs.pair(bytes[at...].prefix(12)) {
                columns[line, default: []].append(column)
                out += Array(String(scalar).utf8)
                (at, column) = (at + 12, column + 1)
            } else if byte == UInt8(ascii: "\\") {
                // The escaped character is no escape itself.
                out += bytes[at...].prefix(2)
                (at, column) = (at + 2, column + 2)
            } else {
                out.append(byte)
                at += 1
                if byte == UInt8(ascii: "\n") {
                    (line, column) = (line + 1, 1)
                } else if byte & 0xC0 != 0x80 {
                    column += 1
                }
            }
        }
        (text, self.columns) = (out, columns)
    }

    /// Where a place of the new text was in the old one.
    public func original(_ place: TextPlace) -> TextPlace {
        guard let columns = columns[place.line] else { return place }
        var (low, high) = (0, columns.count)
        while low < high {
            let middle = (low + high) / 2
            if columns[middle] < place.column { low = middle + 1 } else { high = middle }
        }
        return TextPlace(line: place.line, column: place.column + low * SurrogatePairs.shortened)
    }

    private static func maySurrogate(_ bytes: [UInt8]) -> Bool {
        bytes.indices.dropLast(11).contains {
            bytes[$0] == UInt8(ascii: "\\") && bytes[$0 + 1] == UInt8(ascii: "u")
                && bytes[$0 + 2] | 0x20 == UInt8(ascii: "d")
        }
    }

    private static func pair(_ bytes: ArraySlice<UInt8>) -> Unicode.Scalar? {
        guard bytes.count == 12, let high = unit(bytes.prefix(6)), let low = unit(bytes.suffix(6)),
            0xD800...0xDBFF ~= high, 0xDC00...0xDFFF ~= low
        else { return nil }
        return Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
    }

    /// The number of `\uXXXX`.
    private static func unit(_ bytes: ArraySlice<UInt8>) -> UInt32? {
        guard bytes.starts(with: "\\u".utf8) else { return nil }
        var number: UInt32 = 0
        for byte in bytes.dropFirst(2) {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): number = number << 4 | UInt32(byte - 0x30)
            case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"):
                number = number << 4 | UInt32((byte | 0x20) - 0x57)
            default: return nil
            }
        }
        return number
    }
}
