// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import MediaProbe

/// What media cost, by what the probe knows of them (CORE 5.2).
enum MediaTokens {
    /// 32 tokens a second of sound: Gemini 2.5, and the documentation. (Gemini 3 was seen with 25.)
    private static let soundTokensPerSecond = 32.0
    /// One tile of a picture, or one page, up to Gemini 2.5.
    private static let tileTokens = 258
    /// A picture on Gemini 3 in the usual resolution (recorded).
    private static let pictureTokens = 1088

    /// - Parameter mimeType: as the request names it; nothing is counted for types that aren't media.
    static func counts(of facts: MediaFacts, mimeType: String, era: ModelEra) -> [ModalityTokenCount] {
        switch modality(of: mimeType) {
        case .audio: return [ModalityTokenCount(.audio, sound(facts.seconds ?? 0))]
        case .image: return [ModalityTokenCount(.image, picture(facts, era))]
        case .document: return [ModalityTokenCount(.document, tileTokens * max(1, facts.pages ?? 1))]
        case .video: return film(facts, era)
        case .text, nil: return []
        }
    }

    static func modality(of mimeType: String) -> Modality? {
        let type = mimeType.prefix { $0 != ";" }.lowercased()
        if type == "application/pdf" { return .document }
        if type.hasPrefix("audio/") { return .audio }
        if type.hasPrefix("image/") { return .image }
        return type.hasPrefix("video/") ? .video : nil
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

    /// A frame a second, the sound beside it but for Gemini 3. A film whose length can't be told counts nothing.
    private static func film(_ facts: MediaFacts, _ era: ModelEra) -> [ModalityTokenCount] {
        guard let known = facts.seconds else { return [] }
        let seconds = max(0, min(known, 1e9))
        let frames = max(1, Int(seconds.rounded(.up)))
        switch era {
        case .three: return [ModalityTokenCount(.video, 70 * frames)]
        case .two: return [ModalityTokenCount(.video, 258 * frames)]
        case .twoFive:
            let picture = ModalityTokenCount(.video, 263 * frames)
            return facts.hasSound ? [picture, ModalityTokenCount(.audio, sound(seconds))] : [picture]
        }
    }
}
