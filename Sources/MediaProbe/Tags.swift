// SPDX-License-Identifier: Apache-2.0

/// ID3v2: a tag in front of the sound, with title and pictures.
enum ID3 {
    /// Bytes of the tag that begins with these, with header and footer; nil where none does.
    ///
    /// ID3v2.4.0 structure, 3.1: "ID3", two bytes of version, flags, and a size of four times 7 bits, which
    /// counts neither the header nor the footer. Writers that use all 8 bits exist, and are told by the
    /// highest ones.
    static func length(_ bytes: [UInt8], at offset: Int = 0) -> Int? {
        let head = bytes.bytes(at: offset, count: 10)
        guard head.count == 10, head.starts(with: "ID3".utf8), head[3] != 0xFF, head[4] != 0xFF else {
            return nil
        }
        let isSynchsafe = head[6...].allSatisfy { $0 < 0x80 }
        let size = head[6...].reduce(0) { $0 << (isSynchsafe ? 7 : 8) | Int($1) }
        return 10 + size + (head[5] & 0x10 == 0 ? 0 : 10)
    }
}

/// The tags that stand behind the sound or, where files were joined, between.
enum InnerTag {
    /// So many bytes tell a tag.
    static let headSize = 16

    /// Bytes of the tag at `offset`; nil where none is.
    static func length(_ bytes: [UInt8], at offset: Int) -> Int? {
        if let length = ID3.length(bytes, at: offset) { return length }
        let head = bytes.bytes(at: offset, count: headSize)
        // ID3v1: always 128 bytes.
        if head.starts(with: "TAG".utf8) { return 128 }
        // APEv2: 32 bytes of header, and a size without them.
        guard head.starts(with: "APETAGEX".utf8), let size = head.littleEndian(at: 12, size: 4) else {
            return nil
        }
        return 32 + size
    }
}
