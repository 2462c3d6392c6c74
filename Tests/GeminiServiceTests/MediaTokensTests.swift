// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import MediaProbe
import XCTest

@testable import GeminiService

final class MediaTokensTests: XCTestCase {
    private func counts(
        _ facts: MediaFacts, _ modality: Modality?, _ era: ModelEra = .twoFive, size: Int = 0,
        metadata: String = "{}"
    ) throws -> [ModalityTokenCount] {
        let part = #"{"inlineData": {}, "videoMetadata": \#(metadata)}"#
        let request = try makeRequest(contents: #"{"parts": \#(part)}"#)
        let medium = Medium(
            .inline, modality: modality, sizeBytes: size, facts: facts,
            videoMetadata: request.contents[0].parts[0].videoMetadata
        )
        return MediaTokens.counts(of: medium, era: era)
    }

    /// CORE 5.2: recorded lengths and counts.
    func test_sound_isThirtyTwoASecond_roundedUp() throws {
        for (seconds, tokens) in [
            (4.32, 139), (3.7, 119), (4.488, 144), (60, 1920), (2610.13, 83_525), (0, 0),
        ] {
            XCTAssertEqual(
                try counts(MediaFacts(seconds: seconds), .audio), [ModalityTokenCount(.audio, tokens)]
            )
        }
        XCTAssertEqual(try counts(MediaFacts(), .audio), [ModalityTokenCount(.audio, 0)])
    }

    func test_picture_isCountedInTiles_beforeGemini3() throws {
        for (width, height, tiles) in [
            (8, 8, 1), (384, 384, 1), (540, 360, 7), (1536, 1536, 5), (10_000, 10, 41),
        ] {
            let facts = MediaFacts(width: width, height: height)
            XCTAssertEqual(try counts(facts, .image), [ModalityTokenCount(.image, 258 * tiles)], "\(width)")
            XCTAssertEqual(try counts(facts, .image, .three), [ModalityTokenCount(.image, 1088)])
        }
        XCTAssertEqual(try counts(MediaFacts(), .image), [ModalityTokenCount(.image, 258)])
    }

    func test_document_isCountedInPages() throws {
        XCTAssertEqual(try counts(MediaFacts(pages: 3), .document), [ModalityTokenCount(.document, 774)])
        XCTAssertEqual(try counts(MediaFacts(), .document), [ModalityTokenCount(.document, 258)])
    }

    /// Recorded on gemini-3-flash-preview: a page is a picture there.
    func test_document_isCountedAsPictures_onGemini3() throws {
        XCTAssertEqual(
            try counts(MediaFacts(pages: 2), .document, .three), [ModalityTokenCount(.image, 2204)])
    }

    /// CORE 5.2: 11 frames are 2893 and 60 are 15780 on 2.5; 13 frames are 910 on 3.
    func test_film_isAFrameASecond_withItsSoundOn25() throws {
        let film = MediaFacts(seconds: 59.9, hasSound: true)
        XCTAssertEqual(
            try counts(film, .video), [ModalityTokenCount(.video, 15_780), ModalityTokenCount(.audio, 1917)]
        )
        XCTAssertEqual(try counts(MediaFacts(seconds: 10.2), .video), [ModalityTokenCount(.video, 2893)])
        XCTAssertEqual(
            try counts(MediaFacts(seconds: 13, hasSound: true), .video, .three),
            [ModalityTokenCount(.video, 910)]
        )
        XCTAssertEqual(try counts(MediaFacts(seconds: 0.04), .video), [ModalityTokenCount(.video, 263)])
        XCTAssertEqual(
            try counts(MediaFacts(seconds: 0.04, hasSound: true), .video, .three),
            [ModalityTokenCount(.video, 64)]
        )
        XCTAssertEqual(try counts(MediaFacts(), .video), [])
    }

    /// Recorded on 2.0: 60 s at 0.2 frames a second are 3096 tokens of video.
    func test_film_isCutAndSampled_asAsked() throws {
        let minute = MediaFacts(seconds: 60, hasSound: true)
        for (metadata, era, video, audio) in [
            (#"{"fps": 0.2}"#, .two, 3096, 1920), (#"{"fps": 2}"#, .twoFive, 263 * 120, 1920),
            (#"{"startOffset": "10s", "endOffset": "20s"}"#, .twoFive, 2630, 320),
            (#"{"startOffset": "10s", "endOffset": "20s", "fps": 0.5}"#, .three, 350, 0),
            (#"{"startOffset": "50.5s"}"#, .twoFive, 2630, 304),
            (#"{"endOffset": "4.32s"}"#, .twoFive, 263 * 5, 139),
            (#"{"endOffset": "1000s"}"#, .twoFive, 15_780, 1920),
            (#"{"startOffset": "1000s"}"#, .twoFive, 263, 0),
            (#"{"startOffset": "20s", "endOffset": "10s"}"#, .twoFive, 263, 0),
            (#"{"startOffset": "1e300s", "endOffset": "-5s", "fps": -1}"#, .twoFive, 15_780, 1920),
            (#"{"startOffset": "99999999999999999999s", "fps": 1e-300}"#, .twoFive, 263, 0),
        ] as [(String, ModelEra, Int, Int)] {
            let expected =
                [ModalityTokenCount(.video, video)]
                + (era == .three ? [] : [ModalityTokenCount(.audio, audio)])
            XCTAssertEqual(try counts(minute, .video, era, metadata: metadata), expected, metadata)
        }
    }

    /// The same rule for text inline and uploaded, whose bytes aren't kept. Recorded: 2574 bytes were 600 tokens.
    func test_text_isATokenForFourBytes() throws {
        for (size, tokens) in [(0, 0), (1, 1), (4, 1), (5, 2), (2574, 644), (.max, .max / 4 + 1), (-1, 0)] {
            XCTAssertEqual(try counts(MediaFacts(), .text, size: size), [ModalityTokenCount(.text, tokens)])
        }
    }

    func test_nothing_isCounted_forWhatIsUnknown() throws {
        XCTAssertEqual(try counts(MediaFacts(seconds: 10), nil, size: 1000), [])
    }

    func test_absurdFacts_doNotTrap() throws {
        for facts in [
            MediaFacts(seconds: .infinity), MediaFacts(seconds: -1),
            MediaFacts(width: .max / 2, height: .max / 2), MediaFacts(width: 0, height: 5000),
            MediaFacts(seconds: .nan), MediaFacts(pages: .max), MediaFacts(pages: -1),
        ] {
            for modality in Modality.allCases {
                for era in [ModelEra.two, .twoFive, .three] {
                    _ = try counts(facts, modality, era, metadata: #"{"fps": 24}"#)
                }
            }
        }
    }
}
