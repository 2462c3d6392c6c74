// SPDX-License-Identifier: Apache-2.0

import Foundation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A program started by a test: every wait for it is bounded, and it never outlives this object.
///
/// Its standard output is a pipe; its standard error goes to a file without a name, so that it can say as
/// much as it likes while nobody reads.
public final class ChildProcess {
    /// What a program that has ended leaves.
    public struct Result {
        /// The exit code, or 128 + the signal that ended it.
        public let exitCode: Int32
        /// Its standard output, without the lines that were taken by `line`.
        public let output: [UInt8]
        public let errors: String

        public var text: String { String(decoding: output, as: UTF8.self) }
    }

    public struct Failure: Error, CustomStringConvertible {
        public let description: String

        public init(_ description: String) { self.description = description }
    }

    public let pid: pid_t
    private let output: Int32
    private let errors: Int32
    private var pending: [UInt8] = []
    private var exitCode: Int32?

    /// - Parameters:
    ///   - program: a path, or a name to look up in `PATH`.
    ///   - environment: variables that differ from those of this process; nil takes one away.
    public init(_ program: String, _ arguments: [String], environment: [String: String?] = [:]) throws {
        guard let path = ChildProcess.find(program) else { throw Failure("there is no \(program)") }
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw ChildProcess.failure("pipe") }
        // Other children must not hold this pipe open.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        output = ends[0]
        defer { close(ends[1]) }
        errors = try ChildProcess.namelessFile()

        var variables = ProcessInfo.processInfo.environment
        // Programs are looked at for leaks: XCTest, which keeps its test cases to the end, can't be.
        if let options = variables["CHILD_ASAN_OPTIONS"] { variables["ASAN_OPTIONS"] = options }
        for (name, value) in environment { variables[name] = value }
        pid = try ChildProcess.spawn(
            path, [program] + arguments, variables.map { "\($0.key)=\($0.value)" }, output: ends[1],
            errors: errors
        )
    }

    deinit {
        if exitCode == nil {
            kill(pid, SIGKILL)
            reap()
        }
        close(output)
        close(errors)
    }

    /// Runs a program to its end.
    public static func run(
        _ program: String, _ arguments: [String], environment: [String: String?] = [:],
        within time: Duration = .seconds(60)
    ) throws -> Result {
        try ChildProcess(program, arguments, environment: environment).result(within: time)
    }

    /// The path of a program, or nil where there is none.
    public static func find(_ program: String) -> String? {
        if program.contains("/") { return access(program, X_OK) == 0 ? program : nil }
        let folders = ProcessInfo.processInfo.environment["PATH"] ?? ""
        return folders.split(separator: ":").map { "\($0)/\(program)" }.first { access($0, X_OK) == 0 }
    }

    // MARK: While it runs

    /// The next line of its standard output, without the line end.
    public func line(within time: Duration = .seconds(30)) throws -> String {
        let deadline = ContinuousClock.now + time
        while true {
            if let end = pending.firstIndex(of: UInt8(ascii: "\n")) {
                defer { pending.removeFirst(end + 1) }
                return String(decoding: pending[..<end], as: UTF8.self)
            }
            guard try readMore(until: deadline) else {
                throw Failure("it ended without a whole line; it said: \(errorText)")
            }
        }
    }

    public func send(signal: Int32) {
        if exitCode == nil { kill(pid, signal) }
    }

    /// What it has written to standard error up to now.
    public var errorText: String {
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = pread(errors, &block, block.count, off_t(bytes.count))
            guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
            bytes += block.prefix(count)
        }
    }

    /// Waits for its end and reads what is left.
    public func result(within time: Duration = .seconds(60)) throws -> Result {
        let deadline = ContinuousClock.now + time
        do {
            while try readMore(until: deadline) {}
        } catch {
            kill(pid, SIGKILL)
            reap()
            throw error
        }
        // Standard output was open until now, so it has ended or is about to.
        reap()
        return Result(exitCode: exitCode ?? -1, output: pending, errors: errorText)
    }

    // MARK: System calls

    /// - Returns: false at the end of its standard output.
    private func readMore(until deadline: ContinuousClock.Instant) throws -> Bool {
        let left = max(0, (deadline - ContinuousClock.now) / .milliseconds(1))
        var waited = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
        let ready = poll(&waited, 1, Int32(left.rounded(.up)))
        if ready < 0, errno == EINTR { return true }
        guard ready > 0 else {
            throw Failure("process \(pid) took too long; it said: \(errorText)")
        }
        var block = [UInt8](repeating: 0, count: 65_536)
        let count = read(output, &block, block.count)
        guard count > 0 else { return false }
        pending += block.prefix(count)
        return true
    }

    private func reap() {
        guard exitCode == nil else { return }
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        let signal = status & 0x7F
        exitCode = signal == 0 ? (status >> 8) & 0xFF : 128 + signal
    }

    private static func namelessFile() throws -> Int32 {
        var path = Array((NSTemporaryDirectory() + "/gemini-mock-test-XXXXXX").utf8CString)
        let descriptor = mkstemp(&path)
        guard descriptor >= 0 else { throw failure("mkstemp") }
        unlink(path)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        return descriptor
    }

    private static func spawn(
        _ path: String, _ arguments: [String], _ environment: [String], output: Int32, errors: Int32
    ) throws -> pid_t {
        #if canImport(Glibc)
            var actions = posix_spawn_file_actions_t()
        #else
            var actions: posix_spawn_file_actions_t?
        #endif
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO)
        var words = arguments.map { strdup($0) } + [nil]
        var variables = environment.map { strdup($0) } + [nil]
        defer { (words + variables).forEach { free($0) } }
        var pid: pid_t = 0
        let problem = posix_spawn(&pid, path, &actions, nil, &words, &variables)
        guard problem == 0 else { throw Failure("\(path): \(String(cString: strerror(problem)))") }
        return pid
    }

    private static func failure(_ call: String) -> Failure {
        Failure("\(call): \(String(cString: strerror(errno)))")
    }
}
