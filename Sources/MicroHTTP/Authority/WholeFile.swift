// SPDX-License-Identifier: Apache-2.0

import HTTPWire

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Small files that are there whole or not at all.
enum WholeFile {
    /// - Parameters:
    ///   - limit: in bytes; one more is read at most.
    ///   - isPrivate: whether it must be this user's alone.
    /// - Returns: nil where there is none.
    static func read(_ path: String, atMost limit: Int, isPrivate: Bool = false) throws(TLSAuthorityError)
        -> [UInt8]?
    {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | (isPrivate ? O_NOFOLLOW : 0))
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw .file("read", path, errno: errno)
        }
        defer { close(descriptor) }
        if isPrivate { try check(descriptor, path) }
        guard let bytes = OpenFile.bytes(of: descriptor, atMost: limit) else {
            throw .file("read", path, errno: errno)
        }
        return bytes
    }

    /// Who holds the folder's lock may call this; what was there before stays until the new one is whole.
    static func write(_ bytes: [UInt8], to path: String, mode: mode_t) throws(TLSAuthorityError) {
        let new = "\(path).new"
        unlink(new)
        let descriptor = open(new, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode)
        guard descriptor >= 0 else { throw .file("write", new, errno: errno) }
        guard OpenFile.write(bytes, to: descriptor) else { return try giveUp(new, descriptor) }
        guard fsync(descriptor) == 0, close(descriptor) == 0, rename(new, path) == 0 else {
            return try giveUp(new, -1)
        }
    }

    private static func giveUp(_ path: String, _ descriptor: Int32) throws(TLSAuthorityError) {
        let number = errno
        if descriptor >= 0 { close(descriptor) }
        unlink(path)
        throw .file("write", path, errno: number)
    }

    private static func check(_ descriptor: Int32, _ path: String) throws(TLSAuthorityError) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .file("look at", path, errno: errno) }
        guard status.st_uid == geteuid() else { throw .unsafe(path, "the file belongs to another user") }
        guard status.st_mode & 0o077 == 0 else {
            throw .unsafe(
                path, "others may read it: they may have its key; `gemini-mock ca replace` makes a new one")
        }
    }
}
