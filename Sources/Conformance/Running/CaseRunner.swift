// SPDX-License-Identifier: Apache-2.0

import HTTPWire

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Puts one case to a client and judges what it does. Every wait is bounded.
public struct CaseRunner: Sendable {
    private let server: any CaseServer
    private let driver: any ClientDriver
    private let options: Options

    public struct Options: Sendable {
        /// How many times a case's budget a client gets: machines and interpreters differ.
        public var patience = 1.0
        /// How often a case that came out badly is tried again, to tell whether it always does.
        public var retries = 0
        /// Where folders are made for clients' files.
        public var folder = "/tmp"
        /// What the client can't do: cases that need it aren't put to it.
        public var lacks: Set<String> = []

        public init() {}
    }

    /// How long after a client's end what it left open is waited for: the server sees a client that has left when it writes,
    /// or within half a second.
    private static let settling = Duration.milliseconds(1500)

    public init(_ server: any CaseServer, _ driver: any ClientDriver, _ options: Options = Options()) {
        (self.server, self.driver, self.options) = (server, driver, options)
    }

    /// - Parameter run: tells several runs with one server apart.
    public func result(of conformanceCase: ConformanceCase, run: String = "1") -> CaseResult {
        let lacking = conformanceCase.needs.filter { options.lacks.contains($0) }
        if !lacking.isEmpty {
            let outcome = ClientOutcome.unsupported("it lacks \(lacking.joined(separator: ", "))")
            return CaseResult(conformanceCase, outcome: outcome, checks: [], log: WireLog(), time: .zero)
        }
        let first = once(conformanceCase, run: run)
        guard first.verdict.isBad else { return first }
        for number in 0..<options.retries {
            let again = once(conformanceCase, run: "\(run).\(number + 2)")
            if again.verdict != first.verdict { return first.with(verdict: .flaky) }
        }
        return first
    }

    private func once(_ conformanceCase: ConformanceCase, run: String) -> CaseResult {
        let folder: CaseFolder
        do {
            folder = try CaseFolder(conformanceCase, in: options.folder)
        } catch {
            return CaseResult(
                conformanceCase, outcome: .notJudgeable(error.description), checks: [], log: WireLog(),
                time: .zero)
        }
        defer { folder.remove() }
        let address = server.begin(conformanceCase, run: run)
        defer { server.end(address) }
        let start = ContinuousClock.now
        let job = CaseJob(
            conformanceCase, at: address, folder: folder.path, paths: folder.paths,
            time: conformanceCase.budget * options.patience)
        let shrinking = ShrinkingFiles(conformanceCase, folder.paths) { [server] in server.log(of: address) }
        let report = driver.perform(job)
        shrinking.end()
        let time = ContinuousClock.now - start
        let evidence = Evidence(
            log: settled(address), outcome: report.outcome, address: address, output: report.output)
        return CaseResult(conformanceCase, evidence, time: time)
    }

    /// What has passed on the wire, once the server has nothing more to say to a client that has ended.
    private func settled(_ address: CaseAddress) -> WireLog {
        let deadline = ContinuousClock.now + CaseRunner.settling
        while true {
            let log = server.log(of: address)
            if !log.isOpen || ContinuousClock.now >= deadline { return log }
            usleep(10_000)
        }
    }
}
