// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A file on disk that is to be uploaded.
final class SourceFile {
    let path: String
    /// In bytes, when it was opened.
    let size: Int
    private let descriptor: Int32

    /// - Throws: `ClientFailure` where it can't be read.
    init(_ path: String) throws {
        self.path = path
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw ClientFailure("refused", "can’t read \(path)") }
        size = SourceFile.size(descriptor)
    }

    deinit { close(descriptor) }

    /// The last part of its path.
    var name: String { path.split(separator: "/").last.map { String($0) } ?? path }

    /// Whether it has another size by now.
    var hasChanged: Bool { SourceFile.size(descriptor) != size }

    /// - Throws: `ClientFailure` where it has become shorter.
    func bytes(at offset: Int, _ count: Int) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let read = bytes.withUnsafeMutableBytes { pointer in
                pread(
                    descriptor, pointer.baseAddress.map { $0 + filled }, count - filled,
                    off_t(offset + filled))
            }
            if read < 0, errno == EINTR { continue }
            guard read > 0 else { throw ClientFailure("changed", "\(name) has become shorter") }
            filled += read
        }
        return bytes
    }

    private static func size(_ descriptor: Int32) -> Int {
        var status = stat()
        return fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
    }
}
