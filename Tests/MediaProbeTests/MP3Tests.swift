// SPDX-License-Identifier: Apache-2.0

import MediaProbe
import XCTest

final class MP3Tests: XCTestCase {
    // MARK: - Frames

    func test_mp3_countsFrames_withoutXing() {
        assertSound(makeMP3(frames: 180), "audio/mpeg", seconds: 4.32)
        assertSound(makeMP3(frames: 2), "audio/mpeg", seconds: 0.048)
        assertSound(makeMP3(frames: 1), "audio/mpeg", seconds: 0.024, "ends where it says")
    }

    func test_mp3_knowsEachVersionAndLayer() {
        for (header, length, samples, rate) in [
            ([0xFF, 0xFB, 0x90, 0x00], 417, 1_152, 44_100), ([0xFF, 0xFB, 0x92, 0x00], 418, 1_152, 44_100),
            ([0xFF, 0xFB, 0xE4, 0x00], 960, 1_152, 48_000), ([0xFF, 0xFA, 0x18, 0x00], 144, 1_152, 32_000),
            ([0xFF, 0xF3, 0x84, 0xC0], 192, 576, 24_000), ([0xFF, 0xF3, 0xE8, 0x00], 720, 576, 16_000),
            ([0xFF, 0xE3, 0x18, 0xC0], 72, 576, 8_000), ([0xFF, 0xE3, 0x40, 0x00], 208, 576, 11_025),
            ([0xFF, 0xFD, 0xA4, 0x00], 576, 1_152, 48_000), ([0xFF, 0xF5, 0x84, 0x00], 384, 1_152, 24_000),
            ([0xFF, 0xFF, 0x40, 0x00], 136, 384, 44_100), ([0xFF, 0xFF, 0x42, 0x00], 140, 384, 44_100),
            ([0xFF, 0xF7, 0x84, 0x00], 256, 384, 24_000),
        ] as [([UInt8], Int, Int, Int)] {
            let file = makeMP3(frames: 20, header: header, length: length)
            assertSound(file, "audio/mpeg", seconds: Double(20 * samples) / Double(rate), "\(header)")
        }
    }

    func test_mp3_addsFrames_ofEachBitRate() {
        let slow = makeMP3Frame(header: [0xFF, 0xFB, 0x10, 0x00], length: 104)
        let fast = makeMP3Frame(header: [0xFF, 0xFB, 0xE0, 0x40], length: 1_044)
        let file = Array(repeatElement(slow + fast + fast, count: 30).joined())
        assertSound(file, "audio/mpeg", seconds: 90 * 1_152 / 44_100)
    }

    func test_mp3_addsSeconds_whenRateChanges() {
        let other = makeMP3(frames: 100, header: [0xFF, 0xFB, 0x90, 0x00], length: 417)
        let seconds = 2.4 + 100 * 1_152 / 44_100 + 1.2
        assertSound(makeMP3(frames: 100) + other + makeMP3(frames: 50), "audio/mpeg", seconds: seconds)
    }

    func test_mp3_leavesOutFrame_whenCutOff() {
        let file = makeMP3(frames: 10)
        for (length, frames) in [
            (1_919, 9), (1_729, 9), (1_728, 9), (1_727, 8), (388, 2), (387, 2), (196, 1),
        ] {
            let seconds = Double(frames) * 0.024
            assertSound(Array(file.prefix(length)), "audio/mpeg", seconds: seconds, "\(length)")
        }
    }

    // MARK: - Frames without sound

    func test_mp3_leavesOutFirstFrame_whenXingInfoOrVBRI() {
        for (header, length, offset) in [
            ([0xFF, 0xF3, 0x84, 0xC0], 192, 13), ([0xFF, 0xF3, 0x84, 0x00], 192, 21),
            ([0xFF, 0xFB, 0x90, 0xC0], 417, 21), ([0xFF, 0xFB, 0x90, 0x40], 417, 36),
            ([0xFF, 0xFA, 0x90, 0x40], 417, 38),
        ] as [([UInt8], Int, Int)] {
            let sound = makeMP3(frames: 25, header: header, length: length)
            let seconds = probe(sound).seconds
            for name in ["Xing", "Info"] {
                let first = makeMP3Frame(header: header, length: length, content: name, at: offset)
                assertSound(first + sound, "audio/mpeg", seconds: seconds, "\(name) at \(offset)")
                XCTAssertNotEqual(probe(sound + first).seconds, seconds, "\(name) not first")
            }
            let first = makeMP3Frame(header: header, length: length, content: "VBRI")
            assertSound(first + sound, "audio/mpeg", seconds: seconds, "VBRI")
        }
    }

