// SPDX-License-Identifier: Apache-2.0

/// RIFF/WAVE sound, and RF64 (EBU Tech 3306), which is the same with 64-bit sizes.
public enum WAV {
    /// Seconds of sound, from the chunk headers alone: the data's size over the format's bytes a second.
    ///
    /// What the header promises beyond the bytes that are there isn't counted; a size of 0 or of all ones, as recorders
    /// that stream write it, means "to the end".
    ///
    /// - Returns: nil where this isn't WAVE or has no usable format.
    public static func duration(of source: some ByteSource) -> Double? {
        let start = source.bytes(at: 0, count: 12)
        let isRF64 = start.hasTag("RF64", at: 0)
        guard isRF64 || start.hasTag("RIFF", at: 0), start.hasTag("WAVE", at: 8) else { return nil }
        var offset = 12
        var bytesPerSecond: Int?
        var dataSize64: Int?
        // A chunk has 8 bytes at least; a file with thousands of them is no sound, but an attack.
        for _ in 0..<4096 {
            // One read for each chunk: a source may have to look for the place.
            let head = source.bytes(at: offset, count: 8)
            guard let size = head.littleEndian(at: 4, size: 4) else { return nil }
            let content = offset + 8
            if head.hasTag("fmt ", at: 0) {
                bytesPerSecond = source.littleEndian(at: content + 8, size: 4)
            } else if head.hasTag("ds64", at: 0) {
                dataSize64 = source.littleEndian(at: content + 8, size: 8)
            } else if head.hasTag("data", at: 0) {
                guard let bytesPerSecond, bytesPerSecond > 0 else { return nil }
                let available = source.count - content
                // Of all ones in RF64: the size stands in ds64. Negative: larger than any file.
                let promised = isRF64 && size == 0xFFFF_FFFF ? dataSize64 ?? size : size
                let isOpen = promised <= 0 || promised == 0xFFFF_FFFF
                return Double(isOpen ? available : min(promised, available)) / Double(bytesPerSecond)
            }
            // Chunks are padded to an even length.
            offset = content + size + size % 2
        }
        return nil
    }
}
