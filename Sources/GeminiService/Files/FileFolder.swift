// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire
import MediaProbe

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A folder in which files outlive the server: `ID` has a file's bytes, `ID.json` what is known of it; where another tenant's
/// file has the id already, both begin with `ID~OWNER`. What is on its way ends with `.part` and is removed at the next start.
/// Other files in it are left alone.
///
/// Used by one server at a time.
public final class FileFolder: Sendable {
    private let path: String
    /// The descriptor that holds the lock; -1 when it is given back.
    private let lock: Monitor<Int32>
    private let parts = Monitor(0)

    /// Makes the folder where it is missing, for its owner alone.
    ///
    /// - Throws: `FileFolderError` where it can't be used.
    public init(path: String) throws(FileFolderError) {
        self.path = path
        lock = Monitor(try FileFolder.lock(path))
    }

    deinit { release() }

    /// Lets another server have the folder. Nothing may be written to it from now on.
    func release() {
        lock.withLock { descriptor in
            if descriptor >= 0 { close(descriptor) }
            descriptor = -1
        }
    }

    private static func lock(_ path: String) throws(FileFolderError) -> Int32 {
        if mkdir(path, 0o700) != 0, errno != EEXIST { throw FileFolderError("can't make the folder", path) }
        let descriptor = open("\(path)/.lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw FileFolderError("can't write to the folder", path) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let error =
                errno == EWOULDBLOCK
                ? FileFolderError("another server uses the folder \(path)")
                : FileFolderError("can't lock", path)
            close(descriptor)
            throw error
        }
        return descriptor
    }

    /// Room for the bytes of a file that is about to arrive.
    func makeContent() -> Content {
        let number = parts.withLock { number in
            number += 1
            return number
        }
        return Content(folder: path, name: "\(number).part")
    }

    /// The files that it holds, the oldest first. Rests of what didn't come to its end are removed.
    func load() -> [(file: StoredFile, owner: String, content: Content)] {
        var found: [(file: StoredFile, owner: String, content: Content)] = []
        for name in names() {
            if FileFolder.isPart(name) {
                unlink("\(path)/\(name)")
            } else if name.hasSuffix(".json"), let bytes = FileFolder.read("\(path)/\(name)"),
                let (file, owner) = StoredFile.read(bytes),
                let stem = [file.id, FileFolder.stem(file.id, owner)].first(where: { name == "\($0).json" })
            {
                if FileFolder.size("\(path)/\(stem)") == file.sizeBytes {
                    found.append((file, owner, Content(folder: path, kept: stem)))
                } else {
                    unlink("\(path)/\(name)")
                }
            }
        }
        return found.sorted { ($0.file.created, $0.file.id) < ($1.file.created, $1.file.id) }
    }

    /// What a file is called where the id alone is another's: with a part of its owner's hash, behind what no id has.
    private static func stem(_ id: String, _ owner: String) -> String { "\(id)~\(owner.prefix(16))" }

    private static func isStem(_ text: Substring) -> Bool {
        let halves = text.split(separator: "~", maxSplits: 1, omittingEmptySubsequences: false)
        return FileName.isValid(String(halves[0]))
            && (halves.count == 1 || halves[1].utf8.count == 16 && FileName.hasItsCharacters(halves[1]))
    }

    /// Whether it is a name that this class gives: a browser's downloads end with `.part`, too.
    private static func isPart(_ name: String) -> Bool {
        guard name.hasSuffix(".part") else { return false }
        let stem = name.dropLast(5)
        return stem.hasSuffix(".json")
            ? isStem(stem.dropLast(5))
            : !stem.isEmpty && stem.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
    }

