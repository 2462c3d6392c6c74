// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire

/// Counts a prompt's tokens by kind. countTokens and `usageMetadata` both ask it, so they agree.
///
/// Text by `TextTokens`; what turns, calls and declarations cost beside their text by `TokenOverhead`; pictures, sound,
/// films and documents by `MediaTokens`.
struct TokenCounter {
    private let traits: ModelTraits
    private let overhead: TokenOverhead
    private let media: RequestMedia
    private var counts: [Int] = Array(repeating: 0, count: Modality.allCases.count)

    static func count(
        contents: [Content], systemInstruction: Content?, tools: [JSONView], media: RequestMedia,
        traits: ModelTraits
    ) -> [ModalityTokenCount] {
        var counter = TokenCounter(traits: traits, media: media)
        for content in contents { counter.add(content) }
        if let systemInstruction { counter.add(systemInstruction) }
        for tool in tools {
            for function in tool.list("functionDeclarations") {
                counter.add(counter.overhead.declaration(function), .text)
            }
        }
        return zip(Modality.allCases, counter.counts).compactMap { modality, count in
            count > 0 ? ModalityTokenCount(modality, count) : nil
        }
    }

    /// Tokens of a text part.
    static func tokens(_ view: JSONView) -> Int {
        view.withStringBytes { TextTokens.count(UnsafeRawBufferPointer($0)) } ?? 0
    }

    private init(traits: ModelTraits, media: RequestMedia) {
        self.traits = traits
        self.media = media
        overhead = TokenOverhead(era: traits.era)
    }

    private mutating func add(_ tokens: Int, _ modality: Modality) {
        counts[Modality.allCases.firstIndex(of: modality) ?? 0] += tokens
    }

    private mutating func add(_ content: Content) {
        var isPlain = true
        for part in content.parts {
            switch part.data {
            case .text(let view): add(TokenCounter.tokens(view), .text)
            case .inlineData, .fileData: media.medium(of: part).map { add($0) }
            case .functionCall(let view):
                isPlain = false
                add(overhead.call(name: view.field("name"), arguments: view.field("args")), .text)
            case .functionResponse(let view):
                isPlain = false
                add(overhead.response(name: view.field("name"), response: view.field("response")), .text)
                for part in part.responseMedia { media.medium(of: part).map { add($0) } }
            case .other(_, let view): add(TokenOverhead.leaves(view), .text)
            case .none: break
            }
        }
        // The turn's own token is within those of a call or a response.
        if isPlain { add(overhead.turn, .text) }
    }

    private mutating func add(_ medium: Medium) {
        for count in MediaTokens.counts(of: medium, era: traits.era) {
            add(count.tokenCount, count.modality)
        }
    }
}
