// SPDX-License-Identifier: Apache-2.0

/// What is known of a piece of media from its bytes alone.
public struct MediaFacts: Sendable, Equatable {
    /// Such as `audio/wav`; nil where no format was recognised.
    public var mimeType: String?
    /// Seconds of sound or of picture; nil where unknown. What a broken file promises beyond its bytes isn't counted.
    public var seconds: Double?
    /// Size of the picture in pixels; nil where unknown or none.
    public var width: Int?
    public var height: Int?
    /// Pages of a document; nil where unknown or none.
    public var pages: Int?
    /// Whether there is sound: a film's track, or nothing but sound.
    public var hasSound: Bool

    public init(
        mimeType: String? = nil, seconds: Double? = nil, width: Int? = nil, height: Int? = nil,
        pages: Int? = nil,
        hasSound: Bool = false
    ) {
        self.mimeType = mimeType
        self.seconds = seconds
        self.width = width
        self.height = height
        self.pages = pages
        self.hasSound = hasSound
    }
}
