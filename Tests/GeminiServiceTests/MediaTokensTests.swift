// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import MediaProbe
import XCTest

@testable import GeminiService

final class MediaTokensTests: XCTestCase {
    private func counts(
        _ facts: MediaFacts, _ type: String, _ era: ModelEra = .twoFive
    ) -> [ModalityTokenCount] {
        MediaTokens.counts(of: facts, mimeType: type, era: era)
    }

    /// CORE 5.2: recorded lengths and counts.
    func test_sound_isThirtyTwoASecond_roundedUp() {
        for (seconds, tokens) in [
            (4.32, 139), (3.7, 119), (4.488, 144), (60, 1920), (2610.13, 83_525), (0, 0),
        ] {
            XCTAssertEqual(
                counts(MediaFacts(seconds: seconds), "audio/mpeg"), [ModalityTokenCount(.audio, tokens)]
            )
        }
        XCTAssertEqual(counts(MediaFacts(), "audio/mpeg"), [ModalityTokenCount(.audio, 0)])
    }

    func test_picture_isCountedInTiles_beforeGemini3() {
        for (width, height, tiles) in [
            (8, 8, 1), (384, 384, 1), (540, 360, 7), (1536, 1536, 5), (10_000, 10, 41),
        ] {
            let facts = MediaFacts(width: width, height: height)
            XCTAssertEqual(counts(facts, "image/png"), [ModalityTokenCount(.image, 258 * tiles)], "\(width)")
            XCTAssertEqual(counts(facts, "image/png", .three), [ModalityTokenCount(.image, 1088)])
        }
        XCTAssertEqual(counts(MediaFacts(), "image/png"), [ModalityTokenCount(.image, 258)])
    }

    func test_document_isCountedInPages() {
        XCTAssertEqual(counts(MediaFacts(pages: 3), "application/pdf"), [ModalityTokenCount(.document, 774)])
        XCTAssertEqual(counts(MediaFacts(), "application/pdf"), [ModalityTokenCount(.document, 258)])
    }

    /// CORE 5.2: 11 frames are 2893 and 60 are 15780 on 2.5; 13 frames are 910 on 3.
    func test_film_isAFrameASecond_withItsSoundOn25() {
        let film = MediaFacts(seconds: 59.9, hasSound: true)
        XCTAssertEqual(
            counts(film, "video/mp4"), [ModalityTokenCount(.video, 15_780), ModalityTokenCount(.audio, 1917)]
        )
        XCTAssertEqual(counts(MediaFacts(seconds: 10.2), "video/mp4"), [ModalityTokenCount(.video, 2893)])
        XCTAssertEqual(
            counts(MediaFacts(seconds: 13, hasSound: true), "video/mp4", .three),
            [ModalityTokenCount(.video, 910)]
        )
        XCTAssertEqual(counts(MediaFacts(), "video/mp4"), [])
    }

    func test_nothing_isCounted_forWhatIsNoMedia() {
        for type in ["", "audio", "text/plain", "application/json"] {
            XCTAssertEqual(counts(MediaFacts(seconds: 10), type), [], type)
        }
    }

    func test_absurdFacts_doNotTrap() {
        for facts in [
            MediaFacts(seconds: .infinity), MediaFacts(seconds: -1),
            MediaFacts(width: .max / 2, height: .max / 2), MediaFacts(width: 0, height: 5000),
        ] {
            for type in ["audio/wav", "image/png", "video/mp4"] {
                for era in [ModelEra.two, .twoFive, .three] { _ = counts(facts, type, era) }
            }
        }
    }
}
