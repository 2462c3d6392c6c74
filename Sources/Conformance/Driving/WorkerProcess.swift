// SPDX-License-Identifier: Apache-2.0

import HTTPWire

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A program that is put cases on its standard input, a line of JSON each, and answers on its standard output, in any order.
///
/// `@unchecked Sendable`: the descriptors and the process's number never change; all else is in the monitor.
final class WorkerProcess: @unchecked Sendable {
    /// What it says of itself in its first line.
    struct Hello: Sendable, Equatable {
        var client: String?
        var version: String?
        /// How many cases it takes at a time.
        var parallel = 1
    }

    private struct State {
        var hello: Hello?
        /// By the id of the case; nil until it has answered.
        var answers: [String: JSON] = [:]
        /// Why it will say no more; nil as long as it may.
        var ending: String?
        var printed: [UInt8] = []
        /// How much it has printed in all.
        var printedCount = 0
        var isReaped = false
    }

    private let pid: pid_t
    private let input: Int32
    private let output: Int32
    private let errors: Int32
    private let state = Monitor(State())
    private static let mostKept = 16 * 1024

    /// - Throws: `CaseProcess.Failure` where it can't be started.
    init(_ words: [String], environment: [String]) throws(CaseProcess.Failure) {
        var (ends, out, err): ([Int32], [Int32], [Int32]) = ([-1, -1], [-1, -1], [-1, -1])
        // A socket: to write to a pipe whose reader has left is a signal.
        #if canImport(Glibc)
            let isPaired = socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0
        #else
            let isPaired = socketpair(AF_UNIX, SOCK_STREAM, 0, &ends) == 0
        #endif
        guard isPaired, pipe(&out) == 0, pipe(&err) == 0 else {
            for end in ends + out + err where end >= 0 { close(end) }
            throw CaseProcess.Failure(description: "can't make a pipe: \(String(cString: strerror(errno)))")
        }
        for end in ends + out + err { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let (pid, problem) = CaseProcess.spawn(
            words, environment, input: ends[1], output: out[1], errors: err[1])
        for end in [ends[1], out[1], err[1]] { close(end) }
        guard problem == 0 else {
            for end in [ends[0], out[0], err[0]] { close(end) }
            throw CaseProcess.Failure(
                description: "can't run \(words.first ?? ""): \(String(cString: strerror(problem)))")
        }
        (self.pid, input, output, errors) = (pid, ends[0], out[0], err[0])
        _ = fcntl(input, F_SETFL, O_NONBLOCK)
        if !WorkerThread.detach({ [self] in read() }) { end("no thread can be started") }
    }

    deinit {
        reap()
        for descriptor in [input, output, errors] { close(descriptor) }
    }

    /// The end of what it has printed that is no answer.
    var printed: String { printed(since: 0) }

    /// How much it has printed so far, in bytes.
    var printedCount: Int { state.withLock { $0.printedCount } }

    /// The end of what it has printed since then.
    func printed(since count: Int) -> String {
        let bytes = state.withLock { state in state.printed.suffix(max(0, state.printedCount - count)) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Why it will say no more; nil as long as it may.
    var ending: String? { state.withLock { $0.ending } }

    /// Its first line. Nil where it doesn't come in time, or isn't one.
    func hello(until deadline: ContinuousClock.Instant) -> Hello? {
        wait(until: deadline) { $0.hello }
    }

    /// Puts a case to it.
    ///
    /// - Parameter line: with the id of the case in it.
    /// - Returns: its answer; nil where none came in time, or it has ended.
    func answer(to line: JSON, id: String, until deadline: ContinuousClock.Instant) -> JSON? {
        guard send(line.bytes(.compact) + [0x0A], until: deadline) else { return nil }
        return wait(until: deadline) { $0.answers.removeValue(forKey: id) }
    }

    /// Ends it with all that it has started. Who waits for it goes on.
    func end(_ why: String) {
        state.signal { state in
            if state.ending == nil { state.ending = why }
            // Once it is reaped its number may be another's.
            if !state.isReaped { kill(-pid, SIGKILL) }
        }
    }

    // MARK: -

    private func wait<Value>(
        until deadline: ContinuousClock.Instant, _ take: (inout State) -> Value?
    ) -> Value? {
        let found: Value?? = state.wait(until: deadline) { state in
            let value = take(&state)
            return value != nil || state.ending != nil ? .some(value) : nil
        }
        return found ?? nil
    }

    private func send(_ bytes: [UInt8], until deadline: ContinuousClock.Instant) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { pointer in
                systemSend(input, pointer.baseAddress.map { $0 + sent }, bytes.count - sent)
            }
            if count > 0 {
                sent += count
                continue
            }
            guard errno == EAGAIN || errno == EINTR, ContinuousClock.now < deadline, ending == nil else {
                return false
            }
            var waited = pollfd(fd: input, events: Int16(POLLOUT), revents: 0)
            _ = poll(&waited, 1, 10)
        }
        return true
    }

    /// Reads what it says, on a thread of its own, until it has closed its output.
    private func read() {
        var line: [UInt8] = []
        var open = [output, errors]
        while open.contains(output) {
            var waited = open.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            guard poll(&waited, nfds_t(waited.count), 100) >= 0 || errno == EINTR else { break }
            for poll in waited where poll.revents != 0 {
                guard let block = WorkerProcess.block(poll.fd) else {
                    open.removeAll { $0 == poll.fd }
                    continue
                }
                if poll.fd == errors { keep(block) } else { take(block, &line) }
            }
            if ending != nil { break }
        }
        reap()
    }

    private static func block(_ descriptor: Int32) -> [UInt8]? {
        var block = [UInt8](repeating: 0, count: 65_536)
        let count = systemRead(descriptor, &block, block.count)
        return count > 0 ? Array(block.prefix(count)) : nil
    }

    private func keep(_ bytes: [UInt8]) {
        state.withLock { state in
            state.printed += bytes
            state.printedCount += bytes.count
            let over = state.printed.count - WorkerProcess.mostKept
            if over > 0 { state.printed.removeFirst(over) }
        }
    }

    private func take(_ block: [UInt8], _ line: inout [UInt8]) {
        for byte in block {
            guard byte == 0x0A else {
                line.append(byte)
                continue
            }
            take(line: line)
            line = []
        }
        if line.count > TaskResult.most { end("a line of its output is too long") }
    }

    private func take(line: [UInt8]) {
        guard !line.allSatisfy({ $0 == 0x20 || $0 == 0x0D }) else { return }
        guard let document = try? JSONDocument(parsing: line, grammar: .strict),
            case .object = JSON(document.root)
        else {
            return end(
                "a line of its output is no JSON: \(ValueText.cut(String(decoding: line.prefix(200), as: UTF8.self)))"
            )
        }
        let json = JSON(document.root)
        state.signal { state in
            if state.hello == nil {
                var hello = Hello()
                if case .string(let name)? = json["client"] { hello.client = name }
                if case .string(let version)? = json["version"] { hello.version = version }
                if case .int(let count)? = json["parallel"] { hello.parallel = min(max(1, count), 256) }
                state.hello = hello
            } else if case .string(let id)? = json["id"] {
                state.answers[id] = json
            }
        }
    }

    private func reap() {
        let isMine = state.withLock { state in
            defer { state.isReaped = true }
            return !state.isReaped
        }
        guard isMine else { return }
        kill(-pid, SIGKILL)
        ClientSignals.ended(pid)
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        let signal = status & 0x7F
        let how = signal == 0 ? "exit code \((status >> 8) & 0xFF)" : "signal \(signal)"
        state.signal { if $0.ending == nil { $0.ending = how } }
    }
}

private func systemSend(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    #if canImport(Glibc)
        send(descriptor, bytes, count, Int32(MSG_NOSIGNAL))
    #else
        send(descriptor, bytes, count, 0)
    #endif
}

private func systemRead(_ descriptor: Int32, _ bytes: UnsafeMutableRawPointer, _ count: Int) -> Int {
    read(descriptor, bytes, count)
}
