// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire
import MediaProbe

/// Counts a prompt's tokens by kind. countTokens and `usageMetadata` both ask it, so they agree.
///
/// Text by `TextTokens`; what turns, calls and declarations cost beside their text by `TokenOverhead`; pictures and
/// sound by CORE 5.2.
struct TokenCounter {
    private let traits: ModelTraits
    private let overhead: TokenOverhead
    private var counts: [Int] = Array(repeating: 0, count: Modality.allCases.count)

    static func count(
        contents: [Content], systemInstruction: Content?, tools: [JSONView], traits: ModelTraits
    ) -> [ModalityTokenCount] {
        var counter = TokenCounter(traits: traits)
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

    private init(traits: ModelTraits) {
        self.traits = traits
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
            case .inlineData(let blob): add(blob)
            case .functionCall(let view):
                isPlain = false
                add(overhead.call(name: view.field("name"), arguments: view.field("args")), .text)
            case .functionResponse(let view):
                isPlain = false
                add(overhead.response(name: view.field("name"), response: view.field("response")), .text)
            case .other(_, let view): add(TokenOverhead.leaves(view), .text)
            case .fileData, .none: break
            }
        }
        // The turn's own token is within those of a call or a response.
        if isPlain { add(overhead.turn, .text) }
    }

    private mutating func add(_ blob: Blob) {
        switch Media.modality(of: blob.mimeType) {
        case .audio: add(Media.audioTokens(seconds: Media.seconds(of: blob)), .audio)
        case .image: add(traits.imageTokens, .image)
        case .document: add(Media.pageTokens, .document)
        case .video, .text, nil: break
        }
    }
}

/// What is known of bytes that travel with a request.
enum Media {
    static func modality(of mimeType: String) -> Modality? {
        let kind = mimeType.prefix { $0 != "/" }.lowercased()
        switch kind {
        case "audio": return .audio
        case "image": return .image
        case "video": return .video
        case "application" where mimeType.lowercased() == "application/pdf": return .document
        default: return nil
        }
    }

    /// One page (CORE 5.2). How many pages there are isn't looked up yet.
    static let pageTokens = 258

    /// 32 tokens a second, rounded up: Gemini 2.5, and the documentation (CORE 5.2).
    static func audioTokens(seconds: Double) -> Int { Int((32 * seconds).rounded(.up)) }

    /// Seconds of sound. Other formats than WAVE are taken for 128 kbit/s.
    static func seconds(of blob: Blob) -> Double {
        blob.withBytes { base64 in
            WAV.duration(of: InlineBytes(base64)) ?? Double(base64.byteCount) / 16_000
        } ?? 0
    }

    /// Seconds of sound where the bytes are WAVE, else nil.
    static func wavSeconds(of blob: Blob) -> Double? {
        blob.withBytes { WAV.duration(of: InlineBytes($0)) } ?? nil
    }
}

/// Base64 text as bytes to probe.
private final class InlineBytes: ByteSource {
    /// A usual file takes four to eight reads.
    private static let readsInPlace = 16

    private let base64: Base64Text
    private var reads = 0
    private var decoded: [UInt8] = []

    init(_ base64: Base64Text) {
        self.base64 = base64
    }

    var count: Int { base64.byteCount }

    /// Where white space stands in the text, each read in place goes through it from its beginning: after some of them
    /// it costs less to decode all of it.
    func bytes(at offset: Int, count: Int) -> [UInt8] {
        reads += 1
        if reads <= InlineBytes.readsInPlace { return base64.bytes(at: offset, count: count) }
        if decoded.isEmpty { decoded = base64.decoded() }
        return decoded.bytes(at: offset, count: count)
    }
}
