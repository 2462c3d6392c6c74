// SPDX-License-Identifier: Apache-2.0

import HTTPWire

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Writes a recording that grows for as long as its recorder runs.
///
/// Each exchange becomes a line of `recording.part` at once: whoever is killed loses the last line at most. `finish` makes the
/// recording of it. Until then the recording that was there before stays as it was; without it the next recorder saves the part.
public final class RecordingWriter: Sendable {
    /// What becomes of a recording that is there already.
    public enum Mode: String, Sendable, CaseIterable {
        /// What is recorded takes its place.
        case replace
        /// What is recorded goes behind it.
        case append
    }

    /// What a recorder left behind that was killed.
    public enum Recovery: Sendable, Equatable {
        /// So many exchanges are in the recording now.
        case added(Int)
        /// So many are in a file of their own: they were to take the place of a recording that is whole, or would
        /// be replaced by what is recorded now.
        case besides(Int, file: String)
        /// It couldn't be read, and is kept in that file.
        case unreadable(file: String)
    }

    /// Bodies aren't kept in memory: they are in their files, or in the texts.
    private struct State {
        var descriptor: Int32
        /// The exchanges, as they will stand in the file.
        var texts: [[UInt8]]
        /// The bodies that they refer to.
        var names: Set<String>
        /// The length of what was written whole.
        var length: Int
    }

    private let folder: RecordingFolder
    private let recording: Recording
    private let lock: FolderLock
    private let state: Monitor<State>
    /// One body at a time: two that are the same go to the same file. It holds a value that takes room: the thread sanitizer
    /// would take an empty one's place for its neighbour's.
    private let bodies = Monitor(false)
    /// What was found of a recorder that was killed; nil where there was nothing.
    public let recovery: Recovery?

    /// Begins to record.
    ///
    /// - Parameter recording: its name, where it is from, how it is matched; exchanges in it aren't looked at. In mode `append`
    ///   a recording that is there keeps its own.
    /// - Throws: where it can't be written or gone on with, or another process writes there.
    public init(_ recording: Recording, to folder: RecordingFolder, mode: Mode) throws(RecordingFileError) {
        try PlainFile.makeFolder(folder.path)
        lock = try FolderLock(folder: folder.path)
        recovery = try folder.recoverPart(with: lock, before: mode)
        let earlier = mode == .append ? try RecordingWriter.earlier(in: folder) : nil
        var writer = ExchangeWriter()
        let texts = (earlier?.exchanges ?? []).map { RecordingFormat.text(of: $0, &writer) }
        var base = earlier ?? recording
        base.exchanges = []
        self.recording = base
        self.folder = folder
        let head = RecordingPart.head(of: base, mode)
        let descriptor = try RecordingWriter.makePart(folder.partPath, head)
        state = Monitor(
            State(
                descriptor: descriptor, texts: texts, names: Set(writer.bodies.map(\.name)),
                length: head.count))
    }

    private static func earlier(in folder: RecordingFolder) throws(RecordingFileError) -> Recording? {
        guard folder.hasRecording else { return nil }
        do {
            return try folder.read()
        } catch {
            throw RecordingFileError("the recording to go on with can't be read:\n\(error)")
        }
    }

    private static func makePart(_ path: String, _ head: [UInt8]) throws(RecordingFileError) -> Int32 {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw RecordingFileError("can't write", path) }
        guard OpenFile.write(head, to: descriptor) else {
            let error = RecordingFileError("can't write", path)
            close(descriptor)
            unlink(path)
            throw error
        }
        return descriptor
    }

    deinit { state.withLock { if $0.descriptor >= 0 { close($0.descriptor) } } }

    /// How many exchanges the recording would have now.
    public var count: Int { state.withLock { $0.texts.count } }

    /// Adds an exchange; its bytes are with the system when this returns.
    ///
    /// - Throws: where they can't be written; then it isn't in the recording, and those before are.
    public func append(_ exchange: RecordedExchange) throws(RecordingFileError) {
        var writer = ExchangeWriter()
        let text = RecordingFormat.text(of: exchange, &writer)
        let line = RecordingPart.line(of: exchange, &writer)
        try bodies.withLock { _ throws(RecordingFileError) in _ = try folder.writeBodies(writer.bodies) }
        try state.withLock { state throws(RecordingFileError) in
            guard state.descriptor >= 0 else { throw RecordingFileError("the recording is finished") }
            guard OpenFile.write(line, to: state.descriptor) else {
                let error = RecordingFileError("can't write", folder.partPath)
                // Half a line would spoil the next one.
                ftruncate(state.descriptor, off_t(state.length))
                throw error
            }
            state.length += line.count
            state.texts.append(text)
            state.names.formUnion(writer.bodies.map(\.name))
        }
    }

    /// Leaves the recording that was there before as it was, and what was added where it is: the next recorder saves it.
    /// Nothing can be added from now on.
    ///
    /// - Returns: the file in which it is.
    public func leave() -> String {
        state.withLock { state in
            if state.descriptor >= 0 { close(state.descriptor) }
            state.descriptor = -1
        }
        return folder.partPath
    }

    /// Forgets what was added, and leaves the recording that was there before as it was. Nothing can be added from now on.
    public func discard() { unlink(leave()) }

    /// Makes the recording of all that was added. Nothing can be added from now on.
    ///
    /// - Throws: where it can't be written; then the part is still there, and the next recorder will find it.
    public func finish() throws(RecordingFileError) {
        let (texts, names) = state.withLock { state in
            if state.descriptor >= 0 { close(state.descriptor) }
            state.descriptor = -1
            return (state.texts, state.names)
        }
        try folder.write(main: RecordingFormat.main(of: recording, texts), referringTo: names)
        unlink(folder.partPath)
    }
}
