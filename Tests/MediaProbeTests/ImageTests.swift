// SPDX-License-Identifier: Apache-2.0

import XCTest

@testable import MediaProbe

final class ImageTests: XCTestCase {
    func test_image_hasTypeAndSize_forEachFormat() {
        for (image, type) in [
            (makePNG(), "image/png"), (makeGIF(), "image/gif"), (makeGIF(version: "87a"), "image/gif"),
            (makeBMP(), "image/bmp"), (makeBMP(header: 12), "image/bmp"), (makeBMP(header: 124), "image/bmp"),
            (makeBMP(height: -360), "image/bmp"), (makeLossy(), "image/webp"), (makeLossless(), "image/webp"),
            (makeExtended(), "image/webp"), (makeJPEG(makeFrameHeader()), "image/jpeg"),
        ] {
            XCTAssertTrue(ImageWalker.recognises(Array(image.prefix(64))), type)
            XCTAssertEqual(facts(of: image), MediaFacts(mimeType: type, width: 640, height: 360), type)
        }
    }

    func test_image_takesLargestSizes() {
        XCTAssertEqual(facts(of: makePNG(width: 0x7FFF_FFFF, height: 1)).width, 0x7FFF_FFFF)
        XCTAssertEqual(facts(of: makeLossy(width: 16_383)).width, 16_383)
        XCTAssertEqual(facts(of: makeLossless(width: 16_384)).width, 16_384)
        XCTAssertEqual(facts(of: makeExtended(width: 1 << 24)).width, 1 << 24)
        XCTAssertEqual(facts(of: makeJPEG(makeFrameHeader(width: 65_535))).width, 65_535)
    }

    func test_image_hasNoSize_whenCutOrZero() {
        for image in [
            makePNG(width: 0), makeGIF(height: 0), Array(makePNG().prefix(20)), Array(makeGIF().prefix(8)),
            makeJPEG(makeFrameHeader(height: 0)), makeJPEG(), Array(makeJPEG(makeFrameHeader()).prefix(26)),
            makeWebP("VP8 ", makeZeros(10)), makeWebP("VP8L", makeZeros(10)), makeWebP("EXIF", makeZeros(10)),
        ] {
            let facts = facts(of: image)
            XCTAssertNotNil(facts.mimeType)
            XCTAssertNil(facts.width)
            XCTAssertNil(facts.height)
        }
    }

    func test_image_isTIFF_withoutSize() {
        for start in [[0x49, 0x49, 42, 0], [0x4D, 0x4D, 0, 42], [0x49, 0x49, 43, 0]] as [[UInt8]] {
            XCTAssertEqual(facts(of: start + makeZeros(99)), MediaFacts(mimeType: "image/tiff"))
        }
    }

    func test_image_isNotRecognised_inOtherFiles() {
        for start in [
            "", "B", "BM", "BMW and other makers of cars", "GIF90a", "IIs", "RIFF....WAVE", "\u{89}PNG",
        ] {
            XCTAssertFalse(ImageWalker.recognises(Array(start.utf8)), start)
            XCTAssertEqual(facts(of: Array(start.utf8)), MediaFacts(), start)
        }
    }

    // MARK: - JPEG

    func test_jpeg_findsSize_behindLongNotes() {
        let note = makeSegment(0xE1, makeZeros(65_533))
        for count in [1, 3, 20] {
            let notes = Array(repeatElement(note, count: count).joined())
            XCTAssertEqual(
                facts(of: makeJPEG(notes, makeFrameHeader()), cuts: [9_999]).width, 640, "\(count)")
        }
    }

    func test_jpeg_takesEachFrameHeader_butNoTables() {
        let tables =
            makeSegment(0xC4, makeZeros(400)) + makeSegment(0xC8, makeZeros(9))
            + makeSegment(0xCC, makeZeros(9))
        for marker in [0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC9, 0xCF] as [UInt8] {
            XCTAssertEqual(facts(of: makeJPEG(tables, makeFrameHeader(marker))).height, 360)
        }
    }

    func test_jpeg_passesFillBytesAndLoneMarkers() {
        let fill = [UInt8](repeating: 0xFF, count: 99)
        XCTAssertEqual(facts(of: makeJPEG([0xFF, 0x01, 0xFF, 0xD0], fill, makeFrameHeader())).width, 640)
    }

    func test_jpeg_hasNoSize_whenItStandsInPictureData() {
        let data = makeSegment(0xDA, makeZeros(10))
        XCTAssertNil(facts(of: makeJPEG(data, makeFrameHeader())).width)
    }

    private func facts(of image: [UInt8], cuts: [Int] = [1, 30]) -> MediaFacts {
        let facts = makeFacts(ImageWalker(), image)
        for cut in cuts { XCTAssertEqual(makeFacts(ImageWalker(), arriving: image, cut: cut), facts) }
        return facts
    }
}
