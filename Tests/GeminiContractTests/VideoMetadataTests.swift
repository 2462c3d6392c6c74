// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import XCTest

final class VideoMetadataTests: XCTestCase {
    private func metadata(_ json: String, name: String = "videoMetadata") throws -> VideoMetadata? {
        try makePart(#"{"fileData": {"fileUri": "x"}, "\#(name)": \#(json)}"#).videoMetadata
    }

    func test_fields_areTakenInBothSpellings() throws {
        for (json, name) in [
            (#"{"startOffset": "2s", "endOffset": "10.5s", "fps": 0.2}"#, "videoMetadata"),
            (#"{"start_offset": "2s", "end_offset": "10.5s", "fps": "0.2"}"#, "video_metadata"),
        ] {
            let metadata = try XCTUnwrap(metadata(json, name: name))
            XCTAssertEqual(metadata.startOffset, 2)
            XCTAssertEqual(metadata.endOffset, 10.5)
            XCTAssertEqual(metadata.fps, 0.2)
        }
    }

    func test_part_hasNone_whereNoneIsSentOrNeeded() throws {
        XCTAssertNil(try makePart(#"{"fileData": {"fileUri": "x"}}"#).videoMetadata)
        XCTAssertNil(try makePart(#"{"text": "x", "videoMetadata": {"fps": 1}}"#).videoMetadata)
        XCTAssertNotNil(try makePart(#"{"inlineData": {}, "videoMetadata": {"fps": 1}}"#).videoMetadata)
    }

    func test_offset_isNone_whereItMakesNoSense() throws {
        for offset in [
            #""2""#, "2", #""-1s""#, #""1e300s""#, #""infs""#, #""nans""#, #""0x1p3s""#, #""1.2.3s""#,
            #""s""#,
            #""""#, #"" 1s""#, #""1 s""#, #""é""#, "{}", "null", "[]",
            #""\#(String(repeating: "9", count: 400))s""#,
        ] {
            let metadata = try XCTUnwrap(metadata(#"{"startOffset": \#(offset), "endOffset": \#(offset)}"#))
            XCTAssertNil(metadata.startOffset, offset)
            XCTAssertNil(metadata.endOffset, offset)
        }
    }

    func test_fps_isNone_outsideDocumentedBounds() throws {
        for fps in ["0", "-1", "24.5", "1e300", #""NaN""#, #""Infinity""#, #""x""#, "true", "null", "{}"] {
            XCTAssertNil(try XCTUnwrap(metadata(#"{"fps": \#(fps)}"#)).fps, fps)
        }
        for (fps, value) in [("24", 24), ("1e-300", 1e-300), ("5", 5)] {
            XCTAssertEqual(try XCTUnwrap(metadata(#"{"fps": \#(fps)}"#)).fps, value)
        }
    }
}
