// SPDX-License-Identifier: Apache-2.0

/// Big-endian bytes of a number.
func makeBigNumber(_ value: Int, size: Int) -> [UInt8] { Array(makeNumber(value, size: size).reversed()) }

/// A frame of MPEG audio; where nothing is said one of MPEG-2, layer III, 64 kbit/s, 24 kHz, mono: 576
/// samples.
///
/// - Parameter content: what stands somewhere in the frame.
func makeMP3Frame(
    header: [UInt8] = [0xFF, 0xF3, 0x84, 0xC0], length: Int = 192, content: String = "", at offset: Int = 36
) -> [UInt8] {
    var frame = header + [UInt8](repeating: 0, count: length - 4)
    frame.replaceSubrange(offset..<(offset + content.utf8.count), with: content.utf8)
    return frame
}

/// The same frame again and again.
func makeMP3(frames: Int, header: [UInt8] = [0xFF, 0xF3, 0x84, 0xC0], length: Int = 192) -> [UInt8] {
    Array(repeatElement(makeMP3Frame(header: header, length: length), count: frames).joined())
}

/// ID3v2 in front of the sound.
///
/// - Parameter size: what the header says, where it isn't the truth.
func makeID3(content: Int = 300, size: [UInt8]? = nil, hasFooter: Bool = false) -> [UInt8] {
    let synchsafe = [21, 14, 7, 0].map { UInt8(content >> $0 & 0x7F) }
    let body = [UInt8](repeating: 0xFF, count: content)
    let footer: [UInt8] = hasFooter ? Array("3DI".utf8) + [4, 0, 0x10] + synchsafe : []
    return Array("ID3".utf8) + [4, 0, hasFooter ? 0x10 : 0] + (size ?? synchsafe) + body + footer
}

/// ID3v1 behind the sound.
func makeID3v1() -> [UInt8] { Array("TAG".utf8) + [UInt8](repeating: 0x20, count: 125) }

/// APEv2, with header and footer.
func makeAPE(content: Int = 100) -> [UInt8] {
    let head =
        Array("APETAGEX".utf8) + makeNumber(2_000, size: 4) + makeNumber(content + 32, size: 4)
        + [UInt8](repeating: 0, count: 16)
    return head + [UInt8](repeating: 0xFF, count: content) + head
}

/// A frame of AAC in ADTS.
///
/// - Parameter length: of the whole frame as it says, where it isn't the truth.
func makeADTSFrame(
    rateIndex: Int = 4, channels: Int = 2, blocks: Int = 1, isChecked: Bool = false, content: Int = 93,
    length: Int? = nil
) -> [UInt8] {
    let headSize = isChecked ? 9 : 7
    let length = length ?? headSize + content
    let bits =
        0xFFF0 << 40 | (isChecked ? 0 : 1) << 40 | 1 << 38 | rateIndex << 34 | channels << 30 | length << 13
        | 0x7FF << 2 | (blocks - 1)
    return makeBigNumber(bits, size: 7) + [UInt8](repeating: 0, count: headSize - 7 + content)
}

/// The same frame again and again.
func makeADTS(frames: Int, rateIndex: Int = 4, channels: Int = 2) -> [UInt8] {
    Array(repeatElement(makeADTSFrame(rateIndex: rateIndex, channels: channels), count: frames).joined())
}

/// A chunk of AIFF, padded to an even length.
///
/// - Parameter size: what the header says, where it isn't the truth.
func makeBigChunk(_ tag: String, _ content: [UInt8] = [], size: Int? = nil) -> [UInt8] {
    let padding: [UInt8] = content.count % 2 == 0 ? [] : [0]
    return Array(tag.utf8) + makeBigNumber(size ?? content.count, size: 4) + content + padding
}

/// The rate 44,100 as AIFF writes it: 80 bits.
let rate44100: [UInt8] = [0x40, 0x0E, 0xAC, 0x44, 0, 0, 0, 0, 0, 0]

/// The chunk of AIFF that tells the format.
func makeCommon(
    frames: Int = 44_100, channels: Int = 1, bits: Int = 16, rate: [UInt8] = rate44100,
    compression: String = ""
) -> [UInt8] {
    makeBigChunk(
        "COMM",
        makeBigNumber(channels, size: 2) + makeBigNumber(frames, size: 4) + makeBigNumber(bits, size: 2)
            + rate
            + (compression.isEmpty ? [] : Array(compression.utf8) + [0, 0])
    )
}

