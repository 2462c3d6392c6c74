// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import MediaProbe

/// What media cost, by what the probe knows of them (CORE 5.2).
enum MediaTokens {
    /// 32 tokens a second of sound: Gemini 2.5, and the documentation. (Gemini 3 was seen with 25.)
    private static let soundTokensPerSecond = 32.0
    /// One tile of a picture, or one page, up to Gemini 2.5.
    private static let tileTokens = 258
    /// Some four months, so that no sum of many overflows.
    private static let longestFilm = 1e7
    /// A picture on Gemini 3 in the usual resolution (recorded).
    private static let pictureTokens = 1088

    /// A picture of a page on Gemini 3 (recorded); it has kind IMAGE there.
    private static let pagePictureTokens = 1102
    /// Uploaded bytes aren't kept, so text that is media is counted by its size. 2574 bytes were 600 tokens (recorded).
    private static let bytesOfTextToken = 4

    /// Nothing for what isn't known: data without a type, addresses that are never fetched.
    static func counts(of medium: Medium, era: ModelEra) -> [ModalityTokenCount] {
        switch medium.modality {
        case .audio: return [ModalityTokenCount(.audio, sound(medium.facts.seconds ?? 0))]
        case .image: return [ModalityTokenCount(.image, picture(medium.facts, era))]
        case .document: return [document(medium.facts, era)]
        case .video: return film(medium, era)
        case .text:
            let bytes = max(0, medium.sizeBytes ?? 0)
            let tokens = bytes / bytesOfTextToken + (bytes % bytesOfTextToken > 0 ? 1 : 0)
            return [ModalityTokenCount(.text, tokens)]
        case nil: return []
        }
    }

    /// Rounded up: 4.32 s are 139 (recorded).
    static func sound(_ seconds: Double) -> Int {
        Int((soundTokensPerSecond * max(0, min(seconds, 1e9))).rounded(.up))
    }

    /// Up to 2.5: one tile where both sides have 384 pixels at most, else tiles with two thirds of the shorter side (256 to
    /// 768 pixels), and one for the whole. 540 × 360 are 7 tiles (recorded on 2.0).
    private static func picture(_ facts: MediaFacts, _ era: ModelEra) -> Int {
        guard era != .three else { return pictureTokens }
        // A header may promise any size; no picture has more.
        guard let width = facts.width.map({ min($0, 100_000) }),
            let height = facts.height.map({ min($0, 100_000) }),
            max(width, height) > 384
        else { return tileTokens }
        let side = max(256, min(min(width, height) * 2 / 3, 768))
        let tiles = ((width + side - 1) / side) * ((height + side - 1) / side)
        return tileTokens * (min(tiles, 1000) + 1)
    }

    private static func document(_ facts: MediaFacts, _ era: ModelEra) -> ModalityTokenCount {
        // A broken file may promise any number of pages.
        let pages = max(1, min(facts.pages ?? 1, 1_000_000))
        return era == .three
            ? ModalityTokenCount(.image, pagePictureTokens * pages)
            : ModalityTokenCount(.document, tileTokens * pages)
    }

    /// A frame a second unless told, the sound beside it but for Gemini 3. A film whose length can't be told counts nothing.
    private static func film(_ medium: Medium, _ era: ModelEra) -> [ModalityTokenCount] {
        guard let known = medium.filmSeconds else { return [] }
        let seconds = min(known, longestFilm)
        // 60 s at 0.2 a second are 12 frames (recorded), and not 13 for the sake of a bit.
        let frames = max(1, Int((seconds * (medium.videoMetadata?.fps ?? 1) - 1e-6).rounded(.up)))
        let picture = ModalityTokenCount(.video, frames * frameTokens(era, isOnly: frames == 1))
        guard era != .three, medium.facts.hasSound else { return [picture] }
        return [picture, ModalityTokenCount(.audio, sound(seconds))]
    }

    /// With what tells its time since 2.5. On Gemini 3 a film of one frame was 64 tokens, one of 13 was 910 (recorded).
    private static func frameTokens(_ era: ModelEra, isOnly: Bool) -> Int {
        switch era {
        case .two: 258
        case .twoFive: 263
        case .three: isOnly ? 64 : 70
        }
    }
}
