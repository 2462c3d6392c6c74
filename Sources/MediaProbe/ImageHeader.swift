// SPDX-License-Identifier: Apache-2.0

/// What the first bytes of a picture tell.
struct ImageHeader {
    enum Format: String {
        case png = "image/png"
        case jpeg = "image/jpeg"
        case gif = "image/gif"
        case webp = "image/webp"
        case bmp = "image/bmp"
        case tiff = "image/tiff"
    }

    let format: Format
    /// In pixels; nil where the bytes don't reach so far, and always of JPEG and TIFF.
    let size: (width: Int, height: Int)?

    /// - Returns: nil for anything else.
    init?(_ start: [UInt8]) {
        let reader = Reader(bytes: start)
        if reader.has([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
            self.init(.png, reader.pngSize)
        } else if reader.has([0xFF, 0xD8, 0xFF]) {
            self.init(.jpeg, nil)
        } else if reader.has("GIF87a") || reader.has("GIF89a") {
            self.init(.gif, reader.pair(at: 6, size: 2))
        } else if reader.has("RIFF"), reader.has("WEBP", at: 8) {
            self.init(.webp, reader.webpSize)
        } else if reader.has("BM"), let length = reader.bmpHeaderLength {
            self.init(.bmp, reader.bmpSize(headerLength: length))
        } else if reader.has("II*\0") || reader.has("MM\0*") || reader.has("II+\0") || reader.has("MM\0+") {
            // The last two: with 64-bit offsets.
            self.init(.tiff, nil)
        } else {
            return nil
        }
    }

    private init(_ format: Format, _ size: (width: Int, height: Int)?) {
        self.format = format
        self.size = size.flatMap { $0.width > 0 && $0.height > 0 ? $0 : nil }
    }
}

private struct Reader {
    let bytes: [UInt8]

    func has(_ tag: [UInt8]) -> Bool { bytes.starts(with: tag) }

    func has(_ tag: String, at offset: Int = 0) -> Bool { bytes.dropFirst(offset).starts(with: tag.utf8) }

    /// The little-endian number of `size` bytes (at most 4) at `offset`.
    func number(at offset: Int, size: Int) -> Int? {
        guard offset + size <= bytes.count else { return nil }
        return bytes[offset..<(offset + size)].reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    /// Width and height, one behind the other.
    func pair(at offset: Int, size: Int) -> (width: Int, height: Int)? {
        guard let width = number(at: offset, size: size), let height = number(at: offset + size, size: size)
        else { return nil }
        return (width, height)
    }

    /// ISO/IEC 15948, 11.2.2: IHDR is the first chunk; big-endian.
    var pngSize: (width: Int, height: Int)? {
        guard has("IHDR", at: 12), let size = pair(at: 16, size: 4) else { return nil }
        return (
            Int(UInt32(truncatingIfNeeded: size.width).byteSwapped),
            Int(UInt32(truncatingIfNeeded: size.height).byteSwapped)
        )
    }

    /// RFC 9649: the first chunk is lossy (VP8, RFC 6386 9.1), lossless (VP8L, 3.4) or a frame for more
    /// chunks (VP8X, 2.7).
    var webpSize: (width: Int, height: Int)? {
        if has("VP8X", at: 12) {
            return pair(at: 24, size: 3).map { ($0.width + 1, $0.height + 1) }
        }
        if has("VP8L", at: 12), number(at: 20, size: 1) == 0x2F {
            return number(at: 21, size: 4).map { ($0 & 0x3FFF + 1, $0 >> 14 & 0x3FFF + 1) }
        }
        // The two highest bits of each say how to stretch the picture.
        guard has("VP8 ", at: 12), number(at: 23, size: 3) == 0x2A019D else { return nil }
        return pair(at: 26, size: 2).map { ($0.width & 0x3FFF, $0.height & 0x3FFF) }
    }

    /// "BM" begins many a text; the known lengths of a BITMAPCOREHEADER, BITMAPINFOHEADER and its successors
    /// don't follow.
    var bmpHeaderLength: Int? {
        guard let length = number(at: 14, size: 4) else { return nil }
        return [12, 16, 40, 52, 56, 64, 108, 124].contains(length) ? length : nil
    }

    /// A negative height: lines from the top down.
    func bmpSize(headerLength: Int) -> (width: Int, height: Int)? {
        if headerLength == 12 { return pair(at: 18, size: 2) }
        guard let size = pair(at: 18, size: 4) else { return nil }
        let (width, height) = (Int32(truncatingIfNeeded: size.width), Int32(truncatingIfNeeded: size.height))
        return (Int(width), Int(height.magnitude))
    }
}
