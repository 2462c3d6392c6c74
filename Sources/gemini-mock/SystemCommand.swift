// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A program of this system, run to its end with this process's environment and standard streams.
enum SystemCommand {
    /// - Parameter words: a name to be looked up in `PATH`, and arguments.
    /// - Returns: its exit code, 128 and the signal that ended it, or 127 where it can't be run.
    static func run(_ words: [String]) -> Int32 {
        var arguments = words.map { strdup($0) } + [nil]
        var variables = CommandEnvironment.inherited.variables.map { strdup($0) } + [nil]
        defer { (arguments + variables).forEach { free($0) } }
        var pid: pid_t = 0
        guard posix_spawnp(&pid, words.first ?? "", nil, nil, &arguments, &variables) == 0 else { return 127 }
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0 {
            guard errno == EINTR else { return 127 }
        }
        let signal = status & 0x7F
        return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
    }

    /// Whether there is a program of that name in `PATH`.
    static func isThere(_ name: String) -> Bool {
        (CommandEnvironment.inherited["PATH"] ?? "").split(separator: ":").contains {
            access("\($0)/\(name)", X_OK) == 0
        }
    }
}