/// The chunk of AIFF that holds the sound: silence.
func makeSound(bytes: Int = 88_200, size: Int? = nil) -> [UInt8] {
    makeBigChunk("SSND", [UInt8](repeating: 0, count: 8 + bytes), size: size)
}

/// A file of AIFF chunks.
func makeAIFF(_ chunks: [UInt8]..., form: String = "AIFF") -> [UInt8] {
    makeBigChunk("FORM", Array(form.utf8) + chunks.flatMap { $0 })
}

/// The block of FLAC that tells the length, 34 bytes.
func makeStreamInfo(rate: Int = 44_100, samples: Int = 44_100, smallestFrame: Int = 14) -> [UInt8] {
    makeBigNumber(4_096, size: 2) + makeBigNumber(4_096, size: 2) + makeBigNumber(smallestFrame, size: 3)
        + makeBigNumber(9_000, size: 3) + makeBigNumber(rate << 44 | 1 << 41 | 15 << 36 | samples, size: 8)
        + [UInt8](repeating: 0, count: 16)
}

/// FLAC with nothing but zeros where the frames should be.
func makeFLAC(_ info: [UInt8] = makeStreamInfo(), type: UInt8 = 0x80, bytes: Int = 1_000) -> [UInt8] {
    Array("fLaC".utf8) + [type, 0, 0, 34] + info + [UInt8](repeating: 0, count: bytes)
}

/// A page of Ogg.
///
/// - Parameter packets: lengths; each packet is zeros, except the first of the stream.
/// - Parameter isOpen: whether the last packet goes on in the next page.
func makeOggPage(
    granule: Int = 0, serial: Int = 1, head: [UInt8]? = nil, packets: [Int] = [], isOpen: Bool = false
) -> [UInt8] {
    let lengths = head.map { [$0.count] } ?? packets
    var lacing = lengths.flatMap { [UInt8](repeating: 255, count: $0 / 255) + [UInt8($0 % 255)] }
    if isOpen { lacing.removeLast() }
    let content = head ?? [UInt8](repeating: 0, count: lacing.reduce(0) { $0 + Int($1) })
    return Array("OggS".utf8) + [0, head == nil ? 0 : 2] + makeNumber(granule, size: 8)
        + makeNumber(serial, size: 4) + makeNumber(0, size: 8) + [UInt8(lacing.count)] + lacing + content
}

/// The first packet of Opus.
func makeOpusHead(skipped: Int = 312) -> [UInt8] {
    Array("OpusHead".utf8) + [1, 2] + makeNumber(skipped, size: 2) + makeNumber(16_000, size: 4) + [0, 0, 0]
}

/// The first packet of Vorbis.
func makeVorbisHead(rate: Int = 44_100) -> [UInt8] {
    [1] + Array("vorbis".utf8) + makeNumber(0, size: 4) + [2] + makeNumber(rate, size: 4)
        + [UInt8](repeating: 0, count: 14)
}

/// The first packet of Theora, with pictures of 320 to 240 pixels; 6 bits count pictures since a key frame.
func makeTheoraHead(pictures: Int = 25, seconds: Int = 1) -> [UInt8] {
    [0x80] + Array("theora".utf8) + [3, 2, 1] + makeNumber(0, size: 4) + makeBigNumber(320, size: 3)
        + makeBigNumber(240, size: 3) + [0, 0] + makeBigNumber(pictures, size: 4)
        + makeBigNumber(seconds, size: 4)
        + [UInt8](repeating: 0, count: 10) + makeBigNumber(6 << 5, size: 2)
}

/// A whole stream of Ogg: head, one page of comments, one of sound.
func makeOgg(head: [UInt8] = makeOpusHead(), granule: Int = 48_312, packets: Int = 50, serial: Int = 1)
    -> [UInt8]
{
    makeOggPage(serial: serial, head: head) + makeOggPage(serial: serial, packets: [20])
        + makeOggPage(granule: granule, serial: serial, packets: Array(repeating: 80, count: packets))
}
