// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import MediaProbe

final class MatroskaTests: XCTestCase {
    private let sound = makeElement(.tracks, makeMatroskaTrack())

    func test_matroska_takesDuration_inTicks() {
        for (duration, scale, seconds) in [
            (4_320.0, 1_000_000, 4.32), (432, 10_000_000, 4.32), (0.5, 1_000_000_000, 0.5),
        ] {
            let file = makeMatroska(
                makeInfo(duration: duration, scale: scale), sound, makeCluster(0, blocks: [0]))
            XCTAssertEqual(self.facts(of: file).seconds ?? 0, seconds, accuracy: 1e-9)
        }
    }

    func test_matroska_isNamedByTracksAndDocType() {
        let picture = makeMatroskaTrack(2, type: 1, codec: "V_VP9", size: (640, 360))
        for (tracks, docType, type, width, hasSound) in [
            (sound, "webm", "audio/webm", nil, true), (sound, "matroska", "audio/x-matroska", nil, true),
            (makeElement(.tracks, picture), "webm", "video/webm", 640, false),
            (makeElement(.tracks, picture, makeMatroskaTrack()), "matroska", "video/x-matroska", 640, true),
            ([], "webm", "video/webm", nil, false),
        ] as [([UInt8], String, String, Int?, Bool)] {
            let facts = facts(of: makeMatroska(makeInfo(duration: 9), tracks, docType: docType))
            XCTAssertEqual(facts.mimeType, type)
            XCTAssertEqual(facts.width, width)
            XCTAssertEqual(facts.height, width.map { _ in 360 })
            XCTAssertEqual(facts.hasSound, hasSound)
        }
    }

    func test_matroska_countsBlocks_whenThereIsNoDuration() {
        for isOpen in [true, false] {
            let clusters =
                makeCluster(0, blocks: [0, 20, 40], isOpen: isOpen)
                + makeCluster(1_000, blocks: [0, 20, -20], isOpen: isOpen)
            // Opus, 20 ms.
            for size in [nil, -1] {
                let file = makeMatroska(makeInfo(), sound, clusters, size: size)
                XCTAssertEqual(facts(of: file).seconds, 1.04, "\(isOpen)")
            }
        }
    }

    func test_matroska_countsLastBlock_byDefaultOrByTheOneBefore() {
        for (frame, seconds) in [(500_000_000, 1.5), (nil, 1.25)] as [(Int?, Double)] {
            let track = makeElement(.tracks, makeMatroskaTrack(type: 1, codec: "V_VP8", frame: frame))
            let file = makeMatroska(makeInfo(), track, makeCluster(0, blocks: [0, 750, 1_000]))
            XCTAssertEqual(facts(of: file).seconds, seconds)
        }
        let block = makeElement(.block, [0x81, 0x01, 0xF4, 0x00, 0x00])
        let group = makeElement(.blockGroup, block, makeElement(.blockDuration, [250]))
        let cluster = makeElement(.cluster, makeElement(.timestamp, [0]), group)
        XCTAssertEqual(
            facts(of: makeMatroska(makeInfo(), sound, cluster)).seconds, 0.25, "its own, from its start")
    }

    func test_matroska_countsOpusFrames_bySizeAndNumber() {
        for (first, milliseconds) in [
            (0x08, 20), (0x00, 10), (0x18, 60), (0x78, 20), (0xF8, 20), (0xE0, 2.5), (0x09, 40), (0xFB, 0),
        ] as [(UInt8, Double)] {
            let file = makeMatroska(makeInfo(), sound, makeCluster(0, blocks: [0, 1_000], first: first))
            XCTAssertEqual(facts(of: file).seconds ?? 0, 1 + milliseconds / 1_000, accuracy: 1e-9, "\(first)")
        }
    }

    func test_matroska_countsShareOfBytes_whenFileIsCut() {
        let clusters = (0..<10).flatMap { makeCluster($0 * 1_000, blocks: [0, 500]) }
        let file = makeMatroska(makeInfo(duration: 10_000), sound, clusters)
        let half = Array(file.dropLast(clusters.count / 2))
        XCTAssertEqual(facts(of: half).seconds ?? 0, 5, accuracy: 0.1)
        XCTAssertNil(facts(of: Array(file.dropLast(clusters.count))).seconds)
    }

    func test_matroska_isUnknown_whenDurationIsNonsense() {
        for duration in [Double.infinity, .nan, -1, 1e300] {
            let file = makeMatroska(makeInfo(duration: duration), sound, makeCluster(0, blocks: []))
            XCTAssertNil(facts(of: file).seconds)
        }
    }

    private func facts(of file: [UInt8]) -> MediaFacts {
        let facts = makeFacts(MatroskaWalker(), file)
        for cut in [1, 100] { XCTAssertEqual(makeFacts(MatroskaWalker(), arriving: file, cut: cut), facts) }
        return facts
    }
}
