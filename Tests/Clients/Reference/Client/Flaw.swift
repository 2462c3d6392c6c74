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

    /// Sends nothing a second time.
    case noRetries
    /// Doesn't look how long the service wants to be left alone.
    case ignoresRetryInfo
    /// The same of the header field.
    case ignoresRetryAfter
    /// Asks again for what is used up for the day.
    case retriesDailyQuota
    /// Waits equally long each time.
    case constantBackoff
    /// Never gives up, and hardly waits.
    case retriesForEver
    /// Tells of an error no more than its numbers.
    case statusOnly
    /// Tells no details of an error.
    case hidesDetails
    /// Doesn't tell how often it has tried.
    case hidesAttempts
    /// Takes what it can't read for an empty answer.
    case brokenIsEmpty
    /// Chokes on errors without details.
    case wantsDetails
    /// Chokes on errors with details that it doesn't know.
    case wantsKnownDetails
    /// Chokes on errors in a list.
    case wantsErrorObject
    /// Chokes on errors that aren't JSON.
    case wantsJSONErrors
    /// Takes any failure for an empty answer.
    case swallowsErrors

    // MARK: JSN

    /// Chokes on words that it doesn't know.
    case wantsKnownWords
    /// Tells words that it doesn't know as `OTHER`.
    case namesUnknownOther
    /// Chokes on members that it doesn't know.
    case wantsKnownMembers
    /// Chokes on a part without a text.
    case wantsText
    /// Looks at candidates alone.
    case ignoresFeedback
    /// Chokes on a candidate without content.
    case wantsContent
    /// Chokes on content without parts.
    case wantsParts
    /// Doesn't tell why an answer ended, once it has a text or wants one.
    case hidesFinish
    /// Doesn't tell the words that go with the reason.
    case hidesFinishMessage
    /// Runs the first function of several.
    case runsFirstCall
    /// Chokes on a function without arguments.
    case wantsArguments
    /// Gives the results of functions back without ids.
    case dropsCallIDs
    /// Gives nothing back but whether a function has run.
    case dropsFunctionResults
    /// Gives the results of functions back without the model's turn before them.
    case dropsModelTurn
    /// Tells the calls of functions instead of running them.
    case runsNoFunctions
    /// Leaves out what functions are called with an id.
    case stripsCallIDs
    /// Reads base64 in the standard alphabet alone.
    case standardBase64
    /// Reads base64 in the URL-safe alphabet alone.
    case urlSafeBase64
    /// Takes a null for something that is there.
    case nullIsValue
    /// Tells the number of the wrong member.
    case countsDetails
    /// Tells nothing of an answer that was cut.
    case dropsCutText
    /// Tells no kind of bytes.
    case hidesMIME

    // MARK: REQ

    /// Puts the key into the address.
    case keyInQuery
    /// Puts the key into the address, too.
    case keyTwice
    /// Follows a redirect with all that it has sent before.
    case followsWithKey
    /// Sends nothing.
    case asksNothing
    /// Sends a member that another service has.
    case sendsStream
    /// Sends an id with each turn.
    case numbersTurns
    /// Says of each part what it is.
    case typesParts
    /// Calls the user a human.
    case humanRole
    /// Sends the question in a list of its own.
    case wrapsText
    /// Takes of the base address the host alone.
    case dropsBasePath
    /// Says that a body of JSON is a form.
    case formType
    /// Doesn't say what it is.
    case anonymous
    /// Puts “models/” in front of any name.
    case doublesModels
    /// Sends no characters but ASCII.
    case asciiOnly
    /// Sends the system instruction as the first turn.
    case systemTurn

    // MARK: UPL

    // MARK: FIL

    // MARK: INT
}
