// SPDX-License-Identifier: Apache-2.0

/// Bytes that are read here and there, wherever they lie: in memory, in a file, in base64 text.
public protocol ByteSource {
    /// How many there are.
    var count: Int { get }

    /// Up to `count` bytes from `offset` on; fewer at the end, none behind it.
    func bytes(at offset: Int, count: Int) -> [UInt8]
}

extension [UInt8]: ByteSource {
    public func bytes(at offset: Int, count: Int) -> [UInt8] {
        guard offset >= 0, offset < self.count, count > 0 else { return [] }
        return Array(self[offset..<(offset + Swift.min(count, self.count - offset))])
    }
}

extension ByteSource {
    /// The little-endian number of `size` bytes (at most 8) at `offset`, or nil behind the end.
    func littleEndian(at offset: Int, size: Int) -> Int? {
        let bytes = bytes(at: offset, count: size)
        guard bytes.count == size else { return nil }
        return Int(truncatingIfNeeded: bytes.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
    }

    /// The big-endian number of `size` bytes (at most 8) at `offset`, or nil behind the end.
    func bigEndian(at offset: Int, size: Int) -> Int? {
        let bytes = bytes(at: offset, count: size)
        guard bytes.count == size else { return nil }
        return Int(truncatingIfNeeded: bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
    }

    /// Whether the four characters stand at `offset`.
    func hasTag(_ tag: String, at offset: Int) -> Bool { bytes(at: offset, count: 4).elementsEqual(tag.utf8) }
}
