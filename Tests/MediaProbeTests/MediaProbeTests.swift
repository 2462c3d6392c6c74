// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import MediaProbe

final class MediaProbeTests: XCTestCase {
    func test_facts_areNone_whenNothingIsThere() {
        XCTAssertEqual(MediaProbe().finish(), MediaFacts())
        XCTAssertEqual(probe([]), MediaFacts())
        XCTAssertEqual(probe([0, 1, 2, 3]), MediaFacts())
    }

    func test_facts_areThoseOfText_whenNothingElseFits() {
        let text = Array(String(repeating: "Dear diary, nothing happened today. ", count: 99).utf8)
        XCTAssertEqual(probe(text), MediaFacts(mimeType: "text/plain"))
    }

    func test_consume_takesEmptyPieces() {
        var probe = MediaProbe()
        let file = makeWAV(makeFormat(), makeData())
        probe.consume(UnsafeRawBufferPointer(start: nil, count: 0))
        file.withUnsafeBytes { probe.consume($0) }
        probe.consume(UnsafeRawBufferPointer(start: nil, count: 0))
        XCTAssertEqual(probe.finish().seconds, 1)
    }

    func test_finish_tellsWhatIsKnownSoFar() {
        var probe = MediaProbe()
        let file = makeMP3(frames: 100)
        file.prefix(9_600).withUnsafeBytes { probe.consume($0) }
        XCTAssertEqual(probe.finish().seconds ?? -1, 1.2, accuracy: 1e-9)
        file.dropFirst(9_600).withUnsafeBytes { probe.consume($0) }
        XCTAssertEqual(probe.finish().seconds ?? -1, 2.4, accuracy: 1e-9)
    }

    func test_facts_readOnlyWhatMatters() {
        let tail = [UInt8](repeating: 0, count: 500_000)
        let sound = Array(repeatElement(60_000, count: 8)).flatMap {
            makeOggPage(granule: 48_312, packets: [$0])
        }
        for (name, file, most) in [
            ("WAV", makeWAV(makeFormat(), makeData(bytes: 500_000)), 64),
            ("FLAC", makeFLAC(bytes: 500_000), 64),
            ("AIFF", makeAIFF(makeCommon(), makeSound(bytes: 500_000)), 64),
            ("Ogg", makeOgg() + sound, 4_000),
            ("text", Array("no media ".utf8) + tail, 64),
            ("tag", makeID3(content: 400_000) + makeFLAC(), 128),
            ("MP3 in doubt", makeMP3Frame() + tail, 33_000),
        ] {
            XCTAssertLessThanOrEqual(assertForwardReading(file), most, name)
        }
    }
}
