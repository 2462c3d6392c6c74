// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire
import MediaProbe

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A folder in which files outlive the server: `ID` has a file's bytes, `ID.json` what is known of it. What is on its way
/// ends with `.part` and is removed at the next start.
///
/// Used by one server at a time.
public final class FileFolder: Sendable {
    private let path: String
    private let lock: Int32
    private let parts = Monitor(0)

    /// Makes the folder where it is missing, for its owner alone.
    ///
    /// - Throws: `FileFolderError` where it can't be used.
    public init(path: String) throws(FileFolderError) {
        self.path = path
        if mkdir(path, 0o700) != 0, errno != EEXIST { throw FileFolderError("can't make the folder", path) }
        lock = open("\(path)/.lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard lock >= 0 else { throw FileFolderError("can't write to the folder", path) }
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            let isTaken = errno == EWOULDBLOCK
            let error =
                isTaken
                ? FileFolderError("another server uses the folder \(path)")
                : FileFolderError("can't lock", path)
            close(lock)
            throw error
        }
    }

    deinit { close(lock) }

    /// Room for the bytes of a file that is about to arrive.
    func makeContent() -> Content {
        let number = parts.withLock { number in
            number += 1
            return number
        }
        return Content(folder: path, name: "\(number).part")
    }

    /// The files that it holds, the oldest first; rests of uploads, and what can't be read, are removed or passed over.
    func load() -> [(file: StoredFile, owner: String, content: Content)] {
        var found: [(file: StoredFile, owner: String, content: Content)] = []
        for name in names() {
            if name.hasSuffix(".part") {
                unlink("\(path)/\(name)")
            } else if name.hasSuffix(".json"), let bytes = FileFolder.read("\(path)/\(name)"),
                let (file, owner) = StoredFile.read(bytes), name == "\(file.id).json"
            {
                found.append((file, owner, Content(folder: path, kept: file.id)))
            }
        }
        return found.sorted { ($0.file.created, $0.file.id) < ($1.file.created, $1.file.id) }
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
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        // What is known of a file takes a kilobyte.
        var bytes = [UInt8](repeating: 0, count: 64 * 1024)
        let count = systemRead(descriptor, &bytes, bytes.count)
        return count > 0 ? Array(bytes.prefix(count)) : nil
    }

    /// The bytes of one file. Removed with the object, unless `keep` was called. Open only while bytes arrive: uploads that
    /// nobody goes on with are kept for long, and there may be thousands of them.
    ///
    /// `@unchecked Sendable`: an upload's thread alone uses it until the file is in the store, which then only deletes it.
    final class Content: @unchecked Sendable {
        private let folder: String
        private let name: String
        private var descriptor: Int32 = -1
        private var hasBegun = false
        private var failure: FileFolderError?
        private var kept: String?

        fileprivate init(folder: String, name: String) {
            self.folder = folder
            self.name = name
        }

        fileprivate init(folder: String, kept id: String) {
            self.folder = folder
            name = id
            kept = id
        }

        deinit {
            pause()
            if hasBegun, kept == nil { unlink("\(folder)/\(name)") }
        }

        func append(_ bytes: UnsafeRawBufferPointer) {
            guard failure == nil else { return }
            if descriptor < 0 { resume() }
            if descriptor < 0 || !writeAll(bytes, to: descriptor) {
                failure = FileFolderError("can't write", "\(folder)/\(name)")
            }
        }

        /// No bytes are to be expected for now.
        func pause() {
            if descriptor >= 0 { close(descriptor) }
            descriptor = -1
        }

        private func resume() {
            let rest = hasBegun ? O_APPEND : O_TRUNC
            descriptor = open("\(folder)/\(name)", O_WRONLY | O_CREAT | O_CLOEXEC | rest, 0o600)
            hasBegun = hasBegun || descriptor >= 0
        }

        /// Puts the bytes in their place, and what is known of them beside.
        ///
        /// - Throws: `FileFolderError` where one of the writes has failed; nothing is kept then.
        func keep(_ file: StoredFile, owner: String) throws(FileFolderError) {
            // So that an empty file is there, too.
            append(UnsafeRawBufferPointer(start: nil, count: 0))
            if let failure { throw failure }
            pause()
            let facts = "\(folder)/\(file.id).json.part"
            let target = open(facts, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
            guard target >= 0 else { throw FileFolderError("can't write", facts) }
            let isWritten = file.bytes(owner: owner).withUnsafeBytes { writeAll($0, to: target) }
            close(target)
            guard isWritten, rename("\(folder)/\(name)", "\(folder)/\(file.id)") == 0,
                rename(facts, "\(folder)/\(file.id).json") == 0
            else {
                let error = FileFolderError("can't write", "\(folder)/\(file.id)")
                unlink(facts)
                unlink("\(folder)/\(file.id)")
                throw error
            }
            kept = file.id
        }

        func delete() {
            guard let kept else { return }
            unlink("\(folder)/\(kept).json")
            unlink("\(folder)/\(kept)")
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

private func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Bool {
    var rest = bytes
    while !rest.isEmpty {
        let count = write(descriptor, rest.baseAddress, rest.count)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return false }
        rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
    }
    return true
}

private func systemRead(_ descriptor: Int32, _ bytes: UnsafeMutableRawPointer, _ count: Int) -> Int {
    read(descriptor, bytes, count)
}
