// SPDX-License-Identifier: Apache-2.0

/// The text of a stream that holds objects (ISO 32000-1, 7.5.7): one behind the other, with nothing between
/// them.
enum PDFObjectStream {
    /// Tells `tree` of all objects in it.
    static func scan(_ bytes: [UInt8], into tree: inout PDFPageTree) {
        bytes.withUnsafeBufferPointer { bytes in
            var depth = 0
            var index = 0
            while index < bytes.count {
                let byte = bytes[index]
                switch byte {
                case UInt8(ascii: "("): index = endOfString(bytes, from: index)
                case UInt8(ascii: "<"):
                    depth += 1
                    index += 1
                case UInt8(ascii: ">"):
                    depth -= 1
                    index += 1
                    // Those of hexadecimal strings are single, but balanced as well.
                    if depth == 0 { tree.endObject() }
                case _ where !PDFToken.isSeparator(byte) || byte == UInt8(ascii: "/"):
                    index = scanToken(bytes, from: index, into: &tree)
                default: index += 1
                }
            }
        }
        tree.endObject()
    }

    private static func scanToken(
        _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, into tree: inout PDFPageTree
    ) -> Int {
        let isName = bytes[start] == UInt8(ascii: "/")
        var token = PDFToken(isName: isName)
        var index = isName ? start + 1 : start
        while index < bytes.count, !PDFToken.isSeparator(bytes[index]) {
            token.append(bytes[index])
            index += 1
        }
        tree.take(token.meaning)
        return index
    }

    /// Parentheses inside a string are balanced, or have a backslash.
    private static func endOfString(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var depth = 0
        var index = start
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\\"): index += 1
            case UInt8(ascii: "("): depth += 1
            case UInt8(ascii: ")"): depth -= 1
            default: break
            }
            index += 1
            if depth == 0 { break }
        }
        return index
    }
}
