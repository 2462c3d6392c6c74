// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import MediaProbe

/// A piece of media that a request carries or names, and what is known of it.
struct Medium {
    enum Place {
        /// In the request itself.
        case inline
        case file(id: String)
        case youTube
    }

    let place: Place
    /// The stored type of a file, else as the request names it; empty where it doesn't.
    let mimeType: String
    /// As what it is counted; nil where no type is told.
    let modality: Modality?
    /// Nil for what is never fetched.
    let sizeBytes: Int?
    /// Of an uploaded file, in lower-case hex.
    let sha256: String?
    let facts: MediaFacts
    let videoMetadata: VideoMetadata?

    init(
        _ place: Place, mimeType: String = "", modality: Modality? = nil, sizeBytes: Int? = nil,
        sha256: String? = nil, facts: MediaFacts = MediaFacts(), videoMetadata: VideoMetadata? = nil
    ) {
        self.place = place
        self.mimeType = mimeType
        self.modality = modality
        self.sizeBytes = sizeBytes
        self.sha256 = sha256
        self.facts = facts
        self.videoMetadata = videoMetadata
    }

    /// Seconds of a film that are meant; nil where its length isn't known.
    var filmSeconds: Double? {
        guard let length = facts.seconds else { return nil }
        let start = videoMetadata?.startOffset ?? 0
        let end = min(videoMetadata?.endOffset ?? length, length)
        return max(0, end - start)
    }

    /// What is taken for a YouTube film's length, since it isn't fetched: it goes on to where it is asked to end, or for
    /// a minute from where it is asked to start.
    static func youTubeFacts(_ metadata: VideoMetadata?) -> MediaFacts {
        let seconds = metadata?.endOffset ?? (metadata?.startOffset ?? 0) + 60
        return MediaFacts(seconds: seconds, hasSound: true)
    }
}
