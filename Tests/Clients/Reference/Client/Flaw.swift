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
    /// Asks for a stream without `alt=sse`.
    case noAlt
    /// Asks for a stream with `alt=sse`, whatever its caller wants.
    case alwaysSSE
    /// Makes characters of each piece before it puts the pieces together.
    case decodesPieces
    /// Takes U+2028, U+2029 and U+0085 for ends of lines.
    case unicodeLineEnds
    /// Chokes on comments.
    case commentIsError
    /// Leaves out an event that begins with a comment.
    case commentHidesData
    /// Leaves out an event that begins with anything but its data.
    case dataFirst
    /// Takes the last of several lines of data for all of them.
    case lastDataLine
    /// Chokes where no blank stands behind `data:`.
    case wantsBlank
    /// Takes the byte order mark for a part of the first line.
    case keepsByteOrderMark
    /// Gives up after a second of silence.
    case impatient
    /// Takes an event with an error for one without a text.
    case ignoresErrorEvents
    /// Forgets what has come once something goes wrong.
    case dropsPartialText
    /// Takes the end of a stream for the end of the answer.
    case trustsEnd
    /// Leaves out what stands at the end of a stream and is no event.
    case ignoresRest
    /// Takes the end of a connection for the end of the answer.
    case ignoresBrokenConnection
    /// Takes `[DONE]` for an answer.
    case doneIsJSON
    /// Chokes on lines over 1 MiB.
    case shortLines
    /// Shows thoughts as text.
    case thoughtIsText
    /// Shows no thoughts.
    case dropsThoughts
    /// Gives no part back that has an empty text, whatever else is in it.
    case dropsEmptyParts
    /// Calls the model by another service's name for it.
    case assistantRole
    /// Sends the last question alone.
    case forgetsConversation
    /// Reads a stream to its end when its caller wants no more.
    case ignoresCancel
    /// Tells the token counts of the first event.
    case firstUsage
    /// Has no time-out of its caller's.
    case noTimeout
    /// Takes any answer for a success.
    case ignoresStatus
    /// Sends again whatever was refused.
    case retriesAll
    /// Tells no HTTP status.
    case hidesHTTP
    /// Tells no status of the service's.
    case hidesStatus

    // MARK: ERR

    // MARK: JSN

    // MARK: REQ

    // MARK: UPL

    // MARK: FIL

    // MARK: INT
}
