// SPDX-License-Identifier: Apache-2.0

import MediaProbe
import XCTest

final class OggTests: XCTestCase {
    func test_ogg_takesLastGranule_ofEachCodec() {
        let flac = [0x7F] + Array("FLAC".utf8) + [1, 0, 0, 1] + Array(makeFLAC(bytes: 0))
        let speex = Array("Speex   ".utf8) + [UInt8](repeating: 0, count: 28) + makeNumber(44_100, size: 4)
        for (head, granule) in [
            (makeVorbisHead(), 44_100), (makeOpusHead(), 48_312), (flac, 44_100), (speex, 44_100),
        ] {
            assertSound(makeOgg(head: head, granule: granule), "audio/ogg", seconds: 1)
        }
    }

    func test_opus_takesOffWhatIsSkipped() {
        assertSound(makeOgg(head: makeOpusHead(skipped: 3_840), granule: 51_840), "audio/ogg", seconds: 1)
        assertSound(makeOgg(head: makeOpusHead(skipped: 999), granule: 500), "audio/ogg", seconds: 0)
    }

    func test_ogg_passesOverPages_whereNoPacketEnds() {
        let long = makeOggPage(granule: -1, packets: [60_000], isOpen: true)
        let file = makeOgg(granule: 24_312, packets: 25) + long + makeOggPage(granule: 48_312, packets: [9])
        assertSound(file, "audio/ogg", seconds: 1)
        assertSound(makeOgg() + makeOggPage(granule: -1, packets: [254]), "audio/ogg", seconds: 1)
        assertSound(makeOgg() + makeOggPage(granule: -1), "audio/ogg", seconds: 1)
    }

    func test_ogg_countsWholePages_whenCutOff() {
        let half = makeOgg(granule: 24_312)
        let file = half + makeOggPage(granule: 48_312, packets: Array(repeating: 80, count: 50))
        assertSound(file, "audio/ogg", seconds: 1)
        for length in [file.count - 1, half.count + 27, half.count + 5, half.count] {
            assertSound(Array(file.prefix(length)), "audio/ogg", seconds: 0.5, "\(length)")
        }
        assertSound(half + Array("TAG and other rubbish".utf8), "audio/ogg", seconds: 0.5)
    }

    func test_ogg_addsStreams_behindEachOther() {
        let first = makeOgg(serial: 1)
        let second = makeOgg(head: makeVorbisHead(), granule: 22_050, serial: 2)
        assertSound(first + second, "audio/ogg", seconds: 1.5)
        assertSound(first + second + first, "audio/ogg", seconds: 2.5, "the same number again")
    }

    func test_ogg_takesLongest_ofStreamsSideBySide() {
        let heads =
            makeOggPage(serial: 1, head: makeTheoraHead()) + makeOggPage(serial: 2, head: makeVorbisHead())
        // A key frame at picture 40, and 10 more.
        let picture = makeOggPage(granule: 40 << 6 | 10, serial: 1, packets: Array(repeating: 9, count: 50))
        let sound = makeOggPage(granule: 66_150, serial: 2, packets: Array(repeating: 9, count: 50))
        let file = heads + picture + sound
        let film = MediaFacts(mimeType: "video/ogg", seconds: 2, width: 320, height: 240, hasSound: true)
        XCTAssertEqual(probe(file), film)
        let silent = makeOgg(head: makeTheoraHead(pictures: 30_000, seconds: 1_001), granule: 30)
        let facts = probe(silent)
        XCTAssertEqual(facts.seconds ?? -1, 1.001, accuracy: 1e-9)
        XCTAssertFalse(facts.hasSound)
    }

    func test_ogg_isUnknown_whenCodecIs() {
        let unknown = Array("fishead\0".utf8) + [UInt8](repeating: 1, count: 50)
        XCTAssertEqual(probe(makeOgg(head: unknown)), MediaFacts(mimeType: "application/ogg"))
        XCTAssertEqual(probe(Array("OggS".utf8)), MediaFacts(mimeType: "application/ogg"))
        assertSound(makeOggPage(serial: 9, head: unknown) + makeOgg(), "audio/ogg", seconds: 1)
        let broken = makeOgg(head: makeVorbisHead(rate: 0))
        XCTAssertEqual(probe(broken), MediaFacts(mimeType: "application/ogg"))
    }

    func test_ogg_countsNoMore_thanPacketsCanHold() {
        // 12 packets of 120 ms.
        assertSound(makeOgg(granule: Int.max, packets: 10), "audio/ogg", seconds: 1.44)
    }
}
