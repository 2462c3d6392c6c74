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

    /// Puts files into questions, whatever their size.
    case inlinesAll
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

    /// Sends bytes to an address that it makes itself.
    case ignoresUploadURL
    /// Sends bytes to the address of the start where it was given none.
    case inventsUploadURL
    /// Puts the key into the address that bytes go to.
    case keyInUploadURL
    /// Calls all of it by version v1.
    case alwaysV1
    /// Calls all of it by version v1beta.
    case alwaysV1beta
    /// Starts an upload without its length.
    case noUploadLength
    /// Starts an upload without its type.
    case noUploadType
    /// Starts an upload without the protocol’s name.
    case noUploadProtocol
    /// Sends bytes without saying where they belong.
    case noOffset
    /// Sends chunks of 100,000 bytes.
    case oddChunks
    /// Sends chunks of 8 MiB, whatever the service wants.
    case ignoresGranularity
    /// Gives an upload up at the first failure.
    case noUploadRetries
    /// Tries again without a pause.
    case busyUploads
    /// Tries fifteen times, at once.
    case retriesUploadsForEver
    /// Sends again what was refused for good.
    case retriesHopelessUploads
    /// Sends again without asking where the upload stands.
    case neverQueries
    /// Asks where the upload stands, and goes on from where it was.
    case ignoresReceived
    /// Sends a file’s first bytes again where its later ones belong.
    case readsFromStart
    /// Begins anew at each failure.
    case restartsUploads
    /// Never begins anew.
    case noNewSession
    /// Takes an upload that the service has given up for one that is over.
    case ignoresCancelled
    /// Takes an upload that went wrong for one that is over.
    case trustsUploads
    /// Takes a file without bytes for one that is there already.
    case skipsEmpty
    /// Sends names of files as they are, in header fields.
    case rawFileName
    /// Makes JSON by putting texts between quotes.
    case unescapedJSON
    /// Sends no display name.
    case dropsDisplayName
    /// Sends files of any size.
    case noSizeLimit
    /// Takes any file for sound.
    case guessesType
    /// Sends an empty type where it knows none.
    case emptyType
    /// Knows no endings of names.
    case ignoresExtension
    /// Takes its own guess for better than its caller’s word.
    case ignoresGivenType
    /// Fills up with zeros what a file has lost.
    case ignoresChanges
    /// Doesn’t compare hashes.
    case ignoresHash
    /// Knows no errors but those in JSON.
    case wantsJSONUploadErrors
    /// Names a file in a prompt by its name alone.
    case namesFilesByName

    // MARK: FIL

    /// Takes errors of files for successes.
    case fileErrorsAreFine
    /// Says no more than that it didn’t work.
    case vagueFileErrors
    /// Looks at a file two hundred times a second.
    case busyPolls
    /// Looks at a file for three times as long as it is to.
    case waitsForEver
    /// Takes a file that is processed for one that can be used.
    case processingIsActive
    /// Waits for files that have failed.
    case failedIsProcessing
    /// Doesn’t tell why a file has failed.
    case hidesFileError
    /// Chokes on states of files that it doesn’t know.
    case unknownStateIsError
    /// Asks for pages of the usual size.
    case ignoresPageSize
    /// Puts tokens of pages into addresses as they are.
    case rawPageToken
    /// Takes a page that can’t be had for the end.
    case brokenPageIsEnd
    /// Chokes on an answer without files.
    case wantsFiles
    /// Takes an empty page for the last one.
    case emptyPageIsEnd
    /// Takes the first page for all.
    case firstPageOnly
    /// Raises an error where what is to be deleted isn’t there.
    case goneIsError
    /// Tells sizes as texts.
    case sizeIsText
    /// Knows no times but those with six digits of a second.
    case wantsMicroseconds

    // MARK: INT

    /// Takes a queued run for one that is over.
    case queuedIsOver
    /// Chokes on a status that it doesn’t know.
    case unknownStatusIsError
    /// Chokes on an event that it doesn’t know.
    case unknownEventIsError
    /// Chokes on a delta that it doesn’t know.
    case unknownDeltaIsError
    /// Chokes on a step that it doesn’t know.
    case unknownStepIsError
    /// Doesn’t tell of what it doesn’t know.
    case dropsUnknownEvents
    /// Leaves out events that tell of errors.
    case ignoresInteractionErrors
    /// Takes turns that went wrong for turns that are over.
    case interactionErrorsAreFine
    /// Forgets a turn’s text once something goes wrong.
    case dropsInteractionText
    /// Chokes on a turn’s end without token counts.
    case wantsUsage
    /// Tells no token counts of turns.
    case dropsInteractionUsage
    /// Keeps what it has when a stream is sent again.
    case keepsAtResume
    /// Puts a delta into the step that was begun last.
    case ignoresIndex
    /// Takes a step’s first piece for all of it.
    case firstDeltaOnly
    /// Puts a line break between pieces.
    case joinsByLine
    /// Takes the last piece of the arguments for all of them.
    case lastArguments
    /// Calls every end a success.
    case statusIsCompleted
    /// Shows thoughts as text.
    case thoughtsAreText
    /// Sends again what was said before.
    case sendsHistory
    /// Goes on without saying with what.
    case noPrevious
    /// Runs the first of several functions.
    case runsOneCall
    /// Gives all results back under the first call’s id.
    case mixesCallIDs
    /// Declares functions in the first turn alone.
    case dropsTools
    /// Lets the service keep what it isn’t to keep.
    case ignoresStore
    /// Begins a turn again where it doesn’t know whether it was begun.
    case repeatsPosts
    /// Sends names in the spelling of the other methods.
    case camelCaseBody
    /// Looks at a run five hundred times a second.
    case busyRunPolls
    /// Waits less and less between looks.
    case hastierPolls
    /// Looks once at a run that it is to wait for.
    case looksOnce
    /// Takes a turn that is over for broken where its stream lacks `[DONE]`.
    case wantsDone
    /// Begins a run again instead of looking at it.
    case recreatesRuns
    /// Ends a run by deleting it.
    case cancelsByDelete
    /// Begins a turn again when its stream breaks.
    case recreatesStreams
    /// Doesn’t go on with streams.
    case neverResumes
    /// Goes on with a stream once.
    case resumesOnce
    /// Goes on from the beginning, with what it has.
    case resumesFromStart
    /// Reads a run to its end when its caller wants no more.
    case ignoresRunCancel
    /// Leaves, and lets the run go on.
    case onlyHangsUp
    /// Takes the end of a turn’s stream for the end of the turn.
    case trustsStreamEnd
}
