// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire
import MediaProbe

extension RequestChecks {
    /// How many media of one request are told of.
    private static let maximumNotes = 10

    /// Tells of inline data whose first bytes are plainly of another kind than its MIME type says: a PNG sent as sound.
    /// What the real service says to it is unknown, so it isn't refused.
    func noteMediaKinds(of request: GenerateContentRequest, _ media: RequestMedia, _ head: RequestHead) {
        guard mode != .off else { return }
        var notes = 0
        for (index, content) in request.contents.enumerated() {
            for (part, data) in content.parts.enumerated() {
                guard case .inlineData(let blob) = data.data, let medium = media.medium(of: data),
                    let found = medium.facts.mimeType, let kind = try? SupportedMediaType.modality(of: found),
                    MediaKind(kind).isPlainlyNot(MediaKind(medium.modality))
                else { continue }
                let place = "contents[\(index)].parts[\(part)].inline_data"
                note("\(place) is called \(blob.mimeType.prefix(100)) but begins like \(found)", head)
                notes += 1
                if notes == RequestChecks.maximumNotes { return }
            }
        }
    }
}

/// The kinds of media that can't be taken for each other by their first bytes. Films and sound share containers.
private enum MediaKind {
    case stream, picture, document, unknown

    init(_ modality: Modality?) {
        self =
            switch modality {
            case .audio, .video: .stream
            case .image: .picture
            case .document: .document
            case .text, nil: .unknown
            }
    }

    func isPlainlyNot(_ told: MediaKind) -> Bool { self != .unknown && told != .unknown && self != told }
}
