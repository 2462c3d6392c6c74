// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A program that a driver has started, in a process group of its own, so that all that it starts can be ended with it.
///
/// One thread uses it.
final class CaseProcess {
    struct Failure: Error {
        let description: String
    }

    /// How a program has ended.
    enum End: Equatable {
        case code(Int32)
        case signal(Int32)
    }

    private let pid: pid_t
    /// What it prints, on both streams.
    private let output: Int32
    private var isOutputOpen = true
    private var isReaped = false
    /// The last of what it has printed.
    private(set) var printed: [UInt8] = []
    private static let mostKept = 16 * 1024
    /// How long a program's end is seen late at most, in milliseconds.
    private static let pause: Int32 = 10

    /// - Parameters:
    ///   - words: the program, a path or a name to be looked up in `PATH`, and its arguments.
    ///   - environment: each `NAME=VALUE`.
    init(_ words: [String], environment: [String]) throws(Failure) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw CaseProcess.failure("make a pipe", errno) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        output = ends[0]
        defer { close(ends[1]) }
        let (pid, problem) = CaseProcess.spawn(
            words, environment, input: nil, output: ends[1], errors: ends[1])
        guard problem == 0 else {
            close(output)
            throw CaseProcess.failure("run \(words.first ?? "")", problem)
        }
        self.pid = pid
    }

    deinit {
        end()
        close(output)
    }

    /// Waits for its end, and reads what it prints.
    ///
    /// - Returns: nil where the time was over before; it goes on then.
    func wait(for time: Duration) -> End? {
        let deadline = ContinuousClock.now + time
        while true {
            drain(for: CaseProcess.pause)
            if let end = reap() { return end }
            if ContinuousClock.now >= deadline { return nil }
        }
    }

    /// Ends it with all that it has started.
    func end() {
        guard !isReaped else { return }
        kill(-pid, SIGKILL)
        ClientSignals.ended(pid)
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        isReaped = true
    }

    // MARK: System calls

    private func drain(for milliseconds: Int32) {
        guard isOutputOpen else {
            _ = poll(nil, 0, milliseconds)
            return
        }
        var waited = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
        guard poll(&waited, 1, milliseconds) > 0 else { return }
        var block = [UInt8](repeating: 0, count: 4096)
        let count = read(output, &block, block.count)
        guard count > 0 else {
            isOutputOpen = false
            return
        }
        printed += block.prefix(count)
        if printed.count > 2 * CaseProcess.mostKept {
            printed.removeFirst(printed.count - CaseProcess.mostKept)
        }
    }

    /// What it has started must not outlive it, and is ended before its number can be given to another process.
    private func reap() -> End? {
        var info = siginfo_t()
        let found = waitid(P_PID, id_t(pid), &info, WEXITED | WNOWAIT | WNOHANG)
        guard found == 0, info.si_signo == SIGCHLD else { return nil }
        kill(-pid, SIGKILL)
        ClientSignals.ended(pid)
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        isReaped = true
        // Bounded: what is in the pipe is all that comes, now that nobody writes.
        for _ in 0..<64 where isOutputOpen { drain(for: 0) }
        let signal = status & 0x7F
        return signal == 0 ? .code((status >> 8) & 0xFF) : .signal(signal)
    }

    /// - Returns: the number of the process, and why there is none, or 0.
    static func spawn(
        _ words: [String], _ environment: [String], input: Int32?, output: Int32, errors: Int32
    ) -> (pid_t, Int32) {
        #if canImport(Glibc)
            var actions = posix_spawn_file_actions_t()
            var attributes = posix_spawnattr_t()
        #else
            var actions: posix_spawn_file_actions_t?
            var attributes: posix_spawnattr_t?
        #endif
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        if let input {
            posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
        } else {
            posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        }
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO)
        // A client gets the signals that any program gets, whatever this one has blocked.
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK))
        var arguments = words.map { strdup($0) } + [nil]
        var variables = environment.map { strdup($0) } + [nil]
        defer { (arguments + variables).forEach { free($0) } }
        var pid: pid_t = 0
        return ClientSignals.spawning {
            let problem = posix_spawnp(
                &pid, words.first ?? "", &actions, &attributes, &arguments, &variables)
            return (pid, problem)
        }
    }

    private static func failure(_ what: String, _ number: Int32) -> Failure {
        Failure(description: "can't \(what): \(String(cString: strerror(number)))")
    }
}
