// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire
import MediaProbe

/// What the probe finds in the bytes that travel with a request. Looked at once, for the count and for the answer: to walk
/// through 15 MB of base64 takes milliseconds.
struct RequestMedia {
    private var facts: [Int: MediaFacts] = [:]

    init(contents: [Content], systemInstruction: Content? = nil) {
        for content in contents { look(at: content) }
        if let systemInstruction { look(at: systemInstruction) }
    }

    func facts(of blob: Blob) -> MediaFacts { facts[blob.position] ?? MediaFacts() }

    private mutating func look(at content: Content) {
        for part in content.parts {
            guard case .inlineData(let blob) = part.data else { continue }
            facts[blob.position] = blob.withBytes { MediaProbe.facts(of: InlineBytes($0)) }
        }
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
    /// it costs less to decode all of it. Without, every read is in place.
    func bytes(at offset: Int, count: Int) -> [UInt8] {
        reads += 1
        if reads <= InlineBytes.readsInPlace || !base64.hasWhiteSpace {
            return base64.bytes(at: offset, count: count)
        }
        if decoded.isEmpty { decoded = base64.decoded() }
        return decoded.bytes(at: offset, count: count)
    }
}
