// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import GeminiMock
import Logging
import RecordReplay
import Recorder

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Passes on what a server has no answer for, and lets a recording grow by it.
struct MissRecorder {
    private let folder: RecordingFolder
    private let writer: RecordingWriter
    private let growing: GrowingRecording
    private let passing: PassingRecorder

    /// - Parameter recordings: those that are replayed.
    /// - Returns: nil where it isn't asked for.
    /// - Throws: exit code 64 for bad usage, 65 for a recording with mistakes, 66 for files that can't be read, 69 without
    ///   libcurl, 73 where the recording can't be written; why is told.
    init?(_ options: MissOptions, recordings: [String], _ logger: Logger) throws {
        guard options.recordOnMiss, let upstream = options.upstream.flatMap({ UpstreamAddress($0) }) else {
            return nil
        }
        guard let place = options.to ?? (recordings.count == 1 ? recordings.first : nil) else {
            throw ValidationError("--record-on-miss needs --to FOLDER, or one --recording that grows.")
        }
        folder = RecordingFolder(place)
        if !folder.hasRecording, !RecordingCheck.folders(at: place).isEmpty {
            throw ValidationError("\(place) has several recordings: say with --to which one grows.")
        }
        var configuration = RecordingServer.Configuration(upstream: upstream, folder: folder.path)
        try options.access.apply(to: &configuration)
        configuration.redaction = try options.secrets.redaction()
        configuration.logger = logger
        writer = try MissRecorder.open(folder, upstream)
        growing = GrowingRecording(writer)
        do {
            passing = try PassingRecorder(configuration, to: growing)
        } catch {
            writer.discard()
            Output.error("gemini-mock: \(error)")
            throw ExitCode(EX_UNAVAILABLE)
        }
    }

    private static func open(_ folder: RecordingFolder, _ upstream: UpstreamAddress) throws -> RecordingWriter
    {
        do {
            let recording = Recording(
                name: folder.name, upstream: upstream.description, made: RecordCommand.now)
            let writer = try RecordingWriter(recording, to: folder, mode: .append)
            RecordCommand.tell(writer.recovery, in: folder.path)
            return writer
        } catch {
            Output.error("gemini-mock: \(error)")
            throw ExitCode(EX_CANTCREAT)
        }
    }

    /// - Throws: exit code 65 where the recording that is there has mistakes; they are told.
    func apply(to configuration: inout MockServer.Configuration, recordings: [String]) throws {
        configuration.misses = passing
        configuration.recordings = recordings.filter { RecordingFolder($0).path != folder.path }.map {
            MockRecording(path: $0)
        }
        do {
            configuration.growing = folder.hasRecording ? try folder.read() : Recording(name: folder.name)
        } catch {
            writer.discard()
            Output.error("\(error)")
            throw ExitCode(EX_DATAERR)
        }
    }

    /// Before the server is asked for anything.
    func start() { passing.start() }

    /// The server has this recorder, as where its misses go: to hold it in turn would keep both for good.
    func begin(_ server: MockServer) { growing.begin { [weak server] in server?.addRecorded($0) } }

    /// Nothing was recorded, and nothing will be.
    func giveUp() {
        passing.stop()
        writer.discard()
    }

    /// Writes the recording; when the server has stopped.
    ///
    /// - Throws: exit code 73 where not all is recorded; that is told.
    func finish() throws {
        passing.stop()
        let lost = passing.counts.lost
        if growing.count == 0 {
            writer.discard()
        } else {
            do {
                try writer.finish()
            } catch {
                Output.error("gemini-mock: \(error)")
                throw ExitCode(EX_CANTCREAT)
            }
            let what = growing.count == 1 ? "1 exchange is new" : "\(growing.count) exchanges are new"
            Output.error("gemini-mock: \(what) in \(folder.path)")
        }
        guard lost > 0 else { return }
        Output.error("gemini-mock: \(lost) exchanges couldn't be recorded")
        throw ExitCode(EX_CANTCREAT)
    }
}
