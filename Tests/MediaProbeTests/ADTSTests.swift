// SPDX-License-Identifier: Apache-2.0

import MediaProbe
import XCTest

final class ADTSTests: XCTestCase {
    func test_adts_countsFrames_atEachRate() {
        for (index, rate) in [
            96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000,
            7_350,
        ].enumerated() {
            let seconds = Double(30 * 1_024) / Double(rate)
            assertSound(makeADTS(frames: 30, rateIndex: index), "audio/aac", seconds: seconds, "\(rate)")
        }
    }

    func test_adts_countsBlocks_inFrames() {
        let file = Array(repeatElement(makeADTSFrame(rateIndex: 8, blocks: 4), count: 25).joined())
        assertSound(file, "audio/aac", seconds: 6.4)
    }

    func test_adts_takesFrames_ofEachLength() {
        for content in [1, 2, 93, 8_184] {
            let file = Array(repeatElement(makeADTSFrame(rateIndex: 8, content: content), count: 25).joined())
            assertSound(file, "audio/aac", seconds: 1.6, "\(content)")
        }
    }

    func test_adts_takesFrames_withCheckSum() {
        let file = Array(repeatElement(makeADTSFrame(rateIndex: 8, isChecked: true), count: 25).joined())
        assertSound(file, "audio/aac", seconds: 1.6)
    }

    func test_adts_goesOn_behindTagsRubbishAndChangedFormat() {
        let sound = makeADTS(frames: 25, rateIndex: 8)
        let mono = makeADTS(frames: 25, rateIndex: 6, channels: 1)
        assertSound(makeID3() + sound, "audio/aac", seconds: 1.6)
        assertSound(makeID3() + sound + makeID3() + sound, "audio/aac", seconds: 3.2)
        assertSound(sound + Array("rubbish".utf8) + sound, "audio/aac", seconds: 3.2)
        assertSound(sound + mono, "audio/aac", seconds: 1.6 + 25 * 1_024 / 24_000)
    }

    func test_adts_leavesOutFrame_whenCutOff() {
        assertSound(Array(makeADTS(frames: 25, rateIndex: 8).dropLast()), "audio/aac", seconds: 24 * 0.064)
    }

    func test_adts_isNotRecognised_whenFramesMakeNoSense() {
        let frame = makeADTSFrame()
        for file in [
            frame + [0], frame + makeADTSFrame(rateIndex: 5), frame + makeADTSFrame(channels: 1),
            makeADTS(frames: 9, rateIndex: 13), frame + makeADTSFrame(length: 0),
            Array(repeatElement(makeADTSFrame(content: 0, length: 0), count: 20).joined()),
            Array(repeatElement(makeADTSFrame(content: 0, length: 7), count: 20).joined()),
            Array(repeatElement(makeADTSFrame(isChecked: true, content: 0), count: 20).joined()),
        ] {
            XCTAssertEqual(probe(file), MediaFacts(), "\(file.prefix(8))")
        }
    }
}
