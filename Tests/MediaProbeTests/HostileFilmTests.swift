// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import MediaProbe

/// Files that are cut, broken or made to harm: each walker ends, soon, without a trap and with sane facts.
final class HostileFilmTests: XCTestCase {
    private let samples: [(name: String, make: @Sendable () -> any MediaWalker, bytes: [UInt8])] = {
        let track =
            makeTrack(id: 1, ticks: 4_320) + makeTrack(id: 2, handler: "vide", version: 1, encoded: (64, 36))
        let fragments =
            makeFileType() + makeMovie(track, makeDefaults(whole: 9))
            + makeSegmentIndex([(5, false), (6, true)])
            + makeFragment(samples: 3, defaultTicks: 5, durations: [1, 2], data: 9)
        let picture = makeMatroskaTrack(2, type: 1, codec: "V_VP8", frame: 40_000_000, size: (64, 36))
        let live = makeMatroska(
            makeInfo(), makeElement(.tracks, makeMatroskaTrack(), picture),
            makeCluster(0, blocks: [0, 20], isOpen: true) + makeCluster(9, blocks: [0], track: 2), size: -1)
        let pages = makeObjectStream(makeStored(Array("1 0 2 9 <</Type/Page>> <</A(\\))/Type/Page>>".utf8)))
        return [
            ("MP4", { MP4Walker() }, makeMP4(makeMovie(track, ticks: 99), data: 30)),
            ("fragments", { MP4Walker() }, fragments),
            ("HEIC", { MP4Walker() }, makeFileType("heic") + HostileFilmTests.makeHEIC()),
            ("WebM", { MatroskaWalker() }, live),
            ("PNG", { ImageWalker() }, makePNG()), ("GIF", { ImageWalker() }, makeGIF()),
            ("BMP", { ImageWalker() }, makeBMP()), ("VP8", { ImageWalker() }, makeLossy()),
            ("VP8L", { ImageWalker() }, makeLossless()), ("VP8X", { ImageWalker() }, makeExtended()),
            ("JPEG", { ImageWalker() }, makeJPEG(makeSegment(0xE1, makeZeros(40)), makeFrameHeader())),
            ("PDF", { PDFWalker() }, makePDF(pages: 2) + pages),
            ("text", { TextWalker() }, Array("Grüße, 世界 🎈".utf8)),
        ]
    }()

    // MARK: - Cut and changed

    func test_walkers_areSane_whenCutAnywhere() {
        for (name, make, bytes) in samples {
            for length in 0...bytes.count {
                let cut = Array(bytes.prefix(length))
                let facts = makeFacts(make(), cut)
                assertSane(facts, "\(name), \(length)")
                if length % 16 == 0 { XCTAssertEqual(makeFacts(make(), arriving: cut, cut: 5), facts) }
            }
        }
    }

    func test_walkers_areSane_whenAnyByteIsChanged() {
        for (name, make, bytes) in samples {
            for index in bytes.indices {
                for change in [0x00, 0x01, 0x7F, 0x80, 0xFF] as [UInt8] {
                    var broken = bytes
                    broken[index] = change == 0x01 ? broken[index] ^ 0x01 : change
                    assertSane(makeFacts(make(), broken), "\(name), \(index), \(change)")
                }
            }
        }
    }

    /// For three seconds at most, and with the same bytes each time.
    func test_walkers_areSane_onRandomChanges() {
        let end = ContinuousClock.now + .seconds(2.5)
        var numbers = SeededNumbers(7)
        for round in 0..<20_000 {
            if round % 64 == 0, ContinuousClock.now > end { break }
            let (name, make, bytes) = samples[round % samples.count]
            let broken = makeBroken(bytes, &numbers)
            assertSane(makeFacts(make(), broken, mostRegions: 5_000), "\(name), round \(round)")
        }
    }

