// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire

/// How a file gets from its upload to its end: by the clock, or as often as it is asked for.
struct FileCourse: Sendable, Equatable {
    let end: FileFate.End
    /// What a failed file tells.
    let error: String?
    /// When it is at its end, in nanoseconds since 1970; unknown as long as polls are left.
    private(set) var ready: Int64
    /// How often it is still told that it isn't ready.
    private(set) var pollsLeft = 0

    /// What every film goes through. Seen: about 7 s for 62 MB, nothing for sound, pictures, PDF and text.
    static let filmTime: Int64 = 2_000_000_000

    /// - Parameters:
    ///   - fate: what a scenario says, all of it: of a film, too, that isn't said to be processed.
    ///   - created: nanoseconds since 1970.
    init(_ fate: FileFate?, isFilm: Bool, created: Int64) {
        end = fate?.end ?? .active
        error = fate?.error
        ready = created
        switch fate?.processing {
        case .time(let duration): ready += FileCourse.nanoseconds(duration)
        case .polls(let count): pollsLeft = max(0, count)
        case nil: if fate == nil, isFilm { ready += FileCourse.filmTime }
        }
    }

    /// No file is kept longer than 48 hours, so no time needs to be longer.
    private static func nanoseconds(_ duration: Duration) -> Int64 {
        let (seconds, attoseconds) = min(max(duration, .zero), .nanoseconds(FileStore.lifetime)).components
        return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
    }

    func isOver(at now: Int64) -> Bool { pollsLeft == 0 && now >= ready }

    /// When the file is gone before its time; nil where it isn't, or that is unknown.
    var expires: Int64? { end == .expired && pollsLeft == 0 ? ready : nil }

    func state(at now: Int64) -> FileState {
        if !isOver(at: now) { return .processing }
        return end == .failed ? .failed : .active
    }

    /// The file has been asked for.
    mutating func poll(at now: Int64) {
        guard pollsLeft > 0 else { return }
        pollsLeft -= 1
        if pollsLeft == 0 { ready = max(ready, now) }
    }

    /// `google.rpc.Status`. The documentation tells the member and its shape (CORE 3.1); code and words are assumed.
    func writeError(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("code", 13)
            writer.member("message", error ?? APIError.internalError.message)
        }
    }
}
