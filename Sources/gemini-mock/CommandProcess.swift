// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A command that has this process's standard streams, process group and terminal.
struct CommandProcess {
    /// Why it could not be started.
    struct Failure: Error {
        /// 127 where there is no such program, else 126, as shells have it.
        let exitCode: Int32
        let description: String
    }

    private let pid: pid_t
    private let signals: PassedSignals

    /// - Parameters:
    ///   - words: the program, a path or a name to be looked up in `PATH`, and its arguments.
    ///   - environment: each `NAME=VALUE`.
    ///   - signals: made before any other thread.
    init(_ words: [String], environment: [String], signals: PassedSignals) throws(Failure) {
        #if canImport(Glibc)
            var attributes = posix_spawnattr_t()
        #else
            var attributes: posix_spawnattr_t?
        #endif
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var mask = signals.maskBefore
        posix_spawnattr_setsigmask(&attributes, &mask)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        var arguments = words.map { strdup($0) } + [nil]
        var variables = environment.map { strdup($0) } + [nil]
        defer { (arguments + variables).forEach { free($0) } }
        var pid: pid_t = 0
        let problem = posix_spawnp(&pid, words.first ?? "", nil, &attributes, &arguments, &variables)
        guard problem == 0 else {
            throw Failure(
                exitCode: problem == ENOENT ? 127 : 126,
                description: "can't run \(words.first ?? ""): \(String(cString: strerror(problem)))")
        }
        self.pid = pid
        self.signals = signals
    }

    /// Waits for its end and passes on what signals arrive until then.
    ///
    /// - Returns: its exit code, or 128 + the signal that ended it.
    func exitCode() -> Int32 {
        while true {
            let arrival = signals.next()
            guard arrival.number == SIGCHLD else {
                if !arrival.isFromTerminal { kill(pid, arrival.number) }
                continue
            }
            var status: Int32 = 0
            // It may have been stopped only.
            guard waitpid(pid, &status, WNOHANG) == pid else { continue }
            let signal = status & 0x7F
            return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
        }
    }
}
