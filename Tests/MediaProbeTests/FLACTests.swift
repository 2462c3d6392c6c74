// SPDX-License-Identifier: Apache-2.0

import MediaProbe
import XCTest

final class FLACTests: XCTestCase {
    func test_flac_dividesSamples_byRate() {
        for (rate, samples, seconds) in [
            (44_100, 44_100, 1.0), (16_000, 69_120, 4.32), (1, 1, 1), (1_048_575, 1_048_575, 1),
        ] {
            let info = makeStreamInfo(rate: rate, samples: samples)
            assertSound(makeFLAC(info, bytes: 9_000), "audio/flac", seconds: seconds)
            assertSound(
                makeFLAC(info, type: 0, bytes: 9_000), "audio/flac", seconds: seconds, "other blocks follow")
        }
    }

    func test_flac_isUnknown_whenItDoesNotSay() {
        for file in [
            makeFLAC(makeStreamInfo(samples: 0)), makeFLAC(makeStreamInfo(rate: 0)), makeFLAC(type: 4),
            Array(makeFLAC().prefix(20)), Array(makeFLAC().prefix(4)),
        ] {
            assertSound(file, "audio/flac", seconds: nil)
        }
        XCTAssertNotEqual(probe(Array(makeFLAC().prefix(3))).mimeType, "audio/flac")
    }

    func test_flac_countsNoMore_thanFitsIntoFile() {
        let info = makeStreamInfo(rate: 4_096, samples: 0xF_FFFF_FFFF, smallestFrame: 100)
        assertSound(makeFLAC(info, bytes: 1_000), "audio/flac", seconds: 10)
        assertSound(makeFLAC(info, bytes: 0), "audio/flac", seconds: 0)
    }
}
