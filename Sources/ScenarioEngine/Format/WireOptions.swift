// SPDX-License-Identifier: Apache-2.0

/// When an answer's bytes come, and in which pieces; nil leaves it as it is.
struct WireOptions: Sendable, Equatable {
    /// Before the head.
    var delay: Duration?
    /// Between the head and the first event.
    var firstEvent: Duration?
    /// Before each further event; the last one holds for all that follow.
    var intervals: [Duration] = []
    /// The share of itself by which a wait may be longer or shorter, 0 to 1.
    var jitter: Double?
    /// Bytes of the body a second.
    var bytesPerSecond: Int?
    /// Bytes a second that are read of a request of an upload.
    var uploadBytesPerSecond: Int?
    var writes: Writes?

    enum Writes: Sendable, Equatable {
        /// So many bytes a write.
        case bytes(Int)
        /// So many events a write.
        case events(Int)
        /// The body is cut at these offsets, and nowhere else; ascending.
        case at([Int])
    }
}
