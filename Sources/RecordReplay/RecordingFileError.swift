// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Why a recording could not be written. What was there before is whole.
public struct RecordingFileError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What was to be done, why it wasn't, what to do.
    public let description: String

    init(_ description: String) { self.description = description }

    /// With the cause that `errno` tells.
    init(_ operation: String, _ path: String) {
        let cause = errno
        let hint =
            switch cause {
            case ENOSPC, EDQUOT: "; make room, what was there before is unchanged"
            case EACCES, EPERM, EROFS: "; let its owner write there, what was there before is unchanged"
            default: ""
            }
        self.init("\(operation) \(path): \(String(cString: strerror(cause)))\(hint)")
    }
}
