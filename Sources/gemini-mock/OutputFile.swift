// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Files that are written whole, of which nobody ever sees a part.
enum OutputFile {
    /// - Returns: why not; nil where all is well.
    static func write(_ text: String, to path: String) -> String? {
        let part = "\(path).\(getpid()).part"
        let descriptor = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { return String(cString: strerror(errno)) }
        let isWritten = Output.write(text, to: descriptor)
        let problem = errno
        close(descriptor)
        if isWritten, rename(part, path) == 0 { return nil }
        let reason = String(cString: strerror(isWritten ? errno : problem))
        unlink(part)
        return reason
    }
}
