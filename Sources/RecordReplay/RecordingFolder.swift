// SPDX-License-Identifier: Apache-2.0

import HTTPWire

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The folder in which a recording is kept.
public struct RecordingFolder: Sendable {
    /// Without a slash at its end.
    public let path: String

    /// How much is read: more is a mistake. In bytes, of `recording.json` and of each body beside it.
    static let mainLimit = 512 * 1024 * 1024
    static let bodyLimit = 2 * 1024 * 1024 * 1024
    /// A value or a name stands in so many bytes of a recording with short lines, the most that there are.
    private static let bytesPerNode = 20

    /// - Parameter path: of the folder, or of the `recording.json` in it. An empty one is that of the folder one is in.
    public init(_ path: String) {
        let isNowhere = path.isEmpty
        var path = path
        let file = "/\(RecordingFormat.fileName)"
        if path == RecordingFormat.fileName { path = "." }
        if path.hasSuffix(file) { path.removeLast(file.utf8.count) }
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        self.path = isNowhere ? "." : path.isEmpty ? "/" : path
    }

    /// What to call a recording that is made here: the last part of the path.
    public var name: String {
        path.split(separator: "/").last.map(String.init) ?? path
    }

    /// Whether there is a recording.
    public var hasRecording: Bool { PlainFile.exists(mainPath) }

    var mainPath: String { "\(path)/\(RecordingFormat.fileName)" }
    var bodyPath: String { "\(path)/\(RecordingFormat.bodyFolder)" }
    /// Where a recorder that runs keeps what it has.
    var partPath: String { "\(path)/recording.part" }

    // MARK: - Reading

    /// - Throws: all that is wrong with it.
    public func read() throws(RecordingProblems) -> Recording {
        try read(file: mainPath)
    }

    func read(file: String) throws(RecordingProblems) -> Recording {
        try readDocument(file).recording
    }

    /// What a file has in it, and its text.
    ///
    /// - Parameter isThorough: whether the bodies beside it are compared with what is told of them.
    func readDocument(_ file: String, isThorough: Bool = false) throws(RecordingProblems) -> RecordingDocument
    {
        let text: [UInt8]
        switch PlainFile.read(file, limit: RecordingFolder.mainLimit) {
        case .success(let bytes): text = bytes
        case .failure(let failure):
            throw RecordingProblems(problems: [RecordingProblem(file: file, failure.reason)])
        }
        let document = try parse(text, file: file)
        let (recording, found, names) = document.root.withNodes { nodes, at in
            let reader = RecordingReader(nodes, isThorough: isThorough, source: body)
            let recording = reader.recording(at, named: name)
            return (recording, reader.problems, reader.bodyNames)
        }
        guard found.isEmpty, let recording else { throw RecordingProblems(found, in: text, file: file) }
        return RecordingDocument(file: file, recording: recording, json: document, bodyNames: names)
    }

    func parse(_ text: [UInt8], file: String) throws(RecordingProblems) -> JSONDocument {
        do {
            return try JSONDocument(
                parsing: text, grammar: .strict, expectedNodes: text.count / RecordingFolder.bytesPerNode)
        } catch {
            let words = error.message.split(separator: "\n").first.map(String.init) ?? error.message
            throw RecordingProblems([(error.offset, "isn't JSON: \(words)", nil)], in: text, file: file)
        }
    }

    func body(_ name: String) -> Result<[UInt8], RecordingReader.BodyFailure> {
        PlainFile.read("\(path)/\(name)", limit: RecordingFolder.bodyLimit)
    }

    // MARK: - Writing

    /// Puts a recording in the place of what is there.
    ///
    /// - Throws: where it can't be written, or another process writes there; then what was there is whole.
    public func write(_ recording: Recording) throws(RecordingFileError) {
        try PlainFile.makeFolder(path)
        let lock = try FolderLock(folder: path)
        try write(recording, with: lock)
    }

    /// Puts a recording where there is none yet.
    ///
    /// - Parameter replaces: whether it may take the place of one that is there.
    /// - Throws: where there is one, or a part of one, or it can't be written.
    public func create(_ recording: Recording, replaces: Bool) throws(RecordingFileError) {
        try PlainFile.makeFolder(path)
        let lock = try FolderLock(folder: path)
        if PlainFile.exists(partPath) { throw killedRecorder }
        if hasRecording, !replaces {
            throw RecordingFileError(
                "there is a recording in \(path) already; --replace puts another in its place")
        }
        try write(recording, with: lock)
    }

