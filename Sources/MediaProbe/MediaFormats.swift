// SPDX-License-Identifier: Apache-2.0

/// The formats that are told apart, by how they start.
enum MediaFormats {
    /// How many bytes of the start a format is told by.
    static let startSize = 64

    /// The walker for media that start with these bytes; nil where no format is known by them.
    ///
    /// - Parameter start: the first `startSize` bytes, fewer if there are no more.
    static func walker(for start: [UInt8]) -> (any MediaWalker)? {
        all.first { $0.recognises(start) }?.makeWalker(start)
    }

    private struct Format: Sendable {
        let recognises: @Sendable ([UInt8]) -> Bool
        let makeWalker: @Sendable ([UInt8]) -> any MediaWalker

        init(
            _ recognises: @escaping @Sendable ([UInt8]) -> Bool,
            _ makeWalker: @escaping @Sendable ([UInt8]) -> any MediaWalker
        ) {
            self.recognises = recognises
            self.makeWalker = makeWalker
        }
    }

    /// One line a format; the first that recognises the start takes it.
    private static let all: [Format] = [
        Format(WAVWalker.recognises) { _ in WAVWalker() },
        Format(AIFFWalker.recognises) { _ in AIFFWalker() },
        Format(FLACWalker.recognises) { _ in FLACWalker() },
        Format(OggWalker.recognises) { _ in OggWalker() },
        Format(MP4Walker.recognises) { _ in MP4Walker() },
        Format(MatroskaWalker.recognises) { _ in MatroskaWalker() },
        Format(PDFWalker.recognises) { _ in PDFWalker() },
        Format(ImageWalker.recognises) { _ in ImageWalker() },
        Format(MP3Walker.recognises) { _ in MP3Walker() },
        Format(ADTSWalker.recognises) { _ in ADTSWalker() },
        Format(TextWalker.recognises) { _ in TextWalker() },
    ]
}

extension MediaFacts {
    /// Facts about media that are nothing but sound.
    static func sound(_ mimeType: String, seconds: Double? = nil) -> MediaFacts {
        MediaFacts(mimeType: mimeType, seconds: seconds, hasSound: true)
    }
}
