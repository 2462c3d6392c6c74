// SPDX-License-Identifier: Apache-2.0

import HTTPWire

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Files of recordings: read whole, and written so that there is always the old one or the new one.
enum PlainFile {
    /// - Parameter limit: in bytes; a larger file isn't read.
    static func read(_ path: String, limit: Int) -> Result<[UInt8], RecordingReader.BodyFailure> {
        // Without waiting: somebody may have put a pipe there.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return failure(String(cString: strerror(errno))) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return failure(String(cString: strerror(errno))) }
        guard status.st_mode & S_IFMT == S_IFREG else { return failure("is no file") }
        let size = Int(status.st_size)
        guard size <= limit else { return failure("has \(size) bytes, more than \(limit)") }
        guard let bytes = OpenFile.bytes(of: descriptor, atMost: limit, expecting: size) else {
            return failure(String(cString: strerror(errno)))
        }
        // It may have grown meanwhile.
        guard bytes.count <= limit else { return failure("has more than \(limit) bytes") }
        return .success(bytes)
    }

    private static func failure(_ reason: String) -> Result<[UInt8], RecordingReader.BodyFailure> {
        .failure(RecordingReader.BodyFailure(reason: reason))
    }

    /// Writes a file for its owner alone: beside the place first, then it takes the place of what was there.
    static func replace(_ path: String, with bytes: [UInt8]) throws(RecordingFileError) {
        let part = "\(path).tmp"
        unlink(part)
        let descriptor = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw RecordingFileError("can't write", path) }
        let isWritten = OpenFile.write(bytes, to: descriptor) && fsync(descriptor) == 0
        var error = isWritten ? nil : RecordingFileError("can't write", path)
        if close(descriptor) != 0, error == nil { error = RecordingFileError("can't write", path) }
        if error == nil, rename(part, path) != 0 { error = RecordingFileError("can't write", path) }
        guard let error else { return }
        unlink(part)
        throw error
    }

    /// Makes renames in a folder outlast a power cut; as well as may be.
    static func sync(folder path: String) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }

    /// A folder for its owner alone, where it is missing.
    static func makeFolder(_ path: String) throws(RecordingFileError) {
        guard mkdir(path, 0o700) != 0, errno != EEXIST else { return }
        if errno == ENOENT, let slash = path.lastIndex(of: "/"), slash > path.startIndex {
            try makeOuterFolder(String(path[..<slash]))
            if mkdir(path, 0o700) == 0 { return }
        }
        throw RecordingFileError("can't make the folder", path)
    }

    private static func makeOuterFolder(_ path: String) throws(RecordingFileError) {
        guard mkdir(path, 0o777) != 0, errno != EEXIST else { return }
        if errno == ENOENT, let slash = path.lastIndex(of: "/"), slash > path.startIndex {
            try makeOuterFolder(String(path[..<slash]))
            if mkdir(path, 0o777) == 0 { return }
        }
        throw RecordingFileError("can't make the folder", path)
    }

    /// What is in a folder, in alphabetical order; empty where it can't be read.
    static func names(in path: String) -> [String] {
        guard let folder = opendir(path) else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { name in
                name.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: name.pointee)) {
                    String(cString: $0)
                }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}
