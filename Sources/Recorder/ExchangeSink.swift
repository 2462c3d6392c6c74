// SPDX-License-Identifier: Apache-2.0

import RecordReplay

/// Where recorded exchanges go.
public protocol ExchangeSink: Sendable {
    /// Called on one thread, one exchange after the other, in the order in which they have come to their ends.
    ///
    /// - Throws: where it couldn't be kept.
    func append(_ exchange: RecordedExchange) throws(RecordingFileError)

    /// Called when nothing comes any more. What was held back is kept or dropped now.
    ///
    /// - Throws: where it couldn't be kept.
    func flush() throws(RecordingFileError)
}

extension ExchangeSink {
    public func flush() throws(RecordingFileError) {}
}

extension RecordingWriter: ExchangeSink {}
