// SPDX-License-Identifier: Apache-2.0

/// What a scenario has go wrong with one request of an upload.
public struct UploadTrouble: Sendable, Equatable {
    /// The answer is a 503, after so many bytes of the request were stored at most; nil for the usual answer.
    public var unavailableAfter: Int?
    /// Whether that 503 tells where the upload stands.
    public var tellsStanding: Bool
    /// The connection breaks (RST) when so many bytes of the request have come.
    public var resetsAfter: Int?
    /// How fast the request's body is read; nil for as fast as it comes.
    public var bytesPerSecond: Int?
    /// What the upload's start names as the multiple for the length of chunks, which counts from then on.
    public var granularity: Int?
    /// Whether the server gives the upload up.
    public var isCancelled: Bool

    public init(
        unavailableAfter: Int? = nil, tellsStanding: Bool = true, resetsAfter: Int? = nil,
        bytesPerSecond: Int? = nil, granularity: Int? = nil, isCancelled: Bool = false
    ) {
        self.unavailableAfter = unavailableAfter
        self.tellsStanding = tellsStanding
        self.resetsAfter = resetsAfter
        self.bytesPerSecond = bytesPerSecond
        self.granularity = granularity
        self.isCancelled = isCancelled
    }
}
