// SPDX-License-Identifier: Apache-2.0

import RecordReplay

/// What was exchanged with a server, to be replayed.
public struct MockRecording: Sendable {
    private enum Source: Sendable {
        case path(String)
        case made(Recording)
    }

    private let source: Source

    /// - Parameter path: a recording's folder, or a folder with some in it, which are taken by their names' order.
    public init(path: String) {
        source = .path(path)
    }

    /// One that is in memory.
    init(_ recording: Recording) {
        source = .made(recording)
    }

    /// - Throws: `MockServerError` with all that is wrong in any of them.
    static func load(_ recordings: [MockRecording]) throws(MockServerError) -> [Recording] {
        var (loaded, problems): ([Recording], [String]) = ([], [])
        for recording in recordings {
            switch recording.source {
            case .made(let recording): loaded.append(recording)
            case .path(let path): read(path, &loaded, &problems)
            }
        }
        guard problems.isEmpty else { throw MockServerError(scenarios: problems) }
        return loaded
    }

    private static func read(_ path: String, _ loaded: inout [Recording], _ problems: inout [String]) {
        let folder = RecordingFolder(path)
        let folders = folder.hasRecording ? [folder] : folder.inside
        if folders.isEmpty { problems.append("\(path): there is no recording in it") }
        for folder in folders {
            do throws(RecordingProblems) {
                loaded.append(try folder.read())
            } catch {
                problems += error.problems.map(\.description)
            }
        }
    }
}
