// SPDX-License-Identifier: Apache-2.0

import MediaProbe
import XCTest

final class WAVTests: XCTestCase {
    // MARK: - Formats

    func test_duration_isSizeByByteRate_forEachFormat() {
        for (rate, channels, bits, bytes, seconds) in [
            (8_000, 1, 8, 8_000, 1.0), (16_000, 1, 16, 32_000, 1.0), (16_000, 1, 16, 138_240, 4.32),
            (44_100, 2, 16, 176_400, 1.0), (44_100, 2, 24, 132_300, 0.5), (48_000, 6, 24, 864_000, 1.0),
            (16_000, 1, 16, 0 + 2, 0.0000625),
        ] {
            let file = makeWAV(
                makeFormat(sampleRate: rate, channels: channels, bits: bits), makeData(bytes: bytes)
            )
            XCTAssertEqual(
                WAV.duration(of: file) ?? -1, seconds, accuracy: 1e-9, "\(rate) \(channels) \(bits)")
        }
    }

    func test_duration_skipsOtherChunks_withPadding() {
        for chunks in [
            makeChunk("LIST", Array("INFOISFT".utf8)), makeChunk("odd ", [1]), makeChunk("odd ", [1, 2, 3]),
            makeChunk("none"),
            makeChunk("LIST", [1]) + makeChunk("cue ", [1, 2]) + makeChunk("bext", [1, 2, 3]),
        ] {
            XCTAssertEqual(WAV.duration(of: makeWAV(chunks, makeFormat(), makeData())), 1)
            XCTAssertEqual(WAV.duration(of: makeWAV(makeFormat(), chunks, makeData())), 1)
            XCTAssertEqual(WAV.duration(of: makeWAV(makeFormat(), makeData(), chunks)), 1)
        }
    }

    func test_duration_takesExtendedFormat() {
        let plain = makeFormat(bits: 24)
        let extended = makeChunk("fmt ", Array(plain.dropFirst(8)) + [UInt8](repeating: 0, count: 24))
        XCTAssertEqual(WAV.duration(of: makeWAV(extended, makeData(bytes: 48_000))), 1)
    }

    func test_duration_countsBlocks_ofADPCM() {
        for tag in [0x11, 0x02] {
            // As ffmpeg writes it: blocks of 1,024 bytes with 1,017 samples, and 16,000 bytes a second
            // whatever is true.
            let format = makeChunk(
                "fmt ",
                makeNumber(tag, size: 2) + makeNumber(2, size: 2) + makeNumber(48_000, size: 4)
                    + makeNumber(16_000, size: 4) + makeNumber(1_024, size: 2) + makeNumber(4, size: 2)
                    + makeNumber(2, size: 2) + makeNumber(1_017, size: 2)
            )
            let seconds = WAV.duration(of: makeWAV(format, makeData(bytes: 48 * 1_024)))
            XCTAssertEqual(seconds ?? -1, 1.017, accuracy: 1e-9)
            let short = makeChunk("fmt ", Array(format[8..<24]))
            XCTAssertEqual(
                WAV.duration(of: makeWAV(short, makeData(bytes: 16_000))), 1, "byte rate is all it has")
        }
    }

    func test_duration_isNil_whenFormatIsTooShort() {
        for size in [0, 2, 11] {
            let format = makeChunk("fmt ", [UInt8](repeating: 1, count: size))
            XCTAssertNil(WAV.duration(of: makeWAV(format, makeData())), "\(size)")
        }
    }

    func test_duration_isSame_whenPushed() {
        for tag in ["RIFF", "RF64", "BW64"] {
            let file = makeWAV(
                makeSizes64(data: 999), makeChunk("odd ", [1]), makeFormat(), makeData(), tag: tag)
            assertSound(file, "audio/wav", seconds: 1)
        }
        assertSound(makeWAV(makeFormat()), "audio/wav", seconds: nil)
        XCTAssertEqual(probe(makeWAV(makeFormat(), makeData(), form: "AVI ")), MediaFacts())
    }

    // MARK: - Sizes that aren't true

    func test_duration_goesToEnd_whenSizeIsOpen() {
        for size in [0, 0xFFFF_FFFF] {
            let file = makeWAV(makeFormat(), makeData(bytes: 16_000, size: size))
            XCTAssertEqual(WAV.duration(of: file), 0.5, "\(size)")
        }
    }

    func test_duration_goesToEnd_whenSizeIsLargerThanFile() {
        for size in [16_001, 1_000_000, 0xFFFF_FFFE, 0x8000_0000] {
            let file = makeWAV(makeFormat(), makeData(bytes: 16_000, size: size))
            XCTAssertEqual(WAV.duration(of: file), 0.5, "\(size)")
        }
    }

