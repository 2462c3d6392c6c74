// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import MediaProbe

final class MP4Tests: XCTestCase {
    // MARK: - Durations

    func test_mp4_takesDurationOfTrack_inEachVersion() {
        for (ticks, scale, version, expected) in [
            (432_000, 100_000, 0, 4.32), (190_512, 44_100, 1, 4.32), (4_320, 1_000, 0, 4.32), (1, 10, 1, 0.1),
            (9 << 32, 1 << 31, 1, 18),
        ] {
            let track = makeTrack(ticks: ticks, scale: scale, version: version)
            XCTAssertEqual(seconds(of: makeMP4(makeMovie(track))), expected, "\(ticks) / \(scale)")
        }
    }

    func test_mp4_takesLongestOfSoundAndPicture() {
        let film = makeMovie(
            makeTrack(id: 1, ticks: 4_000), makeTrack(id: 2, handler: "vide", ticks: 5_000),
            makeTrack(id: 3, handler: "text", ticks: 9_000), ticks: 10_000)
        XCTAssertEqual(seconds(of: makeMP4(film)), 5)
    }

    func test_mp4_takesDurationOfFilm_whenTracksHaveNone() {
        for (ticks, version) in [(0, 0), (0xFFFF_FFFF, 0), (-1, 1), (0, 1)] {
            let track = makeTrack(ticks: ticks, version: version)
            XCTAssertEqual(seconds(of: makeMP4(makeMovie(track, ticks: 4_320))), 4.32, "\(ticks)")
        }
        XCTAssertEqual(seconds(of: makeMP4(makeMovie(ticks: 4_320))), 4.32, "no track")
        XCTAssertEqual(seconds(of: makeMP4(makeMovie(makeTrack(ticks: 1_000, scale: 0), ticks: 4_320))), 4.32)
    }

    func test_mp4_findsFilm_beforeAndBehindData() {
        let movie = makeMovie(makeTrack(ticks: 4_320))
        for data in [0, 10, 5_000, 200_000] {
            let box = makeBox("mdat", makeZeros(data))
            XCTAssertEqual(seconds(of: makeFileType() + movie + box), data == 0 ? nil : 4.32, "\(data)")
            XCTAssertEqual(seconds(of: makeFileType() + box + movie), data == 0 ? nil : 4.32, "\(data)")
        }
    }

    func test_mp4_takesLongAndOpenSizes() {
        let track = makeTrack(ticks: 4_320)
        let data = makeZeros(9_000)
        let long = makeBox("moov", makeDuration("mvhd", 0), track, isLong: true)
        XCTAssertEqual(seconds(of: makeFileType() + makeBox("mdat", data, isLong: true) + long), 4.32)
        XCTAssertEqual(seconds(of: makeFileType() + makeMovie(track) + makeBox("mdat", data, size: 0)), 4.32)
        let open = makeBox("moov", track, size: 0)
        XCTAssertEqual(seconds(of: makeFileType() + makeBox("mdat", data) + open), 4.32)
    }

    func test_mp4_passesOverOtherBoxes_anywhere() {
        let other =
            makeBox("free", makeZeros(77)) + makeBox("uuid", makeTrack(ticks: 9_000)) + makeBox("udta")
        let film = makeMovie(other, makeTrack(ticks: 4_320), other)
        let file = makeFileType() + other + film + other + makeBox("mdat", makeZeros(100)) + other
        XCTAssertEqual(seconds(of: file), 4.32)
    }

    func test_mp4_countsShareOfData_whenFileIsCut() {
        let file = makeMP4(makeMovie(makeTrack(ticks: 10_000)), data: 1_000)
        for (cut, seconds) in [(0, 10.0), (100, 9), (500, 5), (999, 0.01)] {
            XCTAssertEqual(self.seconds(of: file.dropLast(cut)) ?? -1, seconds, accuracy: 1e-9, "\(cut)")
        }
        XCTAssertNil(seconds(of: file.dropLast(1_000)), "no data at all")
    }

