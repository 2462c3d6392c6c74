// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire
import MediaProbe

/// The media that a request carries or names. Looked at once, for the count and for the answer: to walk through 15 MB of
/// base64 takes milliseconds, and a file may be gone a moment later.
struct RequestMedia {
    /// 9.5 hours in one prompt (CORE 5.3).
    private static let longestSound = 34_200.0

    private let files: any FileDirectory
    private let tenant: Tenant
    private var media: [Int: Medium] = [:]
    /// Seconds of all sound, that of films left out.
    private var sound = 0.0
    /// What the API refuses the first of them with that it doesn't take, or all of them for their length; nil where it
    /// takes them. Those that it refuses count as far as they are known.
    private(set) var refusal: APIError?

    init(contents: [Content], systemInstruction: Content? = nil, files: any FileDirectory, tenant: Tenant) {
        self.files = files
        self.tenant = tenant
        for content in contents { look(at: content.parts) }
        if let systemInstruction { look(at: systemInstruction.parts) }
        if sound > RequestMedia.longestSound {
            refuse(.tooMuchAudio(seconds: Int(sound.rounded(.up)), limit: Int(RequestMedia.longestSound)))
        }
    }

    /// The medium of a part; nil where it has none, or names one elsewhere, of which nothing is known.
    func medium(of part: Part) -> Medium? {
        switch part.data {
        case .inlineData(let blob): media[blob.position]
        case .fileData(let file): media[file.position]
        default: nil
        }
    }

    /// All of them, in the order of the request.
    var all: [Medium] { media.sorted { $0.key < $1.key }.map(\.value) }

    private mutating func refuse(_ error: APIError) { refusal = refusal ?? error }

    /// What `body` finds; nil, and a refusal, where it throws one.
    private mutating func taken<Found>(_ body: () throws(APIError) -> Found) -> Found? {
        do {
            return try body()
        } catch {
            refuse(error)
            return nil
        }
    }

    private mutating func look(at parts: [Part]) {
        for part in parts {
            switch part.data {
            case .inlineData(let blob): add(inline(blob, part.videoMetadata), at: blob.position)
            case .fileData(let file):
                if let medium = named(file, part.videoMetadata) { add(medium, at: file.position) }
            case .functionResponse: look(at: part.responseMedia)
            default: continue
            }
        }
    }

    private mutating func add(_ medium: Medium, at position: Int) {
        media[position] = medium
        // A header may promise any length.
        if medium.modality == .audio { sound += max(0, min(medium.facts.seconds ?? 0, 1e9)) }
    }

    private mutating func inline(_ blob: Blob, _ metadata: VideoMetadata?) -> Medium {
        Medium(
            .inline, mimeType: blob.mimeType, modality: modality(of: blob.mimeType, said: blob.modality),
            sizeBytes: blob.withBytes(\.byteCount) ?? 0,
            facts: blob.withBytes { MediaProbe.facts(of: InlineBytes($0)) } ?? MediaFacts(),
            videoMetadata: metadata
        )
    }

    /// No refusal of data without a type is known. What the request says itself is taken, since some methods take more
    /// types than others.
    private mutating func modality(of type: String, said modality: Modality?) -> Modality? {
        if modality != nil || type.isEmpty { return modality }
        return taken { () throws(APIError) in try SupportedMediaType.modality(of: type) }
    }

    /// The stored type rules; of what only some methods take, the request says what it is.
    private mutating func modality(of entry: FileEntry, _ file: FileReference) -> Modality? {
        taken { () throws(APIError) in
            do throws(APIError) {
                return try SupportedMediaType.modality(of: entry.mimeType)
            } catch {
                guard let modality = file.modality else { throw error }
                return modality
            }
        }
    }

    private mutating func named(_ file: FileReference, _ metadata: VideoMetadata?) -> Medium? {
        switch FileURI(file.uri) {
        case .uploaded(let id): return uploaded(id, file, metadata)
        case .youTube:
            // Whatever type is named: `video/mp4` and none were seen.
            return Medium(
                .youTube, mimeType: "video/mp4", modality: .video,
                facts: Medium.youTubeFacts(metadata), videoMetadata: metadata
            )
        case .elsewhere:
            _ = modality(of: file.mimeType, said: file.modality)
            return nil
        case nil:
            refuse(.badFileURI(file.uri))
            return nil
        }
    }

    private mutating func uploaded(_ id: String, _ file: FileReference, _ metadata: VideoMetadata?) -> Medium?
    {
        let (files, tenant) = (files, tenant)
        guard let entry = taken({ () throws(APIError) in try files.file(id, of: tenant) }) else { return nil }
        if entry.state != .active { refuse(.fileNotActive(id)) }
        return Medium(
            .file(id: id), mimeType: entry.mimeType, modality: modality(of: entry, file),
            sizeBytes: entry.sizeBytes, sha256: entry.sha256, facts: entry.facts, videoMetadata: metadata
        )
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
