// SPDX-License-Identifier: Apache-2.0

import MediaProbe
import XCTest

final class AIFFTests: XCTestCase {
    func test_aiff_dividesFrames_byRate() {
        for (rate, seconds) in [
            ([0x40, 0x0B, 0xFA, 0x00, 0, 0, 0, 0, 0, 0], 5.5125), (rate44100, 1),
            ([0x40, 0x0D, 0xAC, 0x44, 0, 0, 0, 0, 0, 0], 2),
            ([0x40, 0x0E, 0xBB, 0x80, 0, 0, 0, 0, 0, 0], 0.91875),
        ] as [([UInt8], Double)] {
            assertSound(makeAIFF(makeCommon(rate: rate), makeSound()), "audio/aiff", seconds: seconds)
        }
    }

    func test_aiff_takesChunks_inAnyOrder() {
        let odd = makeBigChunk("NAME", [1, 2, 3])
        for file in [
            makeAIFF(makeSound(), makeCommon()), makeAIFF(odd, makeCommon(), odd, makeSound(), odd),
            makeAIFF(makeSound(), odd, odd, makeCommon()),
        ] {
            assertSound(file, "audio/aiff", seconds: 1)
        }
    }

    func test_aifc_countsPackets_ofCompressedSound() {
        for (compression, frames, bytes) in [
            ("NONE", 44_100, 88_200), ("sowt", 44_100, 88_200), ("ulaw", 44_100, 44_100),
            ("alaw", 44_100, 44_100), ("ima4", 689, 689 * 34), ("MAC3", 44_100, 999),
        ] {
            let seconds = compression == "ima4" ? 689 * 64 / 44_100.0 : 1
            let file = makeAIFF(
                makeCommon(frames: frames, compression: compression), makeSound(bytes: bytes), form: "AIFC")
            assertSound(file, "audio/aiff", seconds: seconds, compression)
        }
    }

    func test_aiff_countsWhatIsThere_whenCutOff() {
        let file = makeAIFF(makeCommon(), makeSound())
        assertSound(Array(file.dropLast(44_100)), "audio/aiff", seconds: 0.5)
        let packed = makeAIFF(makeCommon(compression: "MAC3"), makeSound(bytes: 1_000), form: "AIFC")
        assertSound(Array(packed.dropLast(500)), "audio/aiff", seconds: 0.5)
    }

    func test_aiff_goesToEnd_whenRecorderDidNotKnow() {
        for size in [0, 0xFFFF_FFFF] {
            let file = makeAIFF(makeCommon(frames: 0), makeSound(bytes: 44_100, size: size))
            assertSound(file, "audio/aiff", seconds: 0.5, "\(size)")
        }
        assertSound(makeAIFF(makeCommon(frames: 0), makeSound(bytes: 0)), "audio/aiff", seconds: 0)
    }

    func test_aiff_isUnknown_whenFormatIsUnusable() {
        let nothing = [UInt8](repeating: 0, count: 10)
        let ones = [UInt8](repeating: 0xFF, count: 10)
        for common in [
            makeCommon(rate: nothing), makeCommon(rate: ones), makeCommon(channels: 0), makeCommon(bits: 0),
            makeCommon(rate: [0x7F, 0xFE] + ones.dropFirst(2)), makeBigChunk("COMM", [1]), [],
        ] {
            assertSound(makeAIFF(common, makeSound()), "audio/aiff", seconds: nil)
        }
        assertSound(makeAIFF(makeCommon()), "audio/aiff", seconds: nil, "no sound")
        XCTAssertEqual(probe(makeAIFF(makeCommon(), makeSound(), form: "ILBM")), MediaFacts())
    }
}
