// SPDX-License-Identifier: Apache-2.0

/// Something that a broken client does. Each is what some real client has done, or might.
///
/// The judge is judged by these: each check of the suites must catch one of them at least. Which it is stands in
/// `CaughtFlaws`.
public enum Flaw: String, Sendable, CaseIterable {
    // MARK: SSE

    /// Takes CRLF alone for the end of a line.
    case crlfOnly
    /// Takes LF alone for the end of a line, and leaves the CR in the line.
    case lfOnly
    /// Takes LF for the end of all lines of a stream that has one.
    case mixedLineEnds
    /// Takes each piece that arrives for whole events.
    case pieceIsEvent
    /// Reports no finish reason.
    case noFinishReason
    /// Sends each question twice.
    case asksTwice

    // MARK: ERR

    // MARK: JSN

    // MARK: REQ

    // MARK: UPL

    // MARK: FIL

    // MARK: INT
}
