// SPDX-License-Identifier: Apache-2.0

extension RecordingFolder {
    /// The folders in this one that have a recording, by their names; empty where this isn't there.
    public var inside: [RecordingFolder] {
        PlainFile.names(in: path).sorted().map { RecordingFolder("\(path)/\($0)") }.filter(\.hasRecording)
    }
}