    /// Changes, removes, repeats and inserts here and there.
    private func makeBroken(_ bytes: [UInt8], _ numbers: inout SeededNumbers) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...8, using: &numbers) where !bytes.isEmpty {
            let index = Int.random(in: 0..<bytes.count, using: &numbers)
            let end = min(bytes.count, index + Int.random(in: 1...16, using: &numbers))
            switch Int.random(in: 0..<6, using: &numbers) {
            case 0: bytes[index] = UInt8.random(in: 0...255, using: &numbers)
            case 1: bytes[index] = [0, 1, 0x7F, 0x80, 0xFF].randomElement(using: &numbers) ?? 0
            case 2: bytes.removeSubrange(index..<end)
            case 3: bytes.insert(contentsOf: bytes[index..<end], at: index)
            case 4: for place in index..<end { bytes[place] = 0xFF }
            default: bytes[index] ^= 1 << UInt8.random(in: 0...7, using: &numbers)
            }
        }
        return bytes
    }

    // MARK: - Depth, sizes and numbers

    func test_walkers_end_whenNestedDeeply() {
        for tag in ["moov", "trak", "moof", "meta", "free"] {
            let size = 100_000
            let boxes = (0..<(size / 8)).flatMap { makeBigEndian(size - 8 * $0) + Array(tag.utf8) }
            assertSane(makeFacts(MP4Walker(), makeFileType() + boxes), tag)
        }
        for element in [MatroskaElement.segment, .cluster, .blockGroup, .tracks] {
            let open = (0..<5_000).flatMap { _ in makeElement(element, size: -1) }
            assertSane(makeFacts(MatroskaWalker(), makeMatroska(open)), "\(element)")
        }
        let brackets = [UInt8](repeating: 0x3C, count: 100_000)
        assertSane(makeFacts(PDFWalker(), makePDF("") + makeObjectStream(brackets, filter: "")), "PDF")
    }

    func test_mp4_ends_whenSizesAreHuge() {
        for size in [Int.max, Int.min, -1, 1 << 62, Int.max - 31, 1 << 32, 15, 0] {
            for tag in ["moov", "mdat", "free", "trak", "mdhd", "sidx"] {
                let box = makeBox(tag, makeZeros(50), size: size, isLong: true)
                assertSane(makeFacts(MP4Walker(), makeFileType() + box + box), "\(tag), \(size)")
                assertSane(makeFacts(MP4Walker(), makeFileType() + makeMovie(box, box)), "\(tag), \(size)")
            }
        }
    }

    func test_matroska_ends_whenSizesAreHuge() {
        for size in [1 << 56 - 2, 1 << 55, -1, 0] {
            for element in [MatroskaElement.segment, .info, .cluster, .simpleBlock, .duration] {
                let file = makeMatroska(makeElement(element, makeZeros(50), size: size), makeInfo())
                assertSane(makeFacts(MatroskaWalker(), file), "\(element), \(size)")
            }
        }
    }

    /// Regions and time grow with the bytes, and no faster.
    func test_walkers_end_soon_onManySmallParts() {
        let boxes = Array(repeatElement(makeBox("free"), count: 100_000).joined())
        let tracks = Array(repeatElement(makeBox("trak"), count: 100_000).joined())
        let fragments = Array(repeatElement(makeBox("moof", makeBox("traf")), count: 50_000).joined())
        for content in [boxes, makeBox("moov", boxes), makeBox("moov", tracks), fragments] {
            let regions = (content.count + 100) / 4_096 + 20
            assertSane(makeFacts(MP4Walker(), makeFileType() + content, mostRegions: regions), "boxes")
        }
        let elements = makeMatroska((0..<50_000).flatMap { _ in [0xEC, 0x80] as [UInt8] })
        assertSane(makeFacts(MatroskaWalker(), elements, mostRegions: 100), "elements")
        let segments = makeJPEG(
            Array(repeatElement(makeSegment(0xE1), count: 100_000).joined()), makeFrameHeader())
        XCTAssertNil(makeFacts(ImageWalker(), segments, mostRegions: 200).width)
    }

    func test_mp4_countsNoMoreThanIsSane_whenSamplesAreMany() {
        let many = makeFragment(samples: 0xFFFF_FFFF, defaultTicks: 0xFFFF_FFFF)
        let file = makeFileType() + makeMovie(makeTrack(scale: 1, samples: 0), makeDefaults()) + many + many
        XCTAssertNil(makeFacts(MP4Walker(), file).seconds)
    }

    func test_picturesOfAnySize_areCompared() {
        let sizes = [(0xFFFF_FFFF, 0xFFFF_FFFF), (1, 1), (0xFFFF_FFFF, 0xFFFF_FFFF), (0, 0xFFFF_FFFF)]
        let boxes = sizes.flatMap { makeBox("ispe", makeBigEndian(0, $0.0, $0.1)) }
        let file =
            makeFileType("heic", "mif1")
            + makeBox("meta", makeZeros(4), makeBox("iprp", makeBox("ipco", boxes)))
        let facts = makeFacts(MP4Walker(), file)
        XCTAssertEqual([facts.width, facts.height], [0xFFFF_FFFF, 0xFFFF_FFFF])
    }

    private static func makeHEIC() -> [UInt8] {
        makeBox(
            "meta", makeZeros(4), makeBox("iprp", makeBox("ipco", makeBox("ispe", makeBigEndian(0, 64, 36)))))
            + makeBox("mdat", makeZeros(9))
    }
}
