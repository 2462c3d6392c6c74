// SPDX-License-Identifier: Apache-2.0

func makePNG(width: Int = 640, height: Int = 360) -> [UInt8] {
    [0x89] + Array("PNG\r\n\u{1A}\n".utf8) + makeBigEndian(13) + Array("IHDR".utf8)
        + makeBigEndian(width, height)
        + [8, 2, 0, 0, 0] + makeZeros(40)
}

func makeGIF(width: Int = 640, height: Int = 360, version: String = "89a") -> [UInt8] {
    Array("GIF\(version)".utf8) + makeNumber(width, size: 2) + makeNumber(height, size: 2) + makeZeros(60)
}

/// A bitmap with a header of this many bytes. Those of 12 have sizes of 16 bits.
func makeBMP(width: Int = 640, height: Int = 360, header: Int = 40) -> [UInt8] {
    let size = header == 12 ? 2 : 4
    return Array("BM".utf8) + makeNumber(9_999, size: 4) + makeZeros(8) + makeNumber(header, size: 4)
        + makeNumber(width, size: size) + makeNumber(height, size: size) + makeZeros(header)
}

/// A WebP picture of one chunk.
func makeWebP(_ tag: String, _ content: [UInt8]) -> [UInt8] {
    makeWAV(makeChunk(tag, content + makeZeros(40)), form: "WEBP")
}

/// Lossy: a key frame's tag and start code, then the sizes below two bits of scale.
func makeLossy(width: Int = 640, height: Int = 360) -> [UInt8] {
    let size = makeNumber(1 << 14 | width, size: 2) + makeNumber(2 << 14 | height, size: 2)
    return makeWebP("VP8 ", [0x10, 0x20, 0x30, 0x9D, 0x01, 0x2A] + size)
}

/// Lossless: 14 bits each.
func makeLossless(width: Int = 640, height: Int = 360) -> [UInt8] {
    makeWebP("VP8L", [0x2F] + makeNumber(1 << 28 | (height - 1) << 14 | (width - 1), size: 4))
}

/// Extended: 24 bits each.
func makeExtended(width: Int = 640, height: Int = 360) -> [UInt8] {
    makeWebP("VP8X", [0x10, 0, 0, 0] + makeNumber(width - 1, size: 3) + makeNumber(height - 1, size: 3))
}

/// A segment of JPEG: its marker, its length, its content.
func makeSegment(_ marker: UInt8, _ content: [UInt8] = [], size: Int? = nil) -> [UInt8] {
    [0xFF, marker] + makeBigEndian(size ?? content.count + 2, size: 2) + content
}

func makeFrameHeader(_ marker: UInt8 = 0xC0, width: Int = 640, height: Int = 360) -> [UInt8] {
    makeSegment(marker, [8] + makeBigEndian(height, width, size: 2) + [3] + makeZeros(9))
}

func makeJPEG(_ segments: [UInt8]...) -> [UInt8] {
    [0xFF, 0xD8] + makeSegment(0xE0, Array("JFIF\0".utf8) + makeZeros(9)) + segments.flatMap { $0 }
        + makeSegment(0xDA, makeZeros(10)) + makeZeros(500) + [0xFF, 0xD9]
}