    func test_mp3_countsNothing_whenThereIsOnlyInfo() {
        assertSound(makeMP3Frame(content: "Info", at: 13), "audio/mpeg", seconds: 0)
    }

    // MARK: - Tags

    func test_mp3_skipsID3_inFront() {
        let sound = makeMP3(frames: 50)
        for tag in [
            makeID3(), makeID3(content: 0), makeID3(content: 200_000), makeID3(hasFooter: true),
            makeID3() + makeID3(content: 20) + makeID3(content: 0),
            makeID3(content: 200, size: [0, 0, 0, 200]),
            makeID3() + [UInt8](repeating: 0, count: 2_000), makeID3() + Array("rubbish \u{FF}".utf8),
        ] {
            assertSound(tag + sound, "audio/mpeg", seconds: 1.2)
        }
    }

    func test_mp3_skipsTags_behindAndBetween() {
        let sound = makeMP3(frames: 50)
        for tag in [makeID3v1(), makeAPE(), makeAPE() + makeID3v1(), Array("LYRICSBEGIN".utf8), makeID3()] {
            assertSound(sound + tag, "audio/mpeg", seconds: 1.2)
            assertSound(sound + tag + sound, "audio/mpeg", seconds: 2.4)
        }
        assertSound(sound + makeID3(content: 200_000) + sound, "audio/mpeg", seconds: 2.4, "with a picture")
        assertSound(sound + makeAPE(content: 200_000) + sound, "audio/mpeg", seconds: 2.4, "with a picture")
    }

    func test_mp3_isKnownByID3_evenIfNothingElseIsThere() {
        assertSound(makeID3(), "audio/mpeg", seconds: nil)
        assertSound(Array(makeID3().prefix(20)), "audio/mpeg", seconds: nil)
        assertSound(makeID3() + [UInt8](repeating: 0, count: 90_000), "audio/mpeg", seconds: nil)
        assertSound(makeID3(size: [0x7F, 0x7F, 0x7F, 0x7F]), "audio/mpeg", seconds: nil)
        assertSound(makeID3(size: [0xFF, 0xFF, 0xFF, 0xFF]), "audio/mpeg", seconds: nil)
    }

    func test_id3_mayStandBeforeOtherFormats() {
        assertSound(makeID3() + makeFLAC(), "audio/flac", seconds: 1)
        assertSound(makeID3() + makeWAV(makeFormat(), makeData()), "audio/wav", seconds: 1)
    }

    // MARK: - Rubbish

    func test_mp3_goesOn_behindRubbish() {
        let sound = makeMP3(frames: 50)
        for size in [1, 2, 3, 4, 500, 40_000, 65_000] {
            for byte in [0x00, 0x41, 0xFF] as [UInt8] {
                let file = sound + [UInt8](repeating: byte, count: size) + sound
                assertSound(file, "audio/mpeg", seconds: 2.4, "\(size) times \(byte)")
            }
        }
    }

    func test_mp3_ends_whenRubbishGoesOnTooLong() {
        let sound = makeMP3(frames: 50)
        let file = sound + [UInt8](repeating: 0x41, count: 70_000) + sound
        assertSound(file, "audio/mpeg", seconds: 1.2)
    }

    func test_mp3_losesOneFrame_whenItsHeaderIsBroken() {
        var file = makeMP3(frames: 50)
        file[192 * 20] = 0
        assertSound(file, "audio/mpeg", seconds: 49 * 0.024)
    }

    func test_mp3_isNotRecognised_inOtherThings() {
        let frame = makeMP3Frame()
        for file in [
            frame + [0], frame + [UInt8](repeating: 0xFF, count: 500), [0] + makeMP3(frames: 10),
            frame + makeMP3Frame(header: [0xFF, 0xFB, 0x90, 0x00], length: 417), Array(frame.prefix(190)),
            makeMP3(frames: 9, header: [0xFF, 0xFB, 0x00, 0x00], length: 417), [0xFF, 0xFB], [0xFF], [],
            [0xFF, 0xFE] + Array("t\0e\0x\0t\0 \0i\0n\0 \0U\0T\0F\0-\01\06\0".utf8),
            [UInt8](repeating: 0xFF, count: 99_999),
        ] as [[UInt8]] {
            XCTAssertEqual(probe(file), MediaFacts(), "\(file.prefix(8)), \(file.count)")
        }
    }

    func test_mp3_isNotRecognised_inRandomBytes() {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<300 {
            var file = (0..<3_000).map { _ in UInt8.random(in: 0...255, using: &generator) }
            file.replaceSubrange(0..<4, with: [0xFF, 0xFB, 0x90, 0x00])
            XCTAssertEqual(probe(file, cuts: []), MediaFacts())
        }
    }
}

/// Random numbers that are the same in each run (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }
}