    func test_duration_isZero_whenThereIsNoSound() {
        XCTAssertEqual(WAV.duration(of: makeWAV(makeFormat(), makeData(bytes: 0))), 0)
    }

    func test_duration_ignoresSizeOfWholeFile() {
        var file = makeWAV(makeFormat(), makeData())
        file.replaceSubrange(4..<8, with: [0xFF, 0xFF, 0xFF, 0xFF])
        XCTAssertEqual(WAV.duration(of: file), 1)
    }

    // MARK: - RF64

    func test_duration_takesSizeFromDS64_inRF64() {
        let data = makeData(bytes: 32_000, size: 0xFFFF_FFFF)
        let file = makeWAV(makeSizes64(data: 16_000), makeFormat(), data, tag: "RF64")
        XCTAssertEqual(WAV.duration(of: file), 0.5)
    }

    func test_duration_takesSizeFromHeader_whenRF64SaysIt() {
        let file = makeWAV(makeSizes64(data: 999), makeFormat(), makeData(bytes: 32_000), tag: "RF64")
        XCTAssertEqual(WAV.duration(of: file), 1)
    }

    func test_duration_goesToEnd_whenDS64IsMissingOpenOrNonsense() {
        let data = makeData(bytes: 32_000, size: 0xFFFF_FFFF)
        XCTAssertEqual(WAV.duration(of: makeWAV(makeFormat(), data, tag: "RF64")), 1)
        for size in [0, -1, Int.max, Int.min] {
            let file = makeWAV(makeSizes64(data: size), makeFormat(), data, tag: "RF64")
            XCTAssertEqual(WAV.duration(of: file), 1, "\(size)")
        }
    }

    // MARK: - No sound

    func test_duration_isNil_whenNotWAV() {
        for file in [
            [], Array("RIFF".utf8), Array("ID3\u{4}rest of an MP3 file".utf8),
            makeWAV(makeFormat(), makeData(), tag: "RIFX"), makeWAV(makeFormat(), makeData(), form: "AVI "),
        ] {
            XCTAssertNil(WAV.duration(of: file))
        }
    }

    func test_duration_isNil_whenFormatIsUnusable() {
        XCTAssertNil(WAV.duration(of: makeWAV(makeFormat(byteRate: 0), makeData())), "byte rate 0")
        XCTAssertNil(WAV.duration(of: makeWAV(makeData())), "no format")
        XCTAssertNil(WAV.duration(of: makeWAV(makeData(), makeFormat())), "format behind the data")
        XCTAssertNil(WAV.duration(of: makeWAV(makeFormat())), "no data")
    }

    // MARK: - Hostile files

    func test_duration_doesNotTrap_whenCutAtAnyByte() {
        for tag in ["RIFF", "RF64"] {
            let file = makeWAV(
                makeSizes64(data: 200), makeChunk("LIST", [1, 2, 3]), makeFormat(), makeData(bytes: 200),
                tag: tag
            )
            let header = file.count - 200
            for length in 0...file.count {
                let seconds = WAV.duration(of: Array(file.prefix(length)))
                XCTAssertEqual(seconds != nil, length >= header, "\(tag), \(length)")
            }
        }
    }

    func test_duration_doesNotTrap_whenAnyHeaderByteIsAllOnes() {
        let file = makeWAV(makeSizes64(data: 200), makeFormat(), makeData(bytes: 200), tag: "RF64")
        for at in 0..<(file.count - 200) {
            var broken = file
            broken[at] = 0xFF
            if let seconds = WAV.duration(of: broken) {
                XCTAssertTrue(seconds >= 0 && seconds.isFinite, "\(at): \(seconds)")
            }
        }
    }

    func test_duration_isNil_whenThousandsOfChunksComeFirst() {
        let some = makeWAV(
            Array(repeatElement(makeChunk("junk"), count: 1_000).joined()), makeFormat(), makeData())
        XCTAssertEqual(WAV.duration(of: some), 1)
        let many = makeWAV(
            Array(repeatElement(makeChunk("junk"), count: 5_000).joined()), makeFormat(), makeData())
        XCTAssertNil(WAV.duration(of: many))
    }

    /// Each read may cost a walk through the whole source.
    func test_duration_readsOncePerChunk() {
        let source = CountingSource(makeWAV(makeChunk("LIST", [1, 2]), makeFormat(), makeData()))
        XCTAssertEqual(WAV.duration(of: source), 1)
        XCTAssertEqual(source.reads, 5, "file, three chunks, byte rate")
    }

    private final class CountingSource: ByteSource {
        private let source: [UInt8]
        private(set) var reads = 0

        init(_ source: [UInt8]) {
            self.source = source
        }

        var count: Int { source.count }

        func bytes(at offset: Int, count: Int) -> [UInt8] {
            reads += 1
            return source.bytes(at: offset, count: count)
        }
    }
}