    private func names() -> [String] {
        guard let folder = opendir(path) else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            names.append(
                withUnsafePointer(to: &entry.pointee.d_name) { name in
                    name.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: name.pointee))
                    {
                        String(cString: $0)
                    }
                }
            )
        }
        return names
    }

    private static func read(_ path: String) -> [UInt8]? {
        // Without waiting: somebody may have put a pipe there.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        // What is known of a file takes a kilobyte.
        return OpenFile.bytes(of: descriptor, atMost: 64 * 1024)
    }

    /// Nil where there is no plain file.
    private static func size(_ path: String) -> Int? {
        var status = stat()
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return Int(status.st_size)
    }

    /// The bytes of one file. Removed with the object, unless `keep` was called.
    ///
    /// `@unchecked Sendable`: one upload alone uses it until the file is in the store, which then only deletes it.
    final class Content: @unchecked Sendable {
        private let folder: String
        /// Of the file in which the bytes are while they arrive.
        private let part: String
        private var descriptor: Int32 = -1
        private var isMade = false
        private var failure: FileFolderError?
        private var kept: String?

        fileprivate init(folder: String, name: String) {
            self.folder = folder
            part = "\(folder)/\(name)"
        }

        fileprivate init(folder: String, kept stem: String) {
            self.folder = folder
            part = ""
            kept = stem
        }

        deinit {
            pause()
            if isMade, kept == nil { unlink(part) }
        }

        func append(_ bytes: UnsafeRawBufferPointer) {
            if descriptor < 0 { openPart() }
            guard failure == nil else { return }
            if !OpenFile.write(bytes, to: descriptor) { failure = FileFolderError("can't write", part) }
        }

        /// Holds no descriptor until more bytes come: thousands of uploads may wait for their next chunk for a week.
        func pause() {
            if descriptor >= 0 { close(descriptor) }
            descriptor = -1
        }

        private func openPart() {
            guard failure == nil else { return }
            // Made only once: a file that somebody has removed must not come back without its beginning.
            let flags = isMade ? O_APPEND : O_CREAT | O_TRUNC
            descriptor = open(part, O_WRONLY | O_CLOEXEC | flags, 0o600)
            isMade = true
            if descriptor < 0 { failure = FileFolderError("can't write", part) }
        }

        /// Puts the bytes in their place, and what is known of them beside. The facts come first and go last: where the
        /// program ends in between, they are facts without bytes, which the next start removes.
        ///
        /// - Parameter isBesideOthers: whether another owner has a file of that id.
        /// - Throws: `FileFolderError` where one of the writes has failed; nothing is kept then.
        func keep(
            _ file: StoredFile, owner: String, isBesideOthers: Bool = false
        ) throws(FileFolderError) {
            if !isMade { openPart() }
            pause()
            if let failure { throw failure }
            let stem = isBesideOthers ? FileFolder.stem(file.id, owner) : file.id
            let place = "\(folder)/\(stem)"
            // Nothing of this server's has the name, so it is somebody's.
            guard access(place, F_OK) != 0, access("\(place).json", F_OK) != 0 else {
                throw FileFolderError("another file is in the place of \(place)")
            }
            let facts = "\(place).json.part"
            let target = open(facts, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
            guard target >= 0 else { throw FileFolderError("can't write", facts) }
            let isWritten = OpenFile.write(file.bytes(owner: owner), to: target)
            close(target)
            guard isWritten, rename(facts, "\(place).json") == 0 else {
                let error = FileFolderError("can't write", facts)
                unlink(facts)
                throw error
            }
            guard rename(part, place) == 0 else {
                let error = FileFolderError("can't write", place)
                unlink("\(place).json")
                throw error
            }
            kept = stem
        }

        func delete() {
            guard let kept else { return }
            unlink("\(folder)/\(kept)")
            unlink("\(folder)/\(kept).json")
        }
    }
}

/// Why a folder can't be used.
public struct FileFolderError: Error, Sendable, Equatable, CustomStringConvertible {
    public let description: String

    init(_ description: String) {
        self.description = description
    }

    /// With what the system says of the last call.
    init(_ what: String, _ path: String) {
        description = "\(what) \(path): \(String(cString: strerror(errno)))"
    }
}
