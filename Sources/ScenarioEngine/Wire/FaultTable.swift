// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import GeminiService

/// All faults there are, by the names that scenario files use.
enum FaultTable {
    struct Entry: Sendable {
        enum Scope: Sendable {
            /// Any answer.
            case any
            /// A stream: events or an array.
            case stream
            /// Server-sent events.
            case events
            /// These steps of an upload.
            case upload([UploadStep])
        }

        let name: String
        let scope: Scope
        /// What may stand beside it, besides what goes with all.
        let options: [String]
        /// Whether its `after` counts events alone.
        let countsEvents: Bool
        /// Whether its `after` counts bytes alone: those of the request.
        let countsBytes: Bool
        /// What must stand beside it.
        let required: [String]
        /// The words of `form`, the usual one first.
        let forms: [String]
        let make: @Sendable (FaultOptions) -> any Fault

        init(
            _ name: String, _ scope: Scope, _ options: [String] = [], required: [String] = [],
            forms: [String] = [], make: @escaping @Sendable (FaultOptions) -> any Fault
        ) {
            self.name = name
            self.scope = scope
            // “events” and “received” are an “after” that counts nothing else.
            self.options = options.map { ["events", "received"].contains($0) ? "after" : $0 }
            countsEvents = options.contains("events")
            countsBytes = options.contains("received")
            self.required = required
            self.forms = forms
            self.make = make
        }
    }

    static let entries: [Entry] = [
        Entry("reset", .any, ["after"]) { ResetFault(after: $0.after) },
        Entry("empty-reply", .any) { _ in EmptyReplyFault() },
        Entry("truncate", .any, ["after"]) { TruncateFault(after: $0.after) },
        Entry("truncated-chunk", .any, ["after"]) { TruncatedChunkFault(after: $0.after ?? .events(0)) },
        Entry("wrong-content-length", .any, ["by"]) { WrongContentLengthFault(by: $0.by ?? 10) },
        Entry("bad-chunk-size", .any, ["after"]) { BadChunkSizeFault(after: $0.after ?? .events(0)) },
        Entry("malformed-json", .any, ["events"]) { MalformedJSONFault(after: $0.events ?? 0) },
        Entry("half-event", .stream, ["events"]) { HalfEventFault(after: $0.events) },
        Entry(
            "error-mid-stream", .stream, ["events", "form", "error", "message"], required: ["error"],
            forms: ["raw", "event"]
        ) {
            ErrorMidStreamFault(
                error: $0.error ?? NamedError(name: "internal"), isEvent: $0.form == "event",
                after: $0.events ?? 1)
        },
        Entry("sse-comment", .events, ["events", "form", "text"], forms: ["alone", "inside"]) {
            CommentFault(
                text: $0.text ?? "keep-alive", isInside: $0.form == "inside", after: $0.events ?? 1)
        },
        Entry("sse-event-line", .events, ["text"]) { EventLineFault(name: $0.text ?? "message") },
        Entry("sse-id-line", .events) { _ in IDLineFault() },
        Entry("sse-bom", .events) { _ in ByteOrderMarkFault() },
        Entry("sse-lf", .events) { _ in LineFeedFault() },
        Entry("sse-mixed", .events) { _ in MixedLineEndsFault() },
        Entry("sse-no-space", .events) { _ in NoSpaceFault() },
        Entry("sse-multi-line-data", .events) { _ in MultiLineDataFault() },
        Entry("done-marker", .events) { _ in DoneMarkerFault() },
        Entry("raw-separators", .any) { _ in RawSeparatorsFault() },
        Entry("duplicate-event", .stream, ["events"]) { DuplicateEventFault(after: $0.events ?? 1) },
        Entry("reordered-events", .stream, ["events"]) { ReorderedEventsFault(after: $0.events ?? 0) },
        Entry("missing-finish-reason", .any) { _ in MissingFinishReasonFault() },
        Entry("broken-gzip", .any, ["form"], forms: ["cut", "flipped"]) {
            BrokenGzipFault(isFlipped: $0.form == "flipped")
        },
        Entry("html-page", .any, ["error", "message"]) {
            HTMLPageFault(error: $0.error ?? NamedError(name: HTMLPageFault.usual, message: $0.message))
        },
        Entry("hang-before-head", .any, ["for"]) {
            HangBeforeHeadFault(duration: $0.duration ?? FaultSetting.forever)
        },
        Entry("hang-mid-body", .any, ["after", "for"]) {
            HangMidBodyFault(after: $0.after, duration: $0.duration ?? FaultSetting.forever)
        },
        Entry("retry-after", .any, ["for"]) { RetryAfterFault(duration: $0.duration ?? .seconds(1)) },
        Entry("missing-header", .any, ["text"], required: ["text"]) {
            MissingHeaderFault(name: $0.text ?? "")
        },
        Entry("redirect", .any, ["status", "location"]) {
            var fault = RedirectFault()
            fault.status = $0.status ?? fault.status
            fault.location = $0.location ?? fault.location
            return fault
        },
        Entry("empty-stream", .stream) { _ in EmptyStreamFault() },
        Entry(
            "upload-unavailable", .upload([.upload, .finalize]), ["received", "form"],
            forms: ["told", "silent"]
        ) {
            UploadUnavailableFault(stored: $0.received ?? 0, tellsStanding: $0.form != "silent")
        },
        Entry("upload-reset", .upload([.upload, .finalize]), ["received"]) {
            UploadResetFault(received: $0.received ?? 0)
        },
        Entry("upload-granularity", .upload([.start]), ["bytes"]) {
            var fault = UploadGranularityFault()
            fault.bytes = $0.bytes ?? fault.bytes
            return fault
        },
        Entry("upload-elsewhere", .upload([.start])) { _ in UploadElsewhereFault() },
        Entry("upload-cancelled", .upload([.upload, .finalize, .query])) { _ in UploadCancelledFault() },
        Entry("upload-wrong-hash", .upload([.finalize, .whole, .query])) { _ in UploadWrongHashFault() },
    ]

    static let names = entries.map(\.name)

    static func entry(named name: String) -> Entry? { entries.first { $0.name == name } }
}
