// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import MediaProbe

final class MP4FragmentTests: XCTestCase {
    private let start = makeFileType() + makeMovie(makeTrack(samples: 0), makeDefaults())

    func test_mp4_sumsFragments_whenThereIsNoDuration() {
        let file = start + makeFragment(samples: 30) + makeFragment(samples: 12) + makeFragment(samples: 1)
        XCTAssertEqual(seconds(of: file), 4.3, "default of the film")
    }

    func test_mp4_prefersDurationOfFragmentAndOfSample() {
        XCTAssertEqual(seconds(of: start + makeFragment(samples: 10, defaultTicks: 50)), 0.5)
        XCTAssertEqual(seconds(of: start + makeFragment(defaultTicks: 50, durations: [1, 20, 300])), 0.321)
        let mixed = makeFragment(samples: 2, durations: [1, 20, 300])
        XCTAssertEqual(seconds(of: start + mixed), 0.521)
    }

    func test_mp4_sumsTracksApart() {
        let movie = makeMovie(
            makeTrack(id: 7, scale: 10, samples: 0), makeTrack(id: 9, handler: "vide", samples: 0),
            makeDefaults([7: 1, 9: 100]))
        let fragments = (0..<5).flatMap { _ in
            makeFragment(track: 7, samples: 9) + makeFragment(track: 9, samples: 10)
                + makeFragment(track: 8, samples: 9_999)
        }
        XCTAssertEqual(seconds(of: makeFileType() + movie + fragments), 5)
    }

    func test_mp4_addsFragmentsToSamplesOfFilm() {
        let fragments = makeFragment(samples: 10)
        for (samples, seconds) in [(1, 5.0), (0, 1.0)] {
            let movie = makeMovie(makeTrack(ticks: 4_000, samples: samples), makeDefaults())
            let file = makeFileType() + movie + makeBox("mdat", makeZeros(10)) + fragments
            XCTAssertEqual(self.seconds(of: file), seconds, "a duration without samples is that of the whole")
        }
    }

    func test_mp4_readsLongListOfSamples() {
        let durations = (0..<50_000).map { $0 % 7 }
        let file = start + makeFragment(durations: durations)
        XCTAssertEqual(seconds(of: file, cuts: [4_096]), Double(durations.reduce(0, +)) / 1_000)
    }

    func test_mp4_countsNoSamples_beyondTheirBox() {
        let list = makeBox("trun", makeBigEndian(0x100, 0x7FFF_FFFF, 10, 20, 30))
        let traf = makeBox("traf", makeBox("tfhd", makeBigEndian(0, 1)), list)
        XCTAssertEqual(seconds(of: start + makeBox("moof", traf) + makeBox("mdat", makeZeros(9))), 0.06)
    }

    func test_mp4_countsShareOfLastFragment_whenFileIsCut() {
        let file = start + makeFragment(samples: 10) + makeFragment(samples: 10, data: 100)
        XCTAssertEqual(seconds(of: file.dropLast(50)), 1.5)
        XCTAssertEqual(seconds(of: file.dropLast(100)), 1)
        XCTAssertEqual(seconds(of: file.dropLast(108)), 1, "no data for the last")
    }

    func test_mp4_takesSegmentIndex_whenThereIsNothingElse() {
        for version in [0, 1] {
            let index = makeSegmentIndex([(1_000, false), (9_999, true), (500, false)], version: version)
            let segment = makeBox("styp", Array("msdh".utf8)) + index + makeFragment(samples: 1)
            XCTAssertEqual(seconds(of: segment), 1.5)
            XCTAssertEqual(seconds(of: start + index + makeBox("mdat", makeZeros(9))), 1.5)
            XCTAssertEqual(seconds(of: start + index + makeFragment(samples: 20)), 2, "fragments are exact")
        }
        let long = makeSegmentIndex([(Int, Bool)](repeating: (10, false), count: 20_000))
        XCTAssertEqual(
            seconds(of: start + long + makeBox("mdat", makeZeros(9)), cuts: [999]) ?? 0, 200, accuracy: 1e-6)
    }

    func test_mp4_takesDurationOfHeader_whenFragmentsTellNone() {
        let movie = makeMovie(makeTrack(samples: 0), makeDefaults([1: 0], whole: 4_320))
        XCTAssertEqual(seconds(of: makeFileType() + movie + makeFragment(samples: 5)), 4.32)
    }

    private func seconds(of file: some Sequence<UInt8>, cuts: [Int] = [1, 50]) -> Double? {
        let file = Array(file)
        let facts = makeFacts(MP4Walker(), file)
        for cut in cuts { XCTAssertEqual(makeFacts(MP4Walker(), arriving: file, cut: cut), facts) }
        return facts.seconds
    }
}
