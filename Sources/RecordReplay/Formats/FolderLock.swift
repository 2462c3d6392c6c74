// SPDX-License-Identifier: Apache-2.0

import HTTPWire

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Keeps a recording's folder for one writer. The lock goes with the process, however it ends.
final class FolderLock: Sendable {
    private let descriptor: Int32
    private let path: String

    /// - Throws: where another has it, with the number of its process.
    init(folder: String) throws(RecordingFileError) {
        let path = "\(folder)/.lock"
        for _ in 0..<100 {
            let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
            guard descriptor >= 0 else { throw RecordingFileError("can't write to the folder", folder) }
            guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
                defer { close(descriptor) }
                throw FolderLock.refusal(descriptor, folder)
            }
            // The one that had it before may have removed the file between the two calls.
            if FolderLock.isSame(descriptor, path) {
                FolderLock.tellProcess(descriptor)
                (self.descriptor, self.path) = (descriptor, path)
                return
            }
            close(descriptor)
        }
        throw RecordingFileError("can't lock the folder \(folder): others take the lock all the time")
    }

    deinit {
        unlink(path)
        close(descriptor)
    }

    private static func isSame(_ descriptor: Int32, _ path: String) -> Bool {
        var (mine, there) = (stat(), stat())
        return fstat(descriptor, &mine) == 0 && stat(path, &there) == 0 && mine.st_ino == there.st_ino
            && mine.st_dev == there.st_dev
    }

    private static func tellProcess(_ descriptor: Int32) {
        ftruncate(descriptor, 0)
        // It is for people; where it can't be written, they are told less.
        _ = OpenFile.write(Array("\(getpid())\n".utf8), to: descriptor)
    }

    private static func refusal(_ descriptor: Int32, _ folder: String) -> RecordingFileError {
        guard errno == EWOULDBLOCK else { return RecordingFileError("can't lock the folder", folder) }
        var digits = [UInt8](repeating: 0, count: 20)
        let count = pread(descriptor, &digits, digits.count, 0)
        let process = String(decoding: digits.prefix(max(0, count)).prefix { $0 != 0x0A }, as: UTF8.self)
        let who = process.isEmpty ? "another process" : "process \(process)"
        return RecordingFileError(
            "\(who) is writing to the recording \(folder); wait until it ends, or record into another folder")
    }
}
