// SPDX-License-Identifier: Apache-2.0

import HTTPWire

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Files that are read whole.
package enum SmallFile {
    /// Why one isn't read.
    package enum Failure: Error, Equatable, CustomStringConvertible {
        case isMissing
        /// In the words of the system, or of this program.
        case isUnreadable(String)

        package var description: String {
            switch self {
            case .isMissing: String(cString: strerror(ENOENT))
            case .isUnreadable(let why): why
            }
        }
    }

    /// - Parameter most: in bytes; a larger file isn't read.
    package static func bytes(_ path: String, most: Int) throws(Failure) -> [UInt8] {
        // Without waiting: somebody may have put a pipe there.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw failure(errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw failure(errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .isUnreadable("it is no regular file") }
        let tooLong = Failure.isUnreadable("it has more than \(most) bytes")
        guard status.st_size <= most else { throw tooLong }
        guard let bytes = OpenFile.bytes(of: descriptor, atMost: most, expecting: Int(status.st_size)) else {
            throw failure(errno)
        }
        // It may have grown meanwhile.
        guard bytes.count <= most else { throw tooLong }
        return bytes
    }

    private static func failure(_ number: Int32) -> Failure {
        number == ENOENT ? .isMissing : .isUnreadable(String(cString: strerror(number)))
    }
}
