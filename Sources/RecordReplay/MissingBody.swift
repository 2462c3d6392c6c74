// SPDX-License-Identifier: Apache-2.0

/// Why a recording doesn't have the bytes of an answer's body.
public enum MissingBody: Sendable, Equatable {
    /// It was too long to be kept (`RecordingFormat.longestBody`).
    case tooLong
    /// It is compressed so that it can't be searched for credentials (`Redaction`).
    ///
    /// - Parameter coding: as `Content-Encoding` says it, in lower case.
    case unsearchable(coding: String)
    /// Another tool's file that it was imported from doesn't have it: not even its hash is known.
    case notImported

    /// Nil where the bytes are there.
    public init?(of answer: RecordedAnswer) {
        let body = answer.body
        guard body.bytes == nil else { return nil }
        let coding = BodyForm.value(of: "content-encoding", answer.fields)
        let isPlain = coding.isEmpty || coding == "identity"
        if body.sha256 == nil {
            self = .notImported
        } else if isPlain || body.length > RecordingFormat.longestBody {
            self = .tooLong
        } else {
            self = .unsearchable(coding: coding)
        }
    }
}
