// SPDX-License-Identifier: Apache-2.0

@testable import MediaProbe

/// Big-endian bytes of numbers of `size` bytes each.
func makeBigEndian(_ values: Int..., size: Int = 4) -> [UInt8] {
    values.flatMap { value in (0..<size).reversed().map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
}

func makeZeros(_ count: Int) -> [UInt8] { [UInt8](repeating: 0, count: count) }

/// An MP4 box.
///
/// - Parameters:
///   - size: what the header says, where it isn't the truth.
///   - isLong: whether the size has 64 bits.
func makeBox(_ tag: String, _ contents: [UInt8]..., size: Int? = nil, isLong: Bool = false) -> [UInt8] {
    let content = contents.flatMap { $0 }
    guard isLong else { return makeBigEndian(size ?? content.count + 8) + Array(tag.utf8) + content }
    return makeBigEndian(1) + Array(tag.utf8) + makeBigEndian(size ?? content.count + 16, size: 8) + content
}

func makeFileType(_ brand: String = "isom", _ others: String...) -> [UInt8] {
    makeBox("ftyp", Array(brand.utf8), makeBigEndian(0), others.flatMap { Array($0.utf8) })
}

/// `mvhd` or `mdhd`: the times when it was made and changed, the scale, the duration.
func makeDuration(_ tag: String, _ ticks: Int, scale: Int = 1_000, version: Int = 0) -> [UInt8] {
    let size = version == 1 ? 8 : 4
    return makeBox(
        tag, makeBigEndian(version << 24), makeZeros(2 * size), makeBigEndian(scale),
        makeBigEndian(ticks, size: size), makeZeros(4))
}

/// A track.
///
/// - Parameters:
///   - handler: `soun`, `vide` or another.
///   - size: as shown, and as encoded.
///   - samples: entries of `stts`.
func makeTrack(
    id: Int = 1, handler: String = "soun", ticks: Int = 0, scale: Int = 1_000, version: Int = 0,
    shown: (Int, Int) = (0, 0), encoded: (Int, Int)? = nil, samples: Int = 1
) -> [UInt8] {
    let size = version == 1 ? 8 : 4
    let header = makeBox(
        "tkhd", makeBigEndian(version << 24), makeZeros(2 * size), makeBigEndian(id, 0),
        makeZeros(size + 52), makeBigEndian(shown.0 << 16, shown.1 << 16))
    let entry = makeBox(
        "avc1", makeZeros(24), makeBigEndian(encoded?.0 ?? 0, encoded?.1 ?? 0, size: 2), makeZeros(50))
    let table = makeBox(
        "stbl", makeBox("stsd", makeBigEndian(0, 1), entry), makeBox("stts", makeBigEndian(0, samples)))
    let media = makeBox(
        "mdia", makeDuration("mdhd", ticks, scale: scale, version: version),
        makeBox("hdlr", makeBigEndian(0, 0), Array(handler.utf8), makeZeros(12)), makeBox("minf", table))
    return makeBox("trak", header, makeBox("edts", makeZeros(20)), media)
}

func makeMovie(_ boxes: [UInt8]..., ticks: Int = 0) -> [UInt8] {
    makeBox("moov", makeDuration("mvhd", ticks), boxes.flatMap { $0 })
}

/// The defaults of the fragments of tracks: `id: ticks of a sample`.
func makeDefaults(_ ticks: KeyValuePairs<Int, Int> = [1: 100], whole: Int? = nil) -> [UInt8] {
    let header = whole.map { makeBox("mehd", makeBigEndian(0, $0)) } ?? []
    return makeBox("mvex", header, ticks.flatMap { makeBox("trex", makeBigEndian(0, $0, 1, $1, 0, 0)) })
}

/// A fragment of one track, with its data.
///
/// - Parameters:
///   - samples: so many samples without a duration of their own.
///   - defaultTicks: of a sample in this fragment.
///   - durations: of the samples that have one.
func makeFragment(
    track: Int = 1, samples: Int? = nil, defaultTicks: Int? = nil, durations: [Int]? = nil, data: Int = 100
) -> [UInt8] {
    // With a base of offsets and the number of the description, behind which the default is found.
    let header = makeBox(
        "tfhd", makeBigEndian(defaultTicks == nil ? 0x3 : 0xB, track, 0, 0, 1),
        defaultTicks.map { makeBigEndian($0) } ?? [])
    let plain = samples.map { makeBox("trun", makeBigEndian(0, $0)) } ?? []
    // With the offset of the data, the flags of the first, and for each duration and size.
    let timed =
        durations.map { durations in
            makeBox(
                "trun", makeBigEndian(0x305, durations.count, 0, 0),
                durations.flatMap { makeBigEndian($0, 7) })
        } ?? []
    let fragment = makeBox(
        "moof", makeBox("mfhd", makeBigEndian(0, 1)), makeBox("traf", header, plain, timed))
    return fragment + makeBox("mdat", makeZeros(data))
}

/// An index of segments: of each the ticks, and whether it refers to another index.
func makeSegmentIndex(_ segments: [(Int, Bool)], scale: Int = 1_000, version: Int = 0) -> [UInt8] {
    makeBox(
        "sidx", makeBigEndian(version << 24, 1, scale), makeZeros(version == 0 ? 8 : 16),
        makeBigEndian(0, segments.count, size: 2),
        segments.flatMap { makeBigEndian($1 ? 1 << 31 | 500 : 500, $0, 0) })
}

/// A whole file: type, film, data.
func makeMP4(_ movie: [UInt8], brand: String = "isom", data: Int = 1_000) -> [UInt8] {
    makeFileType(brand) + movie + makeBox("mdat", makeZeros(data))
}

/// A Matroska element.
///
/// - Parameter size: what the header says, where it isn't the truth; negative: unknown.
func makeElement(_ id: MatroskaElement, _ contents: [UInt8]..., size: Int? = nil) -> [UInt8] {
    let content = contents.flatMap { $0 }
    let bytes = (4 - id.rawValue.leadingZeroBitCount / 8)
    return makeBigEndian(Int(id.rawValue), size: bytes)
        + makeBigEndian(1 << 56 | (size ?? content.count) & (1 << 56 - 1), size: 8) + content
}

func makeMatroskaTrack(
    _ number: Int = 1, type: Int = 2, codec: String = "A_OPUS", frame: Int? = nil, size: (Int, Int)? = nil
) -> [UInt8] {
    var parts = [
        makeElement(.trackNumber, [UInt8(number)]), makeElement(.trackType, [UInt8(type)]),
        makeElement(.codec, Array(codec.utf8)),
    ]
    if let frame { parts.append(makeElement(.defaultDuration, makeBigEndian(frame))) }
    if let size {
        let width = makeElement(.pixelWidth, makeBigEndian(size.0, size: 2))
        parts.append(makeElement(.video, width, makeElement(.pixelHeight, makeBigEndian(size.1, size: 2))))
    }
    return makeElement(.trackEntry, parts.flatMap { $0 })
}

/// A cluster of blocks of one track, 100 bytes each, at these ticks after its own.
func makeCluster(_ time: Int, blocks: [Int], track: Int = 1, first: UInt8 = 0x08, isOpen: Bool = false)
    -> [UInt8]
{
    let head = [0x80 | UInt8(track)]
    let blocks = blocks.flatMap {
        makeElement(.simpleBlock, head, makeBigEndian($0, size: 2), [0x80, first], makeZeros(99))
    }
    return makeElement(
        .cluster, makeElement(.timestamp, makeBigEndian(time)), blocks, size: isOpen ? -1 : nil)
}

func makeMatroska(_ elements: [UInt8]..., docType: String = "webm", size: Int? = nil) -> [UInt8] {
    makeElement(.header, makeElement(.docType, Array(docType.utf8)))
        + makeElement(.segment, elements.flatMap { $0 }, size: size)
}

/// What stands in front of the tracks.
func makeInfo(duration: Double? = nil, scale: Int = 1_000_000) -> [UInt8] {
    var content = makeElement(.timestampScale, makeBigEndian(scale))
    if let duration {
        content += makeElement(.duration, makeBigEndian(Int(bitPattern: UInt(duration.bitPattern)), size: 8))
    }
    return makeElement(.info, content)
}
