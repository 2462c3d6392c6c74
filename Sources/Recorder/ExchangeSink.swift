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

/// Where exchanges go that are wanted before they are written.
public protocol EarlySink: ExchangeSink {
    /// Called before the client has the end of the answer, so that its next request finds what was said; from any thread. It
    /// mustn't wait: other answers do meanwhile.
    func announce(_ exchange: RecordedExchange)
}

extension ExchangeSink {
    public func flush() throws(RecordingFileError) {}
}

extension RecordingWriter: ExchangeSink {}