    func test_mp4_isUnknown_whenDurationIsNonsense() {
        for ticks in [Int.max, Int.min, -2] {
            XCTAssertNil(seconds(of: makeMP4(makeMovie(makeTrack(ticks: ticks, scale: 1, version: 1)))))
        }
    }

    // MARK: - Kinds and sizes

    func test_mp4_isNamedByTracksAndBrand() {
        let sound = makeTrack(id: 1, ticks: 1_000)
        let picture = makeTrack(id: 2, handler: "vide", ticks: 1_000, shown: (640, 360))
        for (brand, tracks, type, hasSound, width) in [
            ("isom", sound, "audio/mp4", true, nil), ("M4A ", sound, "audio/mp4", true, nil),
            ("M4A ", sound + picture, "audio/mp4", true, nil), ("qt  ", sound, "audio/mp4", true, nil),
            ("isom", picture, "video/mp4", false, 640), ("mp42", sound + picture, "video/mp4", true, 640),
            ("qt  ", picture, "video/quicktime", false, 640), ("3gp5", picture, "video/3gpp", false, 640),
            ("isom", [], "video/mp4", false, nil),
        ] as [(String, [UInt8], String, Bool, Int?)] {
            let facts = facts(of: makeMP4(makeMovie(tracks), brand: brand))
            XCTAssertEqual(facts.mimeType, type, brand)
            XCTAssertEqual(facts.hasSound, hasSound, brand)
            XCTAssertEqual(facts.width, width, brand)
        }
    }

    func test_mp4_isQuickTime_withoutBrand() {
        let film = makeMovie(makeTrack(handler: "vide", ticks: 1_000))
        let file = makeBox("wide") + makeBox("mdat", makeZeros(10)) + film
        XCTAssertEqual(facts(of: file).mimeType, "video/quicktime")
        XCTAssertEqual(facts(of: file).seconds, 1)
    }

    func test_mp4_prefersEncodedSize() {
        for version in [0, 1] {
            let both = makeTrack(handler: "vide", version: version, shown: (1_024, 576), encoded: (720, 576))
            let facts = facts(of: makeMP4(makeMovie(both)))
            XCTAssertEqual([facts.width, facts.height], [720, 576])
            let shown = makeTrack(handler: "vide", version: version, shown: (1_024, 576))
            XCTAssertEqual(self.facts(of: makeMP4(makeMovie(shown))).height, 576)
        }
    }

    func test_mp4_isPicture_withLargestSize() {
        let sizes = [(512, 512), (4_032, 3_024), (320, 240)].map { makeBox("ispe", makeBigEndian(0, $0, $1)) }
        let properties = makeBox("iprp", makeBox("ipco", sizes.flatMap { $0 }))
        let meta = makeBox("meta", makeZeros(4), makeBox("hdlr", makeZeros(24)), properties)
        for (type, brands) in [
            ("image/heic", makeFileType("heic", "mif1")), ("image/avif", makeFileType("avif", "mif1")),
            ("image/heic", makeFileType("mif1", "miaf", "heic")),
            ("image/heif", makeFileType("mif1", "miaf")),
        ] {
            let facts = facts(of: brands + meta + makeBox("mdat", makeZeros(99)))
            XCTAssertEqual(facts, MediaFacts(mimeType: type, width: 4_032, height: 3_024))
        }
    }

    func test_mp4_isRecognised_byFirstBox() {
        for tag in ["ftyp", "styp", "moov", "moof", "mdat", "wide", "free", "skip", "sidx", "pnot"] {
            XCTAssertTrue(MP4Walker.recognises(makeBox(tag)), tag)
        }
        for start in ["", "ftyp", "The free world", "The skip", "RIFFxxxxWAVE"] {
            XCTAssertFalse(MP4Walker.recognises(Array(start.utf8)), start)
        }
    }

    private func facts(of file: some Sequence<UInt8>) -> MediaFacts {
        let file = Array(file)
        let facts = makeFacts(MP4Walker(), file)
        for cut in [1, 7, 1_000] { XCTAssertEqual(makeFacts(MP4Walker(), arriving: file, cut: cut), facts) }
        return facts
    }

    private func seconds(of file: some Sequence<UInt8>) -> Double? { facts(of: file).seconds }
}