    private var killedRecorder: RecordingFileError {
        RecordingFileError(
            "\(path) has a part of a recorder that was killed; begin a recording there to save it, or remove \(partPath)"
        )
    }

    /// - Parameter lock: that of this folder.
    func write(_ recording: Recording, with lock: FolderLock, to file: String? = nil)
        throws(RecordingFileError)
    {
        let files = RecordingFormat.files(of: recording)
        let new = try writeBodies(files.bodies)
        do {
            try PlainFile.replace(file ?? mainPath, with: files.main)
        } catch {
            for name in new { unlink("\(path)/\(name)") }
            throw error
        }
        PlainFile.sync(folder: path)
        if file == nil { removeUnused(keeping: Set(files.bodies.map(\.name))) }
        withExtendedLifetime(lock) {}
    }

    /// Writes the file alone: the bodies that it refers to are there.
    func write(main text: [UInt8], referringTo names: Set<String>) throws(RecordingFileError) {
        try PlainFile.replace(mainPath, with: text)
        PlainFile.sync(folder: path)
        removeUnused(keeping: names)
    }

    /// - Returns: the names of those that weren't there.
    func writeBodies(_ bodies: [RecordingFormat.BodyFile]) throws(RecordingFileError) -> [String] {
        guard !bodies.isEmpty else { return [] }
        try PlainFile.makeFolder(bodyPath)
        var new: [String] = []
        for body in bodies where !isThere(body) {
            do {
                try PlainFile.replace("\(path)/\(body.name)", with: body.bytes)
            } catch {
                for name in new { unlink("\(path)/\(name)") }
                throw error
            }
            new.append(body.name)
        }
        PlainFile.sync(folder: bodyPath)
        return new
    }

    private func isThere(_ body: RecordingFormat.BodyFile) -> Bool {
        guard case .success(let bytes) = PlainFile.read("\(path)/\(body.name)", limit: body.bytes.count)
        else {
            return false
        }
        return bytes == body.bytes
    }

    /// Takes out of the recording that is here what must not be kept, and writes it where something is changed.
    ///
    /// - Returns: what was changed, with the number of the exchange, from 1.
    /// - Throws: `RecordingProblems` where it can't be read, `RecordingFileError` where it can't be written.
    public func redact(_ redaction: Redaction) throws -> [(exchange: Int, change: Redaction.Change)] {
        let lock = try FolderLock(folder: path)
        if PlainFile.exists(partPath) { throw killedRecorder }
        var recording = try read()
        var found: [(exchange: Int, change: Redaction.Change)] = []
        for index in recording.exchanges.indices {
            let (exchange, changes) = redaction.redact(recording.exchanges[index])
            recording.exchanges[index] = exchange
            found += changes.map { (index + 1, $0) }
        }
        if !found.isEmpty { try write(recording, with: lock) }
        return found
    }

    /// Removes bodies that nothing refers to any more, and rests of what didn't come to its end. Other files stay.
    private func removeUnused(keeping names: Set<String>) {
        // That file refers to bodies, too.
        guard !PlainFile.exists(recoveredPath) else { return }
        for name in PlainFile.names(in: bodyPath) {
            let stem = name.hasSuffix(".tmp") ? name.dropLast(4) : name[...]
            guard BodyName.isFileName(stem), !names.contains("\(RecordingFormat.bodyFolder)/\(name)") else {
                continue
            }
            unlink("\(bodyPath)/\(name)")
        }
        // Only if it is empty.
        rmdir(bodyPath)
    }
}

extension RecordingProblems {
    init(_ found: [(offset: Int, message: String, suggestion: String?)], in text: [UInt8], file: String) {
        let places = TextPlaces(text)
        problems = found.sorted { $0.offset < $1.offset }.map { problem in
            RecordingProblem(
                file: file, at: places.place(of: problem.offset), problem.message,
                suggestion: problem.suggestion)
        }
    }
}
