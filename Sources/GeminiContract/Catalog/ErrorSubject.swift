// SPDX-License-Identifier: Apache-2.0

/// What a refusal is about: the names and numbers that stand in its words. The defaults are made up.
public struct ErrorSubject: Sendable, Equatable {
    /// Without `models/`.
    public var model = "gemini-2.5-flash"
    /// `v1`, `v1beta` or `v1alpha`.
    public var version = "v1beta"
    /// As the API spells it.
    public var method = "generateContent"
    /// Without `files/`.
    public var file = "abc123def456"
    public var uri = "https://example.com/clip.mp3"
    public var mimeType = "application/x-unknown"
    /// A project's number.
    public var project = "123456789012"
    public var key = "any-key"
    /// A client's address.
    public var address = "203.0.113.7"
    /// How long to wait, in the words of a quota; the whole seconds of it go into `RetryInfo`.
    public var retrySeconds = 41.065029449

    /// What `RetryInfo` tells: the whole seconds.
    var wholeRetrySeconds: Int { retrySeconds.isFinite ? Int(max(0, min(retrySeconds, 1e9))) : 0 }

    /// The wait as it stands in words: `41.065029449`, and `3` for three seconds.
    var retryWords: String { Int(exactly: retrySeconds).map { "\($0)" } ?? "\(retrySeconds)" }

    public init() {}
}
